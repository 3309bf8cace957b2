import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { LOCATIONS } from '../names.ts'
import { Loop } from '../poller.ts'
import type { Service } from '../service.ts'
import { JOURNAL_FILE } from './journal.ts'
import { Link } from './link.ts'
import { Replica } from './replica.ts'

const PRUNE_MS = 5000
/** Engines tell times in whole seconds. */
const TICK_MS = 1000
/** After how many failures in a row something is said. */
const WORTH_SAYING = 8

/**
 * Replicates `registry` between the locations as a DynamoDB global table does: after the write and beside it, each row by itself, the last
 * writer wins. It goes on from where it was, and past locations that cannot be reached.
 */
export class Replicator implements Service {
  readonly name = 'replicator'
  readonly #sites: ReadonlyMap<string, Replica>
  readonly #links: readonly Link[]
  readonly #pruning: Loop
  /** A location that is not among these has data here: it may be back, and lack something. */
  readonly #others: boolean

  constructor(data: string, names: readonly string[]) {
    const site = (name: string) =>
      new Replica(name, join(data, name), () => this.#nudge(), saying(`replication from ${name}`))
    this.#sites = new Map(names.map(name => [name, site(name)]))
    const sites = [...this.#sites.values()]
    this.#links = sites.flatMap(source =>
      sites
        .filter(target => target !== source)
        .map(target => new Link(source, target, saying(`replication from ${source.name} to ${target.name}`))),
    )
    this.#others = LOCATIONS.some(name => !names.includes(name) && existsSync(join(data, name, JOURNAL_FILE)))
    this.#pruning = new Loop(async () => this.#prune(), saying('pruning'), PRUNE_MS)
  }

  async start(): Promise<void> {
    for (const part of this.#parts()) part.start()
  }

  async stop(): Promise<void> {
    await this.#pruning.stop()
    await Promise.all(this.#links.map(link => link.stop()))
    await Promise.all([...this.#sites.values()].map(site => site.stop()))
  }

  /** Where a location's table engine is; null: nowhere. */
  at(name: string, endpoint: string | null): void {
    this.#sites.get(name)?.at(endpoint)
  }

  /** Cuts a location off. When it is done nothing is on its way any more. */
  async cut(name: string): Promise<void> {
    const site = this.#sites.get(name)
    if (!site) return
    site.cut = true
    const touched = this.#links.filter(({ source, target }) => source === site || target === site)
    await Promise.all([site, ...touched].map(part => part.settled()))
  }

  /** Neither cut off nor late any more. */
  heal(name: string): void {
    const site = this.#sites.get(name)
    if (!site) return
    site.cut = false
    site.lag = 0
    site.nudge()
    this.#nudge()
  }

  /** @param lag in milliseconds */
  lag(name: string, lag: number): void {
    const site = this.#sites.get(name)
    if (site) site.lag = lag
    this.#nudge()
  }

  siteOf(name: string): { cut: boolean; lag: number } {
    const { cut = false, lag = 0 } = this.#sites.get(name) ?? {}
    return { cut, lag }
  }

  /** How many changes are on their way from one location to another; null: not known. */
  waiting(): { from: string; to: string; changes: number | null }[] {
    return this.#links.map(({ source, target, waiting }) => ({ from: source.name, to: target.name, changes: waiting }))
  }

  #parts() {
    return [...this.#sites.values(), ...this.#links, this.#pruning]
  }

  #nudge(): void {
    for (const link of this.#links) link.nudge()
  }

  #prune(): number {
    if (this.#others) return PRUNE_MS
    for (const site of this.#sites.values()) {
      const { journal } = site
      if (journal === null) continue
      const places = [...this.#sites.values()]
        .filter(other => other !== site)
        .map(other => other.journal?.placeOf(site.name) ?? null)
      const behind = places.map(place => (place?.journal === journal.id ? place.n : 0))
      const heard = this.#links.filter(({ target }) => target === site).map(link => link.heard)
      journal.prune(Math.min(...behind), Math.min(...heard) - TICK_MS)
    }
    return PRUNE_MS
  }
}

/** Says what goes wrong when it does so again and again: a location that comes and goes is no news. */
function saying(what: string): (error: unknown, failures: number) => void {
  return (error, failures) => {
    if (failures === WORTH_SAYING)
      console.error(`${what} keeps failing: ${error instanceof Error ? error.message : error}`)
  }
}
