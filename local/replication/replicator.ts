import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { LOCATIONS } from '../names.ts'
import { Loop } from '../poller.ts'
import type { Service } from '../service.ts'
import { JOURNAL_FILE } from './journal.ts'
import { Link } from './link.ts'
import { Replica } from './replica.ts'

const PRUNE_MS = 5000
/** The engine's timestamps are in whole seconds. */
const TICK_MS = 1000
/** Failures are logged after this many in a row. */
const WORTH_SAYING = 8

/**
 * Replicates `registry` between the locations as a DynamoDB global table does: asynchronously, each row by itself, the last writer wins. It
 * continues from the last position, and skips unreachable locations.
 */
export class Replicator implements Service {
  readonly name = 'replicator'
  readonly #sites: ReadonlyMap<string, Replica>
  readonly #links: readonly Link[]
  readonly #pruning: Loop
  /** The data folder has further locations that are not running: they may come back and lack changes. */
  readonly #others: boolean

  constructor(data: string, names: readonly string[]) {
    const site = (name: string) =>
      new Replica(name, join(data, name), () => this.#nudge(), toErrorLog(`replication from ${name}`))
    this.#sites = new Map(names.map(name => [name, site(name)]))
    const sites = [...this.#sites.values()]
    this.#links = sites.flatMap(source =>
      sites
        .filter(target => target !== source)
        .map(target => new Link(source, target, toErrorLog(`replication from ${source.name} to ${target.name}`))),
    )
    this.#others = LOCATIONS.some(name => !names.includes(name) && existsSync(join(data, name, JOURNAL_FILE)))
    this.#pruning = new Loop(async () => this.#prune(), toErrorLog('pruning'), PRUNE_MS)
  }

  async start(): Promise<void> {
    for (const part of this.#parts()) part.start()
  }

  async stop(): Promise<void> {
    await this.#pruning.stop()
    await Promise.all(this.#links.map(link => link.stop()))
    await Promise.all([...this.#sites.values()].map(site => site.stop()))
  }

  /** Sets the endpoint of a location's table engine; null if it is not running. */
  at(name: string, endpoint: string | null): void {
    this.#sites.get(name)?.at(endpoint)
  }

  /** Cuts a location off. Nothing is in transit any more when it resolves. */
  async cut(name: string): Promise<void> {
    const site = this.#sites.get(name)
    if (!site) return
    site.cut = true
    const touched = this.#links.filter(({ source, target }) => source === site || target === site)
    await Promise.all([site, ...touched].map(part => part.settled()))
  }

  /** Ends the cut and the delay. */
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

  /** The number of changes to replicate from each location to each other; null if unknown. */
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
        .filter(peer => peer !== site)
        .map(peer => peer.journal?.placeOf(site.name) ?? null)
      const behind = places.map(place => (place?.journal === journal.id ? place.n : 0))
      const appliedUntil = this.#links.filter(({ target }) => target === site).map(link => link.appliedUntil)
      journal.prune(Math.min(...behind), Math.min(...appliedUntil) - TICK_MS)
    }
    return PRUNE_MS
  }
}

/** Logs repeated failures only: single ones are normal while a location starts or stops. */
function toErrorLog(label: string): (error: unknown, failures: number) => void {
  return (error, failures) => {
    if (failures === WORTH_SAYING)
      console.error(`${label} keeps failing: ${error instanceof Error ? error.message : error}`)
  }
}
