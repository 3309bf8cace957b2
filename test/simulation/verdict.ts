import { toErasure } from '#adapters/dynamodb/erasure-store.ts'
import { ERASED, PURGED, RESIDUE, toCurrent, toVersion, VERSION } from '#adapters/dynamodb/items.ts'
import { canonicalJson } from '#domain/canonical-json.ts'
import { covers } from '#domain/records/clock.ts'
import { toKey, type Version } from '#domain/records/version.ts'
import { toEntry } from '#domain/search/entry.ts'
import type { Ports } from '#functions/runtime/ports.ts'
import { type Question, questions, toMoments } from './answers.ts'
import { createIndex } from './create-index.ts'
import { type SimulatedWorld, START } from './environment.ts'
import { FIELDS } from './fields.ts'
import type { Location } from './location.ts'
import type { Time } from './reference-model.ts'
import { findRowError, isCurrentRow } from './row-check.ts'

const MAX_TIMES = 4

/** The ports of a location whose tables execute commands immediately. */
function toPorts(world: SimulatedWorld, location: Location): Ports {
  const task = { description: 'verdict', location, since: world.step, dead: false }
  const ports = location.ports(task, ({ command, answer, fail }) => {
    try {
      answer(location.engine.execute(command))
    } catch (error) {
      fail(error)
    }
  })
  return world.mutant.ports?.(ports, location, world) ?? ports
}

const toVersionName = (v: Pick<Version, 'kind' | 'id' | 'valid_from' | 'recorded_at' | 'location'>): string =>
  `${v.kind} ${v.id} ${toKey(v)}`

/** Shortens a list of names to its first three and a count. */
const summarise = (names: readonly string[]): string =>
  `${names.slice(0, 3).join(', ')}${names.length > 3 ? ` and ${names.length - 3} more` : ''}`

/** A version by its recording time and location, which remain known after its deletion. */
const toRecordingName = (v: Pick<Version, 'kind' | 'id' | 'recorded_at' | 'location'>): string =>
  `${v.kind} ${v.id} ${v.recorded_at}#${v.location}`

/** Checks that every location has every version exactly once, and no other. */
function* checkVersions({ ledger, clients, locations, retention }: SimulatedWorld): Generator<string> {
  const expectedVersions = new Map(
    ledger.all.filter(v => !ledger.isGone(v)).map(v => [toVersionName(v), canonicalJson(v)]),
  )
  const writtenNames = new Set(ledger.all.map(toVersionName))
  for (const { name, registry } of locations) {
    const rows = registry.items.filter(({ sk }) => String(sk).startsWith(VERSION)).map(toVersion)
    const storedVersions = new Map(rows.map(v => [toVersionName(v), canonicalJson(v)]))
    for (const [v, text] of expectedVersions)
      if (storedVersions.get(v) !== text) yield `${name} lacks ${v}, or stores a different one`
    for (const v of storedVersions.keys()) if (!writtenNames.has(v)) yield `${name} has ${v}, which no request wrote`
  }
  const rejectedRequests = new Set(
    clients.attempts.filter(({ outcome }) => outcome === 'refused').map(attempt => attempt.request_id),
  )
  const requests = new Set([...clients.attempts.map(attempt => attempt.request_id), ...retention.requests])
  const once = new Set<string>()
  const onceUnderKey = new Set<string>()
  for (const v of ledger.all.filter(v => !ledger.isGone(v))) {
    if (rejectedRequests.has(v.request_id)) yield `${v.request_id} was rejected but wrote ${toVersionName(v)}`
    if (!requests.has(v.request_id)) yield `${toVersionName(v)} belongs to no request`
    const write = `${v.kind} ${v.id} by ${v.request_id}`
    // Several rows of a batch may change one customer.
    if (once.has(write) && v.source === undefined) yield `two versions of ${write}`
    once.add(write)
    const keyed = `${v.kind} ${v.id} at ${v.location} under one idempotency key (${v.request_id})`
    const name = `${v.kind} ${v.id} ${v.location} ${v.idempotency}`
    if (v.idempotency !== undefined && onceUnderKey.has(name)) yield `two versions of ${keyed}`
    onceUnderKey.add(name)
  }
  for (const { outcome, request_id, reported } of clients.attempts)
    for (const { id, version } of outcome === 'acknowledged' ? reported : [])
      if (version !== '' && !writtenNames.has(`customer ${id} ${Buffer.from(version, 'base64url')}`))
        yield `${request_id} was acknowledged, but its version is missing: customer ${id}`
}

