import type { LocalEnv } from '#contract/env.ts'
import { toLocalUrl } from './address.ts'
import type { Command, Outcome } from './command.ts'
import { LocationProcess } from './location-process.ts'
import { LOCATIONS } from './names.ts'
import type { Replicator } from './replication/replicator.ts'
import { type Service, StartupError } from './service.ts'
import { statusText } from './status.ts'

const done = (text: string): Outcome => ({ outcome: 'done', text })
const failed = (text: string): Outcome => ({ outcome: 'failed', text })
const invalid = (text: string): Outcome => ({ outcome: 'wrong', text })

function onceOnly(call: () => void): () => void {
  let called = false
  return () => {
    if (!called) call()
    called = true
  }
}

/** The locations of one machine, each in its own process, and the replicator between them. */
export class Supervisor implements Service {
  readonly name = 'locations'
  readonly locations: readonly LocationProcess[]
  readonly #data: string
  readonly #serving: () => void
  readonly #abandoned: () => void
  #replicator: Replicator | null = null
  /** Serialises commands, so that `kill` and `start` of one location do not overlap. */
  #executing: Promise<unknown> = Promise.resolve()

  /**
   * @param serving called when the APIs of all locations answer for the first time.
   * @param abandoned called when the only location ended by itself.
   */
  constructor(env: LocalEnv, data: string, serving: () => void, abandoned: () => void) {
    const several = env.REGISTRY_LOCATIONS > 1
    this.#data = data
    this.#serving = onceOnly(serving)
    this.#abandoned = abandoned
    this.locations = LOCATIONS.slice(0, env.REGISTRY_LOCATIONS).map((name, number) => {
      const url = toLocalUrl(env.REGISTRY_HOST, env.REGISTRY_PORT + number)
      const restart = several ? `npm run -s locations -- start ${name}` : 'npm start'
      return new LocationProcess({ name, url, data, prefix: several ? `${name} ` : '', restart }, location =>
        this.#moved(location),
      )
    })
  }

  /** Starts all at once. If one cannot start, none does. */
  async start(): Promise<void> {
    if (this.locations.length > 1) {
      const { Replicator } = await import('./replication/replicator.ts')
      const names = this.locations.map(({ name }) => name)
      this.#replicator = new Replicator(this.#data, names)
      await this.#replicator.start()
    }
    const started = await Promise.allSettled(this.locations.map(location => location.start()))
    const reasons = started.flatMap(result => (result.status === 'rejected' ? [result.reason] : []))
    if (reasons.length === 0) return
    await this.stop()
    const unexpected = reasons.find(reason => !(reason instanceof StartupError))
    throw unexpected ?? new StartupError([...new Set(reasons.map(({ message }) => message))].join('\n'))
  }

  async stop(): Promise<void> {
    await this.#replicator?.stop()
    this.#replicator = null
    for (const location of this.locations.toReversed()) await location.stop()
  }

  execute(command: Command): Promise<Outcome> {
    const outcome = this.#executing.then(() => this.#execute(command))
    this.#executing = outcome.catch(() => undefined)
    return outcome
  }

  #moved(location: LocationProcess): void {
    this.#replicator?.at(location.name, location.endpoint)
    if (this.locations.every(({ endpoint }) => endpoint !== null)) this.#serving()
    if (location.endpoint === null && location.diedAlone && this.locations.length === 1) this.#abandoned()
  }

  async #execute(command: Command): Promise<Outcome> {
    if (command.command === 'status') return done(await statusText(this.locations, this.#replicator, command.json))
    const location = this.locations.find(({ name }) => name === command.location)
    const names = this.locations.map(({ name }) => name).join(', ')
    if (!location) return invalid(`There is no location ${command.location}: ${names}`)
    const { name } = location
    const replicator = this.#replicator
    switch (command.command) {
      case 'kill':
        if (location.pid === null) return failed(`${name} does not run`)
        await location.kill()
        return done(`${name} is killed`)
      case 'start':
        if (location.pid !== null) return failed(`${name} runs already`)
        await location.start()
        return done(`${name} runs at ${location.url}`)
    }
    if (replicator === null) return failed(`${name} is the only location: nothing replicates`)
    switch (command.command) {
      case 'cut':
        await replicator.cut(name)
        return done(`${name} is cut off`)
      case 'heal':
        replicator.heal(name)
        return done(`${name} replicates again`)
      case 'lag':
        replicator.lag(name, command.lag)
        return done(`What goes to or from ${name} arrives ${command.lag / 1000} s later`)
    }
  }
}
