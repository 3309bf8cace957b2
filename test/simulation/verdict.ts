import { ERASED, PURGED, RESIDUE, toCurrent, toVersion, VERSION } from '#adapters/dynamodb/items.ts'
import { MemoryIndex } from '#adapters/memory-search/memory-index.ts'
import { canonicalJson } from '#domain/canonical-json.ts'
import { toKey, type Version } from '#domain/records/version.ts'
import { toEntry } from '#domain/search/entry.ts'
import type { Ports } from '#functions/runtime/ports.ts'
import { type Question, questions, toMoments } from './answers.ts'
import { START, type World } from './environment.ts'
import { FIELDS } from './fields.ts'
import type { Location } from './location.ts'
import type { Time } from './reference-model.ts'
import { isCurrentRow } from './row-check.ts'

const MOMENTS = 4

/** The ports of a location whose tables do at once what they are asked. */
function toPorts(world: World, location: Location): Ports {
  const task = { what: 'verdict', location, since: world.step, dead: false }
  const ports = location.ports(task, ({ command, answer, fail }) => {
    try {
      answer(location.engine.execute(command))
    } catch (error) {
      fail(error)
    }
  })
  return world.mutant.ports?.(ports, location, world) ?? ports
}

const named = (v: Pick<Version, 'kind' | 'id' | 'valid_from' | 'recorded_at' | 'location'>): string =>
  `${v.kind} ${v.id} ${toKey(v)}`

/** The first of some, and how many there are. */
const few = (names: readonly string[]): string =>
  `${names.slice(0, 3).join(', ')}${names.length > 3 ? ` and ${names.length - 3} more` : ''}`

/** A version by its recording alone: what stays known of one that is gone. */
const recording = (v: Pick<Version, 'kind' | 'id' | 'recorded_at' | 'location'>): string =>
  `${v.kind} ${v.id} ${v.recorded_at}#${v.location}`

/** Whether every location has every version that was made, once, and no other. */
function* ofVersions({ ledger, clients, locations }: World): Generator<string> {
  const made = new Map(ledger.all.filter(v => !ledger.isGone(v)).map(v => [named(v), canonicalJson(v)]))
  const ever = new Set(ledger.all.map(named))
  for (const { name, registry } of locations) {
    const rows = registry.items.filter(({ sk }) => String(sk).startsWith(VERSION)).map(toVersion)
    const here = new Map(rows.map(v => [named(v), canonicalJson(v)]))
    for (const [v, text] of made) if (here.get(v) !== text) yield `${name} lacks ${v}, or has another`
    for (const v of here.keys()) if (!ever.has(v)) yield `${name} has ${v}, which nobody wrote`
  }
  const refused = new Set(clients.attempts.filter(({ outcome }) => outcome === 'refused').map(one => one.request_id))
  const requests = new Set(clients.attempts.map(one => one.request_id))
  const once = new Set<string>()
  const onceUnderKey = new Set<string>()
  for (const v of ledger.all.filter(v => !ledger.isGone(v))) {
    if (refused.has(v.request_id)) yield `${v.request_id} was refused, and wrote ${named(v)}`
    if (!requests.has(v.request_id)) yield `${named(v)} is of no request`
    const write = `${v.kind} ${v.id} by ${v.request_id}`
    // Several rows of a batch may be about one customer.
    if (once.has(write) && v.source === undefined) yield `two versions of ${write}`
    once.add(write)
    const keyed = `${v.kind} ${v.id} at ${v.location} under one key (${v.request_id})`
    const name = `${v.kind} ${v.id} ${v.location} ${v.idempotency}`
    if (v.idempotency !== undefined && onceUnderKey.has(name)) yield `two versions of ${keyed}`
    onceUnderKey.add(name)
  }
  for (const { outcome, request_id, told } of clients.attempts)
    for (const { id, version } of outcome === 'acknowledged' ? told : [])
      if (version !== '' && !ever.has(`customer ${id} ${Buffer.from(version, 'base64url')}`))
        yield `${request_id} was acknowledged, and its version is missing: customer ${id}`
}