/** Checks that the views of a location match its versions: current rows, change log and index. */
async function* checkViews(world: SimulatedWorld, location: Location): AsyncGenerator<string> {
  const { name } = location
  const items = location.views.items.filter(item => isCurrentRow({ pk: String(item.pk) }))
  const rows = items.map(toCurrent)
  const { ledger } = world
  for (const [n, { kind, id }] of rows.entries()) {
    if (!ledger.isRedacted(kind, id) || ledger.getTombstone({ kind, id }).erased) continue
    const change = { before: undefined, after: items[n] }
    const error = findRowError(change, ledger.versionsOf(kind, id), ledger.versionsAt(name, kind, id))
    if (error) yield `${name}: invalid row of ${kind} ${id}: ${error}`
  }
  const remaining = ledger.all.filter(v => !ledger.isGone(v))
  const versions = Map.groupBy(remaining, ({ kind, id }) => `${kind} ${id}`)
  for (const [record, recordVersions] of versions) {
    const row = rows.find(({ kind, id }) => `${kind} ${id}` === record)
    const unfolded = recordVersions.filter(v => (row?.clock[v.location] ?? '') < v.recorded_at)
    if (unfolded.length > 0) yield `${name} has not folded ${summarise(unfolded.map(toVersionName))}`
    if (row && row.pending.length > 0) yield `${name}: ${record} still waits for ${row.pending}`
  }
  const ports = toPorts(world, location)
  const { lines } = await ports.lines.validBetween('2026-01-01T00:00:00.000Z', '2026-12-31T00:00:00.000Z', null, 10_000)
  const gone = new Set(ledger.all.filter(v => ledger.isGone(v)).map(toRecordingName))
  // The change log may still contain a redacted entry of a deleted version.
  const logged = lines.filter(({ line }) => !gone.has(toRecordingName(line))).map(({ line }) => toVersionName(line))
  const missing = remaining.map(toVersionName).filter(name => !logged.includes(name))
  if (missing.length > 0) yield `${name}: its change log lacks ${summarise(missing)}`
  const writtenNames = ledger.all.map(toVersionName)
  if (logged.some(name => !writtenNames.includes(name)) || new Set(logged).size < logged.length)
    yield `${name}: its change log has unknown or duplicate entries: ${summarise(logged)}`
  const ids = ledger.customers.filter(id => ledger.isPlain('customer', id))
  const rebuiltIndex = createIndex()
  const erased = ledger.customers.filter(id => ledger.getTombstone({ kind: 'customer', id }).erased)
  for (const id of erased) {
    if (rows.some(row => row.id === id)) yield `${name}: erased customer ${id} still has a row`
    const remainingItems = location.registry.items.filter(
      ({ pk, sk }) => pk === `customer#${id}` && sk !== ERASED && sk !== PURGED && !String(sk).startsWith(RESIDUE),
    )
    if (remainingItems.length > 0)
      yield `${name}: erased customer ${id} still has items: ${remainingItems.map(({ sk }) => sk)}`
  }
  await rebuiltIndex.put(rows.filter(({ kind }) => kind === 'customer').map(row => toEntry(row, FIELDS)))
  const [actualEntries, expectedEntries] = [await location.index.getMany(ids), await rebuiltIndex.getMany(ids)]
  if (canonicalJson(actualEntries) !== canonicalJson(expectedEntries))
    yield `${name}: its index does not match its rows:\n  actual   ${canonicalJson(actualEntries)}\n  expected ${canonicalJson(expectedEntries)}`
}

/** The last changes that took expired customers back: no later expiry knows them. */
const rescues = ({ ledger }: SimulatedWorld): Version[] =>
  ledger.customers
    .filter(id => !ledger.getTombstone({ kind: 'customer', id }).erased)
    .flatMap(id => {
      const versions = ledger.versionsOf('customer', id)
      const expiries = versions.filter(({ action }) => action === 'expire')
      return versions.filter(
        v =>
          v.action !== 'expire' &&
          expiries.some(expiry => covers(v.clock, expiry)) &&
          !expiries.some(expiry => covers(expiry.clock, v)),
      )
    })

/**
 * Checks that nobody who was taken back is removed, at any location: the customer is on the list as changed. After a cancellation, no version of
 * the customer is deleted, unless the deletion had begun, or another location purges the customer as well.
 */
function* checkTakenBack(world: SimulatedWorld): Generator<string> {
  const { ledger, locations, retention } = world
  for (const version of rescues(world)) {
    const { id } = version
    for (const { name, views } of locations) {
      const row = views.items
        .filter(item => isCurrentRow({ pk: String(item.pk) }) && item.sk === id)
        .map(toCurrent)
        .find(({ kind }) => kind === 'customer')
      if (row === undefined || row.stateBeforeExpiry !== null || !covers(row.clock, version))
        yield `${name}: customer ${id} was taken back by ${version.request_id}, and is not on the list`
    }
    const at = ledger.writtenAt(version)
    const isOnlyPurge = retention.purgesOf(id) === 1
    const deletions = ledger.deletionsOf({ kind: 'customer', id })
    if (retention.requests.has(version.request_id) && isOnlyPurge && !deletions.some(step => step <= at))
      if (deletions.length > 0) yield `versions of customer ${id} were deleted after ${version.request_id}`
  }
}

