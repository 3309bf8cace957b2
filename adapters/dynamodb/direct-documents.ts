import { randomUUID } from 'node:crypto'
import { lazy } from '#domain/lazy.ts'
import { type Identity, REQUEST_TIMEOUT_MS } from '../signed-posts.ts'
import { DirectCalls } from './direct-calls.ts'
import type { Documents, Operations, Writes } from './documents.ts'
import { GroupedWrites } from './grouped-writes.ts'
import type { SdkDocuments } from './sdk-documents.ts'

/** An engine that is called without most of the SDK's layers. */
export interface DirectEngine {
  endpoint: string
  identity: Identity
  /** Opens the SDK's client of the same engine. Called once, by the first operation that needs it. */
  openSdk: () => Promise<SdkDocuments>
  /** Whether concurrent writes are committed together (see GroupedWrites). */
  isGrouped?: boolean
}

/** Sends operations directly (see DirectCalls). */
export class DirectDocuments implements Documents {
  readonly #calls: DirectCalls
  readonly #groups: GroupedWrites | null

  constructor({ endpoint, identity, openSdk, isGrouped = false }: DirectEngine) {
    this.#calls = new DirectCalls({ endpoint, identity, timeoutMs: REQUEST_TIMEOUT_MS }, openSdk)
    this.#groups = isGrouped
      ? new GroupedWrites(TransactItems =>
          this.send('TransactWriteItems', {
            ClientRequestToken: randomUUID(),
            TransactItems,
            ReturnConsumedCapacity: 'INDEXES',
          }),
        )
      : null
  }

  send<K extends keyof Operations>(operation: K, input: Operations[K]['input']): Promise<Operations[K]['output']> {
    return this.#calls.call(operation, input)
  }

  write<K extends keyof Writes>(operation: K, input: Writes[K]['input']): Promise<Writes[K]['output']> {
    const alone = () => this.send(operation, input)
    return this.#groups === null ? alone() : this.#groups.send(operation, input, alone)
  }

  assertStorage(): void {
    this.#calls.sdk?.assertStorage()
  }

  destroy(): void {
    this.#calls.destroy()
  }
}

/** Sends operations through the whole SDK, which is loaded with the first one. */
export class SdkOnDemand implements Documents {
  readonly #open: () => Promise<SdkDocuments>
  #sdk: SdkDocuments | null = null

  constructor(openSdk: () => Promise<SdkDocuments>) {
    this.#open = lazy(async () => {
      this.#sdk = await openSdk()
      return this.#sdk
    })
  }

  async send<K extends keyof Operations>(
    operation: K,
    input: Operations[K]['input'],
  ): Promise<Operations[K]['output']> {
    return (await this.#open()).send(operation, input)
  }

  write = this.send

  assertStorage(): void {
    this.#sdk?.assertStorage()
  }

  destroy(): void {
    this.#sdk?.destroy()
  }
}