/** Whether what a location has made of its versions is what they make: rows, lines, the index. */
async function* ofViews(world: World, location: Location): AsyncGenerator<string> {
  const { name } = location
  const rows = location.views.items.filter(item => isCurrentRow({ pk: String(item.pk) })).map(toCurrent)
  const { ledger } = world
  const there = ledger.all.filter(v => !ledger.isGone(v))
  const versions = Map.groupBy(there, ({ kind, id }) => `${kind} ${id}`)
  for (const [record, all] of versions) {
    const row = rows.find(({ kind, id }) => `${kind} ${id}` === record)
    const left = all.filter(v => (row?.clock[v.location] ?? '') < v.recorded_at)
    if (left.length > 0) yield `${name} has not folded ${few(left.map(named))}`
    if (row && row.pending.length > 0) yield `${name}: ${record} still waits for ${row.pending}`
  }
  const ports = toPorts(world, location)
  const { lines } = await ports.lines.validBetween('2026-01-01T00:00:00.000Z', '2026-12-31T00:00:00.000Z', null, 10_000)
  const gone = new Set(ledger.all.filter(v => ledger.isGone(v)).map(recording))
  // Of what is gone there may be a line still, which says nothing of it.
  const told = lines.filter(({ line }) => !gone.has(recording(line))).map(({ line }) => named(line))
  const lacks = there.map(named).filter(one => !told.includes(one))
  if (lacks.length > 0) yield `${name}: its lines lack ${few(lacks)}`
  const ever = ledger.all.map(named)
  if (told.some(one => !ever.includes(one)) || new Set(told).size < told.length)
    yield `${name}: its lines are of more than there are versions, or tell one twice: ${few(told)}`
  const ids = ledger.customers.filter(id => ledger.isPlain('customer', id))
  const anew = new MemoryIndex()
  const erased = ledger.customers.filter(id => ledger.grave({ kind: 'customer', id }).erased)
  for (const id of erased) {
    if (rows.some(row => row.id === id)) yield `${name}: there is a row of ${id}, who was erased`
    const left = location.registry.items.filter(
      ({ pk, sk }) => pk === `customer#${id}` && sk !== ERASED && sk !== PURGED && !String(sk).startsWith(RESIDUE),
    )
    if (left.length > 0) yield `${name}: of ${id}, who was erased, there is ${left.map(({ sk }) => sk)}`
  }
  await anew.put(rows.filter(({ kind }) => kind === 'customer').map(row => toEntry(row, FIELDS)))
  const [held, made] = [await location.index.getMany(ids), await anew.getMany(ids)]
  if (canonicalJson(held) !== canonicalJson(made))
    yield `${name}: its index is not the one that its rows make:\n  is     ${canonicalJson(held)}\n  wanted ${canonicalJson(made)}`
}

const whole = (answer: unknown): unknown => answer

/** What is asked in the end: of each customer some moments, where something began, was recorded, or right before. */
function allQuestions({ chance, ledger, now, instants }: World): Question[] {
  const later = new Date(now + 600_000).toISOString()
  const some = (moments: readonly string[]) => chance.shuffled(moments).slice(0, MOMENTS)
  const timesOf = (id: string): Time[] => {
    const { valid, recorded } = toMoments(ledger, id)
    const [as_of, known_at] = [some(valid), some(recorded)]
    return [
      ...as_of.map(as_of => ({ as_of })),
      ...known_at.map(known_at => ({ known_at })),
      ...as_of.slice(0, 2).map((as_of, n) => ({ as_of, known_at: known_at[n] })),
    ]
  }
  const from = chance.of([...instants, new Date(START + 60_000).toISOString()])
  return questions(ledger, timesOf, from, later, later)
}

/** Whether every location answers alike, byte by byte, and as the versions have it. */
async function* ofAnswers(world: World): AsyncGenerator<string> {
  const { chance, locations } = world
  const all = locations.map(location => toPorts(world, location))
  const asked = allQuestions(world)
  const told: string[] = []
  for (const { what, ask, wanted, part = whole } of asked) {
    const answers = await Promise.all(all.map(ask))
    const texts = answers.map(answer => JSON.stringify(answer))
    const other = texts.findIndex(text => text !== texts[0])
    if (other > 0)
      yield `${what}: ${locations[0]?.name} and ${locations[other]?.name} differ:\n  ${texts[0]}\n  ${texts[other]}\n  wanted ${JSON.stringify(wanted)}`
    told.push(texts[0] ?? '')
    if (wanted === undefined) continue
    const is = part(answers[0])
    if (canonicalJson(is) !== canonicalJson(wanted))
      yield `${what}: is not what the versions make:\n  is     ${canonicalJson(is)}\n  wanted ${canonicalJson(wanted)}`
  }
  const location = chance.of(locations)
  for (const { pk, sk } of location.views.items) location.views.write(String(pk), String(sk), undefined)
  for (const [n, { what, ask, ofOne }] of asked.entries()) {
    const again = ofOne ? JSON.stringify(await ask(toPorts(world, location))) : told[n]
    if (again !== told[n])
      yield `${what}: ${location.name} without its views tells another thing:\n  ${told[n]}\n  ${again}`
  }
}

/** Tells the world what is wrong when all has come to rest, if anything is. */
export async function verdict(world: World): Promise<void> {
  for (const wrong of ofVersions(world)) return world.violated(wrong)
  for (const location of world.locations)
    for await (const wrong of ofViews(world, location)) return world.violated(wrong)
  for await (const wrong of ofAnswers(world)) return world.violated(wrong)
}