/** Checks that each erasure that began has erased everyone whom it names, with the decisions about them, and is in the audit. */
function* checkErasures({ locations }: SimulatedWorld): Generator<string> {
  for (const { name, registry } of locations) {
    const keys = new Set(registry.items.map(({ pk, sk }) => `${pk} ${sk}`))
    const audited = registry.items.filter(({ action }) => action === 'eraseCustomer').map(({ customer }) => customer)
    for (const item of registry.items) {
      const erasure = toErasure(item)
      if (erasure === null) continue
      const { ids, decisions } = erasure
      const records = [...ids.map(id => `customer#${id}`), ...decisions.map(id => `decision#${id}`)]
      const remaining = records.filter(pk => !keys.has(`${pk} ${ERASED}`))
      if (remaining.length > 0) yield `${name}: the erasure of ${summarise(ids)} left ${summarise(remaining)}`
      if (!ids.some(id => audited.includes(id))) yield `${name}: the erasure of ${summarise(ids)} is not in the audit`
    }
  }
}

const identity = (answer: unknown): unknown => answer

/** Returns the final questions: several times of each customer at which something took effect or was recorded, and just before. */
function allQuestions({ random, ledger, now, instants }: SimulatedWorld): Question[] {
  const later = new Date(now + 600_000).toISOString()
  const pickSome = (moments: readonly string[]) => random.shuffled(moments).slice(0, MAX_TIMES)
  const toTimes = (id: string): Time[] => {
    const { valid, recorded } = toMoments(ledger, id)
    const [as_of, known_at] = [pickSome(valid), pickSome(recorded)]
    return [
      ...as_of.map(as_of => ({ as_of })),
      ...known_at.map(known_at => ({ known_at })),
      ...as_of.slice(0, 2).map((as_of, n) => ({ as_of, known_at: known_at[n] })),
    ]
  }
  const from = random.of([...instants, new Date(START + 60_000).toISOString()])
  return questions(ledger, toTimes, from, later, later)
}

/** Checks that every location gives identical answers, and that they match the versions. */
async function* checkAnswers(world: SimulatedWorld): AsyncGenerator<string> {
  const { random, locations } = world
  const allPorts = locations.map(location => toPorts(world, location))
  const questionList = allQuestions(world)
  const answersWithViews: string[] = []
  for (const { what, ask, expected, part = identity } of questionList) {
    const answers = await Promise.all(allPorts.map(ask))
    const texts = answers.map(answer => JSON.stringify(answer))
    const differing = texts.findIndex(text => text !== texts[0])
    if (differing > 0)
      yield `${what}: ${locations[0]?.name} and ${locations[differing]?.name} differ:\n  ${texts[0]}\n  ${texts[differing]}\n  expected ${JSON.stringify(expected)}`
    answersWithViews.push(texts[0] ?? '')
    if (expected === undefined) continue
    const actual = part(answers[0])
    if (canonicalJson(actual) !== canonicalJson(expected))
      yield `${what}: does not match the versions:\n  actual   ${canonicalJson(actual)}\n  expected ${canonicalJson(expected)}`
  }
  const location = random.of(locations)
  for (const { pk, sk } of location.views.items) location.views.write(String(pk), String(sk), undefined)
  for (const [n, { what, ask, isAboutOneCustomer }] of questionList.entries()) {
    const answerWithoutViews = isAboutOneCustomer
      ? JSON.stringify(await ask(toPorts(world, location)))
      : answersWithViews[n]
    if (answerWithoutViews !== answersWithViews[n])
      yield `${what}: ${location.name} without its views gives a different answer:\n  ${answersWithViews[n]}\n  ${answerWithoutViews}`
  }
}

/** Reports the first violation after everything has been delivered. */
export async function verdict(world: SimulatedWorld): Promise<void> {
  for (const problem of checkVersions(world)) return world.reportViolation(problem)
  for (const problem of checkErasures(world)) return world.reportViolation(problem)
  for (const problem of checkTakenBack(world)) return world.reportViolation(problem)
  for (const location of world.locations)
    for await (const problem of checkViews(world, location)) return world.reportViolation(problem)
  for await (const problem of checkAnswers(world)) return world.reportViolation(problem)
}
