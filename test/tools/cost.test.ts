import { execFileSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import { type Line, toBill } from '../../tools/cost/bill.ts'
import { type Load, parseLoad, UsageError } from '../../tools/cost/options.ts'
import { prices } from '../../tools/cost/prices.ts'
import { type Resources, toResources } from '../../tools/cost/resources.ts'
import { OPERATIONS, type OperationUnits, readUnits, type TakenUnits, type Units } from '../../tools/cost/units.ts'
import { measureUnits } from '../bench/cost-units.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

const taken = (more: Partial<TakenUnits> = {}): TakenUnits => ({
  rru: 0,
  wru: 0,
  round_trips: 0,
  cpu_ms: 0,
  log_bytes: 0,
  ...more,
})
const operation = (more: Partial<OperationUnits> = {}): OperationUnits => ({
  function: 'customers',
  here: taken(),
  following: taken(),
  elsewhere: taken(),
  replicated_wru: 0,
  replicated_bytes: 0,
  registry_bytes: 0,
  views_bytes: 0,
  answer_bytes: 0,
  ...more,
})
const unitsWith = (more: Partial<Units['operations']>, schedules: Units['schedules'] = {}): Units => ({
  measured: { on: '2026-01-01', by: 'hand', node: 'v24' },
  operations: {
    ...(Object.fromEntries(OPERATIONS.map(name => [name, operation()])) as Units['operations']),
    ...more,
  },
  schedules,
  entry: taken(),
})
const NOTHING: Resources = {
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
const quiet = '--customers 0 --writes 0 --reads 0 --searches 0 --lookups 0 --agents 0 --months 0'.split(' ')
const load = (...words: string[]): Load => parseLoad([...quiet, ...words])
const toDollars = (lines: readonly Line[], what: keyof typeof prices) =>
  lines.find(line => line.what === what)?.usd ?? 0

describe('the bill', () => {
  test('of nothing is nothing but what stands there', () => {
    const standing = { ...NOTHING, firewalls: 1, rules: 5, dashboards: 2, alarms: 10, nodes: { 't3.small.search': 1 } }
    const lines = toBill(load(), unitsWith({}), standing)
    const services = new Map(lines.map(({ what, usd }) => [what, usd]))
    expect(services.get('firewall')).toBe(5)
    expect(services.get('rule')).toBe(5)
    expect(services.get('dashboard')).toBe(6)
    expect(services.get('alarm')).toBeCloseTo(1)
    expect(services.get('t3.small.search')).toBeCloseTo(730 * 0.036)
    expect(toDollars(lines, 'write')).toBe(0)
    expect(toDollars(lines, 'request')).toBe(0)
  })

  test('counts the units of what is asked, of what follows, and of the other locations', () => {
    const get = operation({
      here: taken({ rru: 0.5, wru: 1 }),
      following: taken({ wru: 2 }),
      elsewhere: taken({ wru: 3 }),
      replicated_wru: 1,
      replicated_bytes: 1000,
    })
    const alone = toBill(load('--reads', '1e6'), unitsWith({ get }), NOTHING)
    // A million times three write units, of 0.625 dollars a million; half a read unit, of 0.125.
    expect(toDollars(alone, 'write')).toBeCloseTo(3 * 0.625)
    expect(toDollars(alone, 'read')).toBeCloseTo(0.5 * 0.125)
    expect(toDollars(alone, 'replicated')).toBe(0)
    expect(toDollars(alone, 'request')).toBeCloseTo(3.5)
    const three = toBill(load('--reads', '1e6', '--locations', '3'), unitsWith({ get }), NOTHING)
    expect(toDollars(three, 'write')).toBeCloseTo((3 + 2 * 3) * 0.625)
    expect(toDollars(three, 'replicated')).toBeCloseTo(2 * 0.625)
    // A kilobyte a million times to two other regions is 2 GB.
    expect(toDollars(three, 'between')).toBeCloseTo(2 * 0.02)
  })

  test('of storage counts who is there from the beginning, and what came in every month since, at each location', () => {
    const create = operation({ registry_bytes: 600, views_bytes: 400 })
    const update = operation({ registry_bytes: 1000, views_bytes: 0 })
    const words = ['--customers', '1e6', '--writes', '2e6', '--months', '10', '--locations', '2']
    const lines = toBill(load(...words), unitsWith({ create, update }), NOTHING)
    // 1 GB, and in each of ten months a million changes of each kind: 21 GB, twice.
    expect(toDollars(lines, 'stored')).toBeCloseTo(42 * 0.25)
    expect(toDollars(lines, 'recovery')).toBeCloseTo(42 * 0.2)
  })

  test('has a function’s time by its memory: half a processor’s work takes twice as long', () => {
    const search = operation({ function: 'search', here: taken({ cpu_ms: 10, round_trips: 2 }) })
    const lines = toBill(load('--searches', '1e6'), unitsWith({ search }), NOTHING)
    const seconds = (10 * (1769 / 512) + 2 * 5 + 15) / 1000
    expect(toDollars(lines, 'gigabyteSecond')).toBeCloseTo(1e6 * seconds * 0.5 * 0.0000133334)
  })

  test('has what runs by the clock, as often as the stacks say', () => {
    const lines = toBill(load(), unitsWith({}, { heartbeat: taken({ wru: 2 }) }), {
      ...NOTHING,
      schedules: { heartbeat: 60 },
    })
    expect(toDollars(lines, 'write')).toBeCloseTo((730 * 60 * 2 * 0.625) / 1e6)
    expect(toDollars(lines, 'scheduled')).toBeCloseTo((730 * 60) / 1e6)
  })
})

test('has the canaries among the callers', () => {
  const create = operation({ here: taken({ wru: 10 }) })
  const lines = toBill(load(), unitsWith({ create }), { ...NOTHING, schedules: { canary: 4 } })
  expect(toDollars(lines, 'write')).toBeCloseTo((730 * 4 * 10 * 0.625) / 1e6)
})

describe('what stands in the stacks', () => {
  test('is counted in their templates, for each region', () => {
    const [one, two] = ['1', '2'].map(count => toResources(load('--locations', count)))
    expect(one).toMatchObject({
      firewalls: 1,
      keys: 1,
      dashboards: 2,
      nodes: { 't3.small.search': 1 },
      volumes: 20,
      schedules: { heartbeat: 60, purge: 1, seal: 12, canary: 4 },
    })
    expect(two).toMatchObject({ firewalls: 2, keys: 2, dashboards: 4, schedules: { heartbeat: 120 } })
    expect(two?.secrets).toBe(2 * (one?.secrets ?? 0))
    // Metrics of each method would be hundreds.
    expect(one?.metrics).toBeLessThan(40)
  })

  test('has no domain where none is wanted, and six nodes where it has to be there always', () => {
    expect(toResources(load('--search', 'none'))).toMatchObject({ nodes: {}, volumes: 0 })
    expect(toResources(load('--search', 'multi-az'))).toMatchObject({
      nodes: { 'm7g.large.search': 3, 'm7g.medium.search': 3 },
      volumes: 150,
    })
  })
})

describe('the command', () => {
  test('takes numbers as people write them', () => {
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
  ])('refuses %j', (words, said) => {
    expect(() => parseLoad(words)).toThrow(UsageError)
    expect(() => parseLoad(words)).toThrow(said)
  })

  test('tells every fault at once', () => {
    expect(() => parseLoad(['--customers', 'x', '--writes', 'y'])).toThrow(/--customers.*\n--writes/)
  })

  test('is JSON for programs, and of each line the price with its date and page', () => {
    const said = execFileSync(process.execPath, ['tools/cost.ts', '--json', '--search', 'none'], { cwd: ROOT })
    const bill = JSON.parse(said.toString())
    const sum = bill.lines.reduce((total: number, { usd }: Line) => total + usd, 0)
    expect(bill.usd).toBeCloseTo(sum)
    for (const { price } of bill.lines) expect(price).toMatchObject({ asOf: expect.stringMatching(/^20\d\d-\d\d/) })
  })
})

test('every price has the day of the list it is from, and a page of AWS’s', () => {
  for (const { usd, asOf, page } of Object.values(prices)) {
    expect(usd).toBeGreaterThan(0)
    expect(asOf).toMatch(/^20\d\d-\d\d(-\d\d)?$/)
    expect(page).toMatch(/^https:\/\/aws\.amazon\.com\/[\w/-]+\/pricing\/$/)
  }
})

test('the units that the bill is made from are those that the functions take now', async () => {
  const names = ['create', 'update', 'get', 'lookup'] as const
  const [kept, now] = [await readUnits(), await measureUnits(4, names)]
  for (const name of names) {
    const [{ here: before }, { here: after }] = [kept.operations[name], now.operations[name]]
    expect({ name, wru: after.wru }).toEqual({ name, wru: before.wru })
    // Fields are read anew once a second, by whoever asks then.
    expect(Math.abs(after.rru - before.rru)).toBeLessThanOrEqual(0.5)
    expect(Math.abs(after.round_trips - before.round_trips)).toBeLessThanOrEqual(0.5)
    expect(now.operations[name].replicated_wru).toBe(kept.operations[name].replicated_wru)
  }
})

test('the examples of docs/deploy.md are what the command says', async () => {
  const guide = await readFile(`${ROOT}docs/deploy.md`, 'utf8')
  const examples = [...guide.matchAll(/^npm run -s cost --(.*?) +# ([\d,]+) dollars$/gm)]
  expect(examples).toHaveLength(2)
  const units = await readUnits()
  for (const [, words = '', told = ''] of examples) {
    const asked = parseLoad(words.trim().split(/ +/))
    const usd = toBill(asked, units, toResources(asked)).reduce((sum, line) => sum + line.usd, 0)
    expect(Math.round(usd)).toBe(Number(told.replaceAll(',', '')))
  }
})
