import { execFileSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import { type Line, toBill } from '../../tools/cost/bill.ts'
import { type Load, parseLoad, UsageError } from '../../tools/cost/options.ts'
import { prices } from '../../tools/cost/prices.ts'
import { type Resources, toResources } from '../../tools/cost/resources.ts'
import { type ConsumedUnits, OPERATIONS, type OperationUnits, readUnits, type Units } from '../../tools/cost/units.ts'
import { measureUnits } from '../bench/cost-units.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

const createUnits = (overrides: Partial<ConsumedUnits> = {}): ConsumedUnits => ({
  rru: 0,
  wru: 0,
  round_trips: 0,
  cpu_ms: 0,
  log_bytes: 0,
  ...overrides,
})
const createOperation = (overrides: Partial<OperationUnits> = {}): OperationUnits => ({
  function: 'customers',
  here: createUnits(),
  following: createUnits(),
  elsewhere: createUnits(),
  replicated_wru: 0,
  replicated_bytes: 0,
  registry_bytes: 0,
  views_bytes: 0,
  answer_bytes: 0,
  ...overrides,
})
const createUnitsWith = (overrides: Partial<Units['operations']>, schedules: Units['schedules'] = {}): Units => ({
  measured: { on: '2026-01-01', by: 'hand', node: 'v24' },
  operations: {
    ...(Object.fromEntries(OPERATIONS.map(name => [name, createOperation()])) as Units['operations']),
    ...overrides,
  },
  schedules,
  entry: createUnits(),
})
const NO_RESOURCES: Resources = {
  firewalls: 0,
  rules: 0,
  keys: 0,
  secrets: 0,
  metrics: 0,
  alarms: 0,
  dashboards: 0,
  schedules: {},
  nodes: {},
  volumes: 0,
}
const idleArguments = '--customers 0 --writes 0 --reads 0 --searches 0 --lookups 0 --agents 0 --months 0'.split(' ')
const parseIdleLoad = (...args: string[]): Load => parseLoad([...idleArguments, ...args])
const toDollars = (lines: readonly Line[], item: keyof typeof prices) =>
  lines.find(line => line.what === item)?.usd ?? 0

describe('the bill', () => {
  test('without load contains only the fixed resources', () => {
    const resources = {
      ...NO_RESOURCES,
      firewalls: 1,
      rules: 5,
      dashboards: 2,
      alarms: 10,
      nodes: { 't3.small.search': 1 },
    }
    const lines = toBill(parseIdleLoad(), createUnitsWith({}), resources)
    const services = new Map(lines.map(({ what, usd }) => [what, usd]))
    expect(services.get('firewall')).toBe(5)
    expect(services.get('rule')).toBe(5)
    expect(services.get('dashboard')).toBe(6)
    expect(services.get('alarm')).toBeCloseTo(1)
    expect(services.get('t3.small.search')).toBeCloseTo(730 * 0.036)
    expect(toDollars(lines, 'write')).toBe(0)
    expect(toDollars(lines, 'request')).toBe(0)
  })

  test('counts the units of requests, of their streams and of other locations', () => {
    const get = createOperation({
      here: createUnits({ rru: 0.5, wru: 1 }),
      following: createUnits({ wru: 2 }),
      elsewhere: createUnits({ wru: 3 }),
      replicated_wru: 1,
      replicated_bytes: 1000,
    })
    const oneLocation = toBill(parseIdleLoad('--reads', '1e6'), createUnitsWith({ get }), NO_RESOURCES)
    // A million times three write units at 0.625 dollars a million, and half a read unit at 0.125.
    expect(toDollars(oneLocation, 'write')).toBeCloseTo(3 * 0.625)
    expect(toDollars(oneLocation, 'read')).toBeCloseTo(0.5 * 0.125)
    expect(toDollars(oneLocation, 'replicated')).toBe(0)
    expect(toDollars(oneLocation, 'request')).toBeCloseTo(3.5)
    const threeLocations = toBill(
      parseIdleLoad('--reads', '1e6', '--locations', '3'),
      createUnitsWith({ get }),
      NO_RESOURCES,
    )
    expect(toDollars(threeLocations, 'write')).toBeCloseTo((3 + 2 * 3) * 0.625)
    expect(toDollars(threeLocations, 'replicated')).toBeCloseTo(2 * 0.625)
    // A kilobyte, a million times, to two other regions is 2 GB.
    expect(toDollars(threeLocations, 'between')).toBeCloseTo(2 * 0.02)
  })

  test("counts the storage of existing customers and of every month's changes, at each location", () => {
    const create = createOperation({ registry_bytes: 600, views_bytes: 400 })
    const update = createOperation({ registry_bytes: 1000, views_bytes: 0 })
    const args = ['--customers', '1e6', '--writes', '2e6', '--months', '10', '--locations', '2']
    const lines = toBill(parseIdleLoad(...args), createUnitsWith({ create, update }), NO_RESOURCES)
    // 1 GB, and a million changes of each kind in each of ten months: 21 GB, at two locations.
    expect(toDollars(lines, 'stored')).toBeCloseTo(42 * 0.25)
    expect(toDollars(lines, 'recovery')).toBeCloseTo(42 * 0.2)
  })

  test("derives a function's duration from its memory: half the processor takes twice the time", () => {
    const search = createOperation({ function: 'search', here: createUnits({ cpu_ms: 10, round_trips: 2 }) })
    const lines = toBill(parseIdleLoad('--searches', '1e6'), createUnitsWith({ search }), NO_RESOURCES)
    const seconds = (10 * (1769 / 512) + 2 * 5 + 15) / 1000
    expect(toDollars(lines, 'gigabyteSecond')).toBeCloseTo(1e6 * seconds * 0.5 * 0.0000133334)
  })

  test('contains scheduled functions as often as the stacks run them', () => {
    const lines = toBill(parseIdleLoad(), createUnitsWith({}, { heartbeat: createUnits({ wru: 2 }) }), {
      ...NO_RESOURCES,
      schedules: { heartbeat: 60 },
    })
    expect(toDollars(lines, 'write')).toBeCloseTo((730 * 60 * 2 * 0.625) / 1e6)
    expect(toDollars(lines, 'scheduled')).toBeCloseTo((730 * 60) / 1e6)
  })
})

test('the canaries count as callers', () => {
  const create = createOperation({ here: createUnits({ wru: 10 }) })
  const lines = toBill(parseIdleLoad(), createUnitsWith({ create }), { ...NO_RESOURCES, schedules: { canary: 4 } })
  expect(toDollars(lines, 'write')).toBeCloseTo((730 * 4 * 10 * 0.625) / 1e6)
})

describe('the resources', () => {
  test('are counted in the templates of each region', () => {
    const [single, double] = ['1', '2'].map(count => toResources(parseIdleLoad('--locations', count)))
    expect(single).toMatchObject({
      firewalls: 1,
      keys: 1,
      dashboards: 2,
      nodes: { 't3.small.search': 1 },
      volumes: 20,
      schedules: { heartbeat: 60, purge: 1, seal: 12, canary: 4 },
    })
    expect(double).toMatchObject({ firewalls: 2, keys: 2, dashboards: 4, schedules: { heartbeat: 120 } })
    expect(double?.secrets).toBe(2 * (single?.secrets ?? 0))
    // Metrics per method would be hundreds.
    expect(single?.metrics).toBeLessThan(40)
  })

  test('contain no search domain with none, and six nodes with multi-az', () => {
    expect(toResources(parseIdleLoad('--search', 'none'))).toMatchObject({ nodes: {}, volumes: 0 })
    expect(toResources(parseIdleLoad('--search', 'multi-az'))).toMatchObject({
      nodes: { 'm7g.large.search': 3, 'm7g.medium.search': 3 },
      volumes: 150,
    })
  })
})

describe('the command', () => {
  test('accepts numbers in common notations', () => {
    expect(parseLoad(['--customers', '1e6', '--writes', '250_000', '--locations', '3'])).toMatchObject({
      customers: 1_000_000,
      writes: 250_000,
      locations: 3,
    })
  })

  test.each([
    [['--customers', 'many'], '--customers is no number'],
    [['--customers', '1.5'], '--customers must be a whole number'],
    [['--writes', '-1'], '--writes'],
    [['--locations', '6'], '--locations must be a whole number from 1 to 5'],
    [['--locations', '0'], '--locations must be a whole number from 1 to 5'],
    [['--search', 'big'], '--search must be single-node, multi-az or none'],
    [['--log-days', '7'], '--log-days must be 30'],
    [['--price', '1'], "Unknown option '--price'"],
    [['1e6'], 'Unexpected argument'],
  ])('refuses %j', (args, message) => {
    expect(() => parseLoad(args)).toThrow(UsageError)
    expect(() => parseLoad(args)).toThrow(message)
  })

  test('reports all errors at once', () => {
    expect(() => parseLoad(['--customers', 'x', '--writes', 'y'])).toThrow(/--customers.*\n--writes/)
  })

  test('prints JSON with the price of each line, its date and its source', () => {
    const output = execFileSync(process.execPath, ['tools/cost.ts', '--json', '--search', 'none'], { cwd: ROOT })
    const bill = JSON.parse(output.toString())
    const sum = bill.lines.reduce((total: number, { usd }: Line) => total + usd, 0)
    expect(bill.usd).toBeCloseTo(sum)
    for (const { price } of bill.lines) expect(price).toMatchObject({ asOf: expect.stringMatching(/^20\d\d-\d\d/) })
  })
})

test('every price has a date and a page of AWS', () => {
  for (const { usd, asOf, page } of Object.values(prices)) {
    expect(usd).toBeGreaterThan(0)
    expect(asOf).toMatch(/^20\d\d-\d\d(-\d\d)?$/)
    expect(page).toMatch(/^https:\/\/aws\.amazon\.com\/[\w/-]+\/pricing\/$/)
  }
})

test('the stored units equal the units measured now', async () => {
  const names = ['create', 'update', 'get', 'lookup'] as const
  const [stored, measured] = [await readUnits(), await measureUnits(4, names)]
  for (const name of names) {
    const [{ here: before }, { here: after }] = [stored.operations[name], measured.operations[name]]
    expect({ name, wru: after.wru }).toEqual({ name, wru: before.wru })
    // Fields are reloaded once a second, which is counted for whichever request comes then.
    expect(Math.abs(after.rru - before.rru)).toBeLessThanOrEqual(0.5)
    expect(Math.abs(after.round_trips - before.round_trips)).toBeLessThanOrEqual(0.5)
    expect(measured.operations[name].replicated_wru).toBe(stored.operations[name].replicated_wru)
  }
})

test("the examples in docs/deploy.md equal the command's results", async () => {
  const guide = await readFile(`${ROOT}docs/deploy.md`, 'utf8')
  const examples = [...guide.matchAll(/^npm run -s cost --(.*?) +# ([\d,]+) dollars$/gm)]
  expect(examples).toHaveLength(2)
  const units = await readUnits()
  for (const [, args = '', dollars = ''] of examples) {
    const load = parseLoad(args.trim().split(/ +/))
    const usd = toBill(load, units, toResources(load)).reduce((sum, line) => sum + line.usd, 0)
    expect(Math.round(usd)).toBe(Number(dollars.replaceAll(',', '')))
  }
})
