import type { Batch } from '../../../contract/schemas/batch.ts'
import { groupRows, surveyRows } from '../../../ingest/group-rows.ts'
import {
  type BatchRequest,
  type Counts,
  IngestJob,
  type JobOptions,
  type LikelyRow,
} from '../../../ingest/ingest-job.ts'
import type { Numbered, RowFile } from '../../../ingest/row.ts'
import { Store } from '../../shared/store.ts'
import { dataOf, RequestFailed } from '../request.ts'
import { registry } from '../session.ts'

/** Requests at the same time. */
const PARALLEL = 2
const UNAUTHENTICATED = 401
const TOO_MANY = 429
const SERVER_ERROR = 500

export interface RefusedRow {
  row: Numbered
  problem: string
}

export interface RunState {
  step: 'running' | 'paused' | 'stopped' | 'done' | 'failed'
  /** The share of the file that was answered, from 0 to 1. */
  share: number
  counts: Counts | null
  /** Why it failed, or pauses by itself. */
  error: Error | null
}

/** A problem with the names of fields, without the signs that a pointer begins with. */
const toReason = (problem: string | null): string => (problem ?? '').replaceAll(/(?<=^|\s)#\/?/g, '').trim()

/** Whether the same request may succeed later: the registry is not reached, or the session has ended. */
const isTemporary = (error: unknown): error is RequestFailed =>
  error instanceof RequestFailed &&
  (error.status === 0 || error.status === UNAUTHENTICATED || error.status === TOO_MANY || error.status >= SERVER_ERROR)

const post = ({ query, type, body, key, signal }: BatchRequest): Promise<Batch> =>
  dataOf(
    registry.POST('/v1/batches', {
      params: { query, header: { 'Idempotency-Key': key } },
      body,
      bodySerializer: text => text,
      headers: { 'Content-Type': type },
      signal,
    }),
  )

/** A preview or an import of a file, which can be paused. */
export class ImportRun {
  readonly state = new Store<RunState>({ step: 'running', share: 0, counts: null, error: null })
  readonly isPreview: boolean
  readonly refused: RefusedRow[] = []
  /** The first rows that look like somebody on the list. */
  likely: readonly LikelyRow[] = []
  readonly #stop = new AbortController()
  #pause: PromiseWithResolvers<void> | null = null

  constructor(file: RowFile, options: Pick<JobOptions, 'source' | 'country' | 'dryRun'>) {
    this.isPreview = options.dryRun
    this.#run(file, { ...options, parallel: PARALLEL }).catch((error: unknown) => {
      if (this.#stop.signal.aborted) return
      this.#change({ step: 'failed', error: error instanceof Error ? error : new Error(String(error)) })
    })
  }

  /** Ends no request: further ones wait. */
  pause(error: Error | null = null): void {
    if (this.state.get().step === 'running') this.#pause = Promise.withResolvers()
    this.#change({ step: 'paused', error })
  }

  resume(): void {
    this.#change({ step: 'running', error: null })
    this.#pause?.resolve()
    this.#pause = null
  }

  /** Ends it for good. What was written stays. */
  stop(): void {
    if (this.isWorking) this.#change({ step: 'stopped', error: null })
    this.#stop.abort()
    this.#pause?.resolve()
  }

  get isWorking(): boolean {
    const { step } = this.state.get()
    return step === 'running' || step === 'paused'
  }

  #change(changed: Partial<RunState>): void {
    this.state.set({ ...this.state.get(), ...changed })
  }

  async #run(file: RowFile, options: JobOptions): Promise<void> {
    const { repeated, size } = await surveyRows(file.rows())
    let taken = 0
    const job = new IngestJob(
      {
        send: request => this.#send(request),
        refuse: (row, problem) => this.refused.push({ row, problem: toReason(problem) }),
        progress: bytes => {
          taken += bytes
          this.#change({ share: taken / size, counts: { ...job.counts } })
        },
      },
      options,
      file,
      this.#stop.signal,
    )
    this.likely = job.likely
    await job.sendAll(groupRows(file.rows(), repeated))
    await job.sendEarly()
    this.#change({ step: 'done', share: 1, counts: { ...job.counts } })
  }

  /** Sends a batch until it is answered: every attempt has the same idempotency key. */
  async #send(request: BatchRequest): Promise<Batch> {
    for (;;) {
      await this.#pause?.promise
      request.signal.throwIfAborted()
      try {
        return await post(request)
      } catch (error) {
        if (!isTemporary(error) || request.signal.aborted) throw error
        this.pause(error)
      }
    }
  }
}
