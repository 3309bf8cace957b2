/** The versions of an index: each has its own name; an alias names the one in use. */
import * as z from 'zod'
import { Unavailable } from '#domain/errors.ts'
import type { Cluster } from './cluster.ts'
import { EngineRefusal, GONE, isMissing } from './errors.ts'
import type { Template } from './template.ts'

const WITHIN_MS = 10_000
const UNFILLED = 'The search index has yet to be made from the list: POST /v1/index/rebuild does that'

const aliases = z.record(z.string(), z.object({ aliases: z.record(z.string(), z.unknown()) }))
const done = z.object({ acknowledged: z.boolean() })

const isTaken = (error: unknown) => error instanceof EngineRefusal && error.type === 'resource_already_exists_exception'

export class IndexVersions {
  readonly alias: string
  readonly #cluster: Cluster
  readonly #template: Template
  #ready: Promise<void> | null = null
  #unfilled = false

  constructor(cluster: Cluster, alias: string, template: Template) {
    this.#cluster = cluster
    this.alias = alias
    this.#template = template
  }

  /** The alias through which a version is written. With an alias, the cluster does not create an index from writes to a deleted one. */
  into(name: string | undefined): string {
    return name === undefined ? this.alias : `${name}-writes`
  }

  /**
   * Uses the index in use. If there is none, one of several concurrent processes creates it for writes. It has not been filled, so it
   * cannot be read: customers who are not in it may be listed.
   *
   * @throws Unavailable, also if the index in use has another template.
   */
  async inUse<T>(use: () => Promise<T>): Promise<T> {
    await this.#once()
    try {
      return await use()
    } catch (error) {
      if (!isMissing(error)) throw error
      this.#ready = null
    }
    await this.#once()
    return use()
  }

  /** Reads the index in use. @throws Unavailable, also if it was never filled. */
  async read<T>(use: () => Promise<T>): Promise<T> {
    return this.inUse(() => {
      if (!this.#unfilled) return use()
      // Another process may have rebuilt it.
      this.#ready = null
      throw new Unavailable(UNFILLED)
    })
  }

  /** Uses an index that is being built. @throws Unavailable if it is gone. */
  begun<T>(use: () => Promise<T>): Promise<T> {
    return use().catch((error: unknown) => {
      throw isMissing(error) ? new Unavailable(GONE) : error
    })
  }

  /** Creates an empty index beside the one in use and deletes unfinished ones. Returns its name. */
  async begin(): Promise<string> {
    const all = await this.#all()
    const begun = Object.entries(all).filter(([, index]) => !(this.alias in index.aliases))
    for (const [name] of begun) await this.#write('DELETE', `/${name}`).catch(passOverMissing)
    const name = this.#nameOf(Date.now().toString(36))
    await this.#make(name, [this.into(name)])
    return name
  }

  /** Atomic: searches find either the old index or the new one. */
  async adopt(name: string): Promise<void> {
    const inUse = Object.entries(await this.#all()).flatMap(([index, entry]) =>
      this.alias in entry.aliases ? [index] : [],
    )
    if (inUse.includes(name)) return
    await this.begun(async () => {
      await this.#cluster.write({ method: 'POST', path: `/${name}/_refresh`, within: WITHIN_MS }, z.unknown())
      const actions = [
        { add: { index: name, alias: this.alias } },
        ...inUse.map(index => ({ remove_index: { index } })),
      ]
      await this.#write('POST', '/_aliases', { actions })
    })
    this.#ready = null
  }

  /** Whether the name is a version of this index, by this template. */
  owns(name: string): boolean {
    return name.startsWith(this.#nameOf(''))
  }

  #once(): Promise<void> {
    this.#ready ??= this.#look().catch((error: unknown) => {
      this.#ready = null
      throw error
    })
    return this.#ready
  }

  async #look(): Promise<void> {
    const inUse = Object.entries(await this.#all()).flatMap(([name, entry]) =>
      this.alias in entry.aliases ? [name] : [],
    )
    const first = this.#nameOf('0')
    this.#unfilled = inUse.length === 0 || inUse.includes(first)
    if (inUse.length === 0) await this.#make(first, [this.alias, this.into(first)])
    if (inUse.some(name => !this.owns(name)))
      throw new Unavailable('The search index was built by another version: rebuild it')
  }

  async #make(name: string, under: readonly string[]): Promise<void> {
    const { settings, mappings } = this.#template
    const body = { settings, mappings, aliases: Object.fromEntries(under.map(alias => [alias, {}])) }
    await this.#write('PUT', `/${name}`, body).catch((error: unknown) => {
      if (!isTaken(error)) throw error
    })
  }

  /** All versions, with their aliases. */
  async #all(): Promise<z.infer<typeof aliases>> {
    const demand = { method: 'GET', path: `/${this.alias}-v*/_alias`, within: WITHIN_MS }
    const response = await this.#cluster.read(demand, aliases)
    const isVersion = new RegExp(`^${this.alias}-v\\d+-[a-z0-9]+$`)
    return Object.fromEntries(Object.entries(response).filter(([name]) => isVersion.test(name)))
  }

  #nameOf(suffix: string): string {
    return `${this.alias}-v${this.#template.version}-${suffix}`
  }

  async #write(method: string, path: string, body?: object): Promise<void> {
    await this.#cluster.write({ method, path, within: WITHIN_MS, ...(body ? { body } : {}) }, done)
  }
}

function passOverMissing(error: unknown): void {
  if (!isMissing(error)) throw error
}
