import { type Settings, SimulatedWorld, type StreamName } from './environment.ts'
import { deleteViews, kill, restart } from './faults.ts'
import { FIELDS } from './fields.ts'
import type { Location } from './location.ts'
import { someOperation } from './operations.ts'
import { startReading } from './reading-check.ts'
import { someReading } from './readings.ts'
import { verdict } from './verdict.ts'

export interface Outcome {
  seed: number
  /** The first violation, or null. */
  violation: string | null
  trace: readonly string[]
  versions: number
  steps: number
  /** How many customers cancellations took back, by the phase of the purge that would have been next. */
  takenBack: Readonly<Record<'mark' | 'sweep', number>>
}

/** The maximum number of concurrent requests. */
const MAX_RUNNING = 5
/** The maximum number of concurrent batches of one stream: one, and one whose consumer failed while its work continues. */
const MAX_BATCHES = 2
const STREAMS: readonly StreamName[] = ['registry', 'views']
const MINUTE = 60_000

/** Something that can happen next, with its weight. */
type Event = readonly [weight: number, happen: () => void | Promise<void>]

/** Returns what can happen at a location besides client requests. */
function eventsAt(world: SimulatedWorld, location: Location): Event[] {
  const { random } = world
  const streams = STREAMS.flatMap((name): Event[] => {
    const busy = world.runningAt(location, name === 'registry' ? 'reconcile' : 'project').length
    const ready = location.isUp && busy < MAX_BATCHES ? location.streams[name].ready : 0
    return ready > 0 ? [[Math.min(1, ready * 0.15), () => world.deliver(location, name)]] : []
  })
  return [
    ...streams,
    [location.isCutOff ? 0.3 : 0.1, () => flip(world, location, 'isCutOff')],
    [location.isIndexDown ? 0.3 : 0.05, () => flip(world, location, 'isIndexDown')],
    [0.01, () => deleteViews(world, location, random.happens(0.6))],
    [location.isMissingViews && location.isUp ? 0.2 : 0, () => world.rebuildLocationViews(location)],
    location.isUp ? [0.015, () => kill(world, location)] : [0.5, () => restart(world, location)],
    [0.02, () => setClock(world, location)],
  ]
}

function flip(world: SimulatedWorld, location: Location, flag: 'isCutOff' | 'isIndexDown'): void {
  location[flag] = !location[flag]
  world.log(`${location.name}: ${flag} ${location[flag]}`)
}

function setClock(world: SimulatedWorld, location: Location): void {
  location.skew = world.random.of([0, 300_000, -300_000])
  world.log(`${location.name}: clock skew is ${location.skew} ms`)
}

const toSurroundings = (world: SimulatedWorld, location: Location) => ({
  random: world.random,
  fields: FIELDS,
  knownIds: [...world.clients.knownIds],
  purgeableIds: [...world.clients.knownIds].filter(
    id => !world.retention.isPurging(id) && !world.clients.isExpiring(id),
  ),
  now: world.timeAt(location),
  instants: world.instants,
  number: world.clients.attempts.length,
  expiryWeight: world.purgesOften ? 6 : 0.5,
})

/** Returns what clients can do next: send a request, repeat one, abandon one, or read. */
function clientEvents(world: SimulatedWorld, budget: { left: number }): Event[] {
  const { random, clients } = world
  const up = world.locations.filter(location => location.isUp)
  const hasCapacity = clients.running.length < MAX_RUNNING && up.length > 0
  const askNew = () => {
    budget.left--
    const location = random.of(up)
    clients.ask(someOperation(toSurroundings(world, location)), location)
  }
  const askAgain = () => {
    budget.left--
    const [operation, before] = random.of([...clients.open])
    if (operation.key === undefined && random.happens(0.7)) clients.open.delete(operation)
    else clients.ask(operation, before.isUp && random.happens(0.8) ? before : random.of(up))
  }
  const startLook = () => {
    budget.left--
    const location = random.of(up)
    startReading(world, location, someReading(toSurroundings(world, location)))
  }
  return [
    [hasCapacity && budget.left > 0 ? 1.5 : 0, askNew],
    [hasCapacity && budget.left > 0 && clients.open.size > 0 ? 0.5 : 0, askAgain],
    [clients.running.length > 0 ? 0.1 : 0, () => clients.abandon(random.of(clients.running))],
    [up.length > 0 && budget.left > 0 && clients.knownIds.size > 0 ? 0.3 : 0, startLook],
  ]
}

