import { markPurged, sweep } from '#domain/retention/purge.ts'
import { takeBack } from '#domain/retention/take-back.ts'
import type { SimulatedWorld } from './environment.ts'
import type { Location } from './location.ts'

interface Purge {
  readonly id: string
  readonly location: Location
  /** The phase that runs next. */
  nextPhase: 'mark' | 'sweep'
  since: number
  running: boolean
}

/** The phases of purges, each of which runs after every location has acknowledged the one before. A purge may be cancelled between phases. */
export class Retention {
  /** The request ids of cancellations. */
  readonly requests = new Set<string>()
  /** How many customers were taken back by cancellations, by the phase that would have been next. */
  readonly takenBack = { mark: 0, sweep: 0 }
  readonly #purges: Purge[] = []
  /** How many purges each customer has had. */
  readonly #counts = new Map<string, number>()
  readonly #world: SimulatedWorld

  constructor(world: SimulatedWorld) {
    this.#world = world
  }

  /** Starts a purge after its first phase, the expiry. */
  addExpiry(id: string, location: Location): void {
    this.#counts.set(id, this.purgesOf(id) + 1)
    this.#purges.push({ id, location, nextPhase: 'mark', since: this.#world.step, running: false })
  }

  isPurging(id: string): boolean {
    return this.#purges.some(purge => purge.id === id)
  }

  purgesOf(id: string): number {
    return this.#counts.get(id) ?? 0
  }

  /** The purges that can be cancelled: whatever the other locations have acknowledged. */
  get cancellable(): Purge[] {
    return this.#purges.filter(purge => !purge.running && purge.location.isUp)
  }

  get due(): Purge[] {
    return this.#purges.filter(purge => !purge.running && purge.location.isUp && this.#acknowledged(purge))
  }

  /** Whether everything that a location knew or did when the last phase ended has reached every other location. */
  #acknowledged({ id, since }: Purge): boolean {
    const { globe, locations } = this.#world
    const pk = `customer#${id}`
    return (
      !globe.pending.some(flight => flight.pk === pk) &&
      !locations.some(({ streams }) => streams.registry.has(pk)) &&
      !this.#world.anyRunningSince(since)
    )
  }

  runNextPhase(purge: Purge): void {
    const { id, location, nextPhase } = purge
    const description = `${location.name} ${nextPhase} of customer ${id}`
    this.#world.log(description)
    purge.running = true
    const release = () => {
      purge.running = false
    }
    this.#world.start(
      location,
      description,
      async (ports, call) => {
        if (nextPhase === 'mark') return markPurged(ports.records, id)
        await sweep(ports.records, call, id)
        return false
      },
      wasMarked => {
        release()
        purge.since = this.#world.step
        // A change may have taken the customer back.
        if (wasMarked) purge.nextPhase = 'sweep'
        else this.#drop(purge)
      },
      error => {
        release()
        this.#world.handleFailure(description, error)
      },
      release,
    )
  }

  /** Cancels a purge, as `cancelRun` does. An interrupted cancellation leaves the purge, whose next phase finds what it did. */
  cancel(purge: Purge): void {
    const { id, location, nextPhase } = purge
    const description = `${location.name} cancellation ${this.requests.size + 1} of customer ${id}`
    this.requests.add(description)
    this.#world.log(`${description} before the ${nextPhase}`)
    purge.running = true
    const release = () => {
      purge.running = false
    }
    this.#world.start(
      location,
      description,
      async (ports, call) => {
        const taken = await takeBack(ports.records, call, id, true)
        await sweep(ports.records, call, id)
        return taken
      },
      wasTaken => {
        release()
        if (wasTaken) this.takenBack[nextPhase]++
        this.#drop(purge)
      },
      error => {
        release()
        this.#world.handleFailure(description, error)
      },
      release,
    )
  }

  #drop(purge: Purge): void {
    this.#purges.splice(this.#purges.indexOf(purge), 1)
  }
}
