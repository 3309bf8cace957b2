import { StateConflict } from '#domain/errors.ts'
import { deletePurgedVersions } from '#domain/records/apply-tombstone.ts'
import { markPurged } from '#domain/retention/purge.ts'
import type { World } from './environment.ts'
import type { Location } from './location.ts'

interface Purge {
  readonly id: string
  readonly location: Location
  /** What is done next. */
  round: 'mark' | 'sweep'
  since: number
  running: boolean
}

/** The rounds of purges: each once every location has acknowledged the one before. */
export class Retention {
  readonly #purges: Purge[] = []
  readonly #world: World

  constructor(world: World) {
    this.#world = world
  }

  /** An expiry was written: the first round. */
  expired(id: string, location: Location): void {
    this.#purges.push({ id, location, round: 'mark', since: this.#world.step, running: false })
  }

  get due(): Purge[] {
    return this.#purges.filter(purge => !purge.running && purge.location.up && this.#acknowledged(purge))
  }

  /** Whether all that any location knew or did when the last round ended has come to every other. */
  #acknowledged({ id, since }: Purge): boolean {
    const { globe, locations } = this.#world
    const pk = `customer#${id}`
    return (
      !globe.flights.some(flight => flight.pk === pk) &&
      !locations.some(({ streams }) => streams.registry.has(pk)) &&
      !this.#world.anyRunningSince(since)
    )
  }

  next(purge: Purge): void {
    const { id, location, round } = purge
    const what = `${location.name} ${round} of customer ${id}`
    this.#world.say(what)
    purge.running = true
    const again = () => {
      purge.running = false
    }
    this.#world.start(
      location,
      what,
      async (ports, call) => {
        if (round === 'mark') await markPurged(ports.records, call, id)
        else await deletePurgedVersions(ports.records, 'customer', id)
      },
      () => {
        again()
        purge.since = this.#world.step
        if (round === 'mark') purge.round = 'sweep'
        else this.#drop(purge)
      },
      error => {
        again()
        // A change made meanwhile has won.
        if (error instanceof StateConflict) this.#drop(purge)
        else this.#world.troubled(what, error)
      },
      again,
    )
  }

  #drop(purge: Purge): void {
    this.#purges.splice(this.#purges.indexOf(purge), 1)
  }
}
