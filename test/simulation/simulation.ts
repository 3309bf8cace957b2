import { type Settings, type StreamName, World } from './environment.ts'
import { FIELDS } from './fields.ts'
import type { Location } from './location.ts'
import { someOperation } from './operations.ts'
import { someReading } from './readings.ts'
import { verdict } from './verdict.ts'
import { look } from './watcher.ts'

export interface Outcome {
  seed: number
  /** What was wrong; null: nothing. */
  violation: string | null
  trace: readonly string[]
  versions: number
  steps: number
}

/** Requests that are on their way at once, at most. */
const MAX_RUNNING = 5
/** Batches of one stream that are with its reader at once: one, and one more where a reader has ended and its work has not. */
const MAX_BATCHES = 2
const STREAMS: readonly StreamName[] = ['registry', 'views']
const MINUTE = 60_000

/** One thing that can happen next, and how often it does. */
type Event = readonly [weight: number, happen: () => void | Promise<void>]

/** What can happen at one location beside what its clients ask for. */
function eventsAt(world: World, location: Location): Event[] {
  const { chance } = world
  const streams = STREAMS.flatMap((name): Event[] => {
    const busy = world.runningAt(location, name === 'registry' ? 'reconcile' : 'project').length
    const ready = location.up && busy < MAX_BATCHES ? location.streams[name].ready : 0
    return ready > 0 ? [[Math.min(1, ready * 0.15), () => world.deliver(location, name)]] : []
  })
  return [
    ...streams,
    [location.cut ? 0.3 : 0.1, () => flip(world, location, 'cut')],
    [location.indexDown ? 0.3 : 0.05, () => flip(world, location, 'indexDown')],
    [0.01, () => world.throwAway(location, chance.happens(0.6))],
    [location.thrownAway && location.up ? 0.2 : 0, () => world.makeAgain(location)],
    location.up ? [0.015, () => world.kill(location)] : [0.5, () => world.revive(location)],
    [0.02, () => setClock(world, location)],
  ]
}

function flip(world: World, location: Location, what: 'cut' | 'indexDown'): void {
  location[what] = !location[what]
  world.say(`${location.name}: ${what} ${location[what]}`)
}

function setClock(world: World, location: Location): void {
  location.skew = world.chance.of([0, 300_000, -300_000])
  world.say(`${location.name}: its clock is off by ${location.skew} ms`)
}

const surroundings = (world: World, location: Location) => ({
  chance: world.chance,
  fields: FIELDS,
  known: [...world.clients.known],
  now: world.timeAt(location),
  instants: world.instants,
  number: world.clients.attempts.length,
})

/** What clients do next: ask for something, ask again, wait no longer, or look. */
function clientEvents(world: World, asked: { left: number }): Event[] {
  const { chance, clients } = world
  const up = world.locations.filter(location => location.up)
  const few = clients.running.length < MAX_RUNNING && up.length > 0
  const asks = () => {
    asked.left--
    const location = chance.of(up)
    clients.ask(someOperation(surroundings(world, location)), location)
  }
  const asksAgain = () => {
    asked.left--
    const [operation, before] = chance.of([...clients.open])
    if (operation.key === undefined && chance.happens(0.7)) clients.open.delete(operation)
    else clients.ask(operation, before.up && chance.happens(0.8) ? before : chance.of(up))
  }
  const looks = () => {
    asked.left--
    const location = chance.of(up)
    look(world, location, someReading(surroundings(world, location)))
  }
  return [
    [few && asked.left > 0 ? 1.5 : 0, asks],
    [few && asked.left > 0 && clients.open.size > 0 ? 0.5 : 0, asksAgain],
    [clients.running.length > 0 ? 0.1 : 0, () => clients.abandon(chance.of(clients.running))],
    [up.length > 0 && asked.left > 0 && clients.known.size > 0 ? 0.3 : 0, looks],
  ]
}

/** The job that ends retentions goes on where it can. */
function retentionEvents({ chance, retention }: World): Event[] {
  const { due } = retention
  return due.length > 0 ? [[0.5, () => retention.next(chance.of(due))]] : []
}

/** One step: something happens, and time goes on. */
async function next(world: World, asked: { left: number }): Promise<void> {
  const { chance, globe, scheduler } = world
  scheduler.step++
  world.mutant.step?.(world)
  const waiting = scheduler.sends.length
  const deliverable = globe.deliverable
  const happen = chance.weighted<Event[1]>([
    [waiting > 0 ? 6 + waiting : 0, () => scheduler.next()],
    [Math.min(deliverable.length, 6) * 0.5, () => globe.arrive(chance.of(deliverable))],
    ...clientEvents(world, asked),
    ...retentionEvents(world),
    ...world.locations.flatMap(location => eventsAt(world, location)),
  ])
  await happen()
  if (scheduler.sends.length !== waiting || world.running > scheduler.sends.length) await scheduler.settled()
  world.bury()
  world.now += chance.weighted([
    [20, chance.below(20)],
    [4, chance.below(3000)],
    [0.15, 11 * MINUTE],
  ])
}

/** Everything is well again: what is on its way arrives, every stream is read to its end, whoever waits for an answer asks again. */
async function quieten(world: World): Promise<void> {
  const { chance, clients, globe, scheduler } = world
  scheduler.calm = true
  for (const location of world.locations) {
    location.cut = false
    location.indexDown = false
    if (!location.up) world.revive(location)
  }
  for (let rounds = 0; world.violation === null; rounds++) {
    if (rounds > 100_000) return world.violated('it never comes to rest')
    scheduler.step++
    world.bury()
    const [open] = clients.open
    if (scheduler.sends.length > 0) await scheduler.next()
    else if (world.running > 0)
      return world.violated(
        `a task hangs: ${world.locations.flatMap(at => world.runningAt(at)).map(({ what }) => what)}`,
      )
    else if (globe.flights.length > 0) globe.arrive(chance.of(globe.flights))
    else if (open) {
      const [operation, location] = open
      if (operation.key === undefined) clients.open.delete(operation)
      else clients.ask(operation, location)
      await scheduler.settled()
    } else {
      const thrown = world.locations.find(location => location.thrownAway)
      const [location, name] =
        world.locations.flatMap(at =>
          STREAMS.filter(stream => at.streams[stream].ready > 0).map(stream => [at, stream] as const),
        )[0] ?? []
      if (thrown) world.makeAgain(thrown)
      else if (location && name) world.deliver(location, name)
      else return
      await scheduler.settled()
    }
  }
}

/** Plays one seed to its end: the same seed, the same history. */
export async function simulate(seed: number, settings: Settings): Promise<Outcome> {
  const world = new World(seed, settings)
  const asked = { left: settings.ops }
  while (world.violation === null && (asked.left > 0 || world.clients.running.length > 0)) await next(world, asked)
  if (world.violation === null) await quieten(world)
  if (world.violation === null)
    await verdict(world).catch((error: unknown) => world.violated(`what was asked in the end failed: ${error}`))
  return { seed, violation: world.violation, trace: world.trace, versions: world.ledger.all.length, steps: world.step }
}