/** Continues purges that are due, and cancels some, at any time between two phases. */
function retentionEvents({ random, retention, purgesOften }: SimulatedWorld): Event[] {
  const { due, cancellable } = retention
  // The last phase is reached seldom, because every location must have acknowledged two others.
  const isLastPhase = cancellable.some(({ nextPhase }) => nextPhase === 'sweep')
  const often = isLastPhase ? 0.5 : 0.03
  return [
    [due.length > 0 ? (purgesOften ? 5 : 0.5) : 0, () => retention.runNextPhase(random.of(due))],
    [cancellable.length > 0 ? (purgesOften ? often : 0.02) : 0, () => retention.cancel(random.of(cancellable))],
  ]
}

/** One step: something happens, and time advances. */
async function next(world: SimulatedWorld, budget: { left: number }): Promise<void> {
  const { random, globe, scheduler } = world
  scheduler.step++
  world.mutant.step?.(world)
  const waiting = scheduler.sends.length
  const deliverable = globe.deliverable
  const happen = random.weighted<Event[1]>([
    [waiting > 0 ? 6 + waiting : 0, () => scheduler.next()],
    [Math.min(deliverable.length, 6) * 0.5, () => globe.apply(random.of(deliverable))],
    ...clientEvents(world, budget),
    ...retentionEvents(world),
    ...world.locations.flatMap(location => eventsAt(world, location)),
  ])
  await happen()
  if (scheduler.sends.length !== waiting || world.running > scheduler.sends.length) await scheduler.waitForTasks()
  world.removeDeadTasks()
  world.now += random.weighted([
    [20, random.below(20)],
    [4, random.below(3000)],
    [0.15, 11 * MINUTE],
  ])
}

/** Ends all faults: in-flight changes arrive, streams are read to their end, and clients repeat unanswered requests. */
async function quieten(world: SimulatedWorld): Promise<void> {
  const { random, clients, globe, scheduler } = world
  scheduler.calm = true
  for (const location of world.locations) {
    location.isCutOff = false
    location.isIndexDown = false
    if (!location.isUp) restart(world, location)
  }
  for (let rounds = 0; world.violation === null; rounds++) {
    if (rounds > 100_000) return world.reportViolation('the simulation does not quiesce')
    scheduler.step++
    world.removeDeadTasks()
    const [open] = clients.open
    if (scheduler.sends.length > 0) await scheduler.next()
    else if (world.running > 0)
      return world.reportViolation(
        `tasks hang: ${world.locations.flatMap(location => world.runningAt(location)).map(({ description: what }) => what)}`,
      )
    else if (globe.pending.length > 0) globe.apply(random.of(globe.pending))
    else if (open) {
      const [operation, location] = open
      if (operation.key === undefined) clients.open.delete(operation)
      else clients.ask(operation, location)
      await scheduler.waitForTasks()
    } else {
      const withoutViews = world.locations.find(location => location.isMissingViews)
      const [location, name] =
        world.locations.flatMap(at =>
          STREAMS.filter(stream => at.streams[stream].ready > 0).map(stream => [at, stream] as const),
        )[0] ?? []
      if (withoutViews) world.rebuildLocationViews(withoutViews)
      else if (location && name) world.deliver(location, name)
      else return
      await scheduler.waitForTasks()
    }
  }
}

/** Runs a seed to its end. The same seed gives the same history. */
export async function simulate(seed: number, settings: Settings): Promise<Outcome> {
  const world = new SimulatedWorld(seed, settings)
  const budget = { left: settings.ops }
  while (world.violation === null && (budget.left > 0 || world.clients.running.length > 0)) await next(world, budget)
  if (world.violation === null) await quieten(world)
  if (world.violation === null)
    await verdict(world).catch((error: unknown) => world.reportViolation(`a final question failed: ${error}`))
  return {
    seed,
    violation: world.violation,
    trace: world.trace,
    versions: world.ledger.all.length,
    steps: world.step,
    takenBack: world.retention.takenBack,
  }
}
