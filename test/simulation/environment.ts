import { toRegistryChanges, toViewChanges } from '#adapters/dynamodb/stream.ts'
import { Unavailable } from '#domain/errors.ts'
import type { RequestContext } from '#domain/ports.ts'
import { projectCustomers } from '#domain/views/project-customers.ts'
import { rebuildViews } from '#domain/views/rebuild-views.ts'
import { reconcileViews } from '#domain/views/reconcile-views.ts'
import type { Ports } from '#functions/runtime/ports.ts'
import { Clients } from './client.ts'
import { FIELDS } from './fields.ts'
import { GlobalTable } from './global-table.ts'
import { Ledger } from './ledger.ts'
import type { Location } from './location.ts'
import { type Mutant, NO_MUTANT } from './mutant.ts'
import { Observer } from './observer.ts'
import { RandomSource } from './random.ts'
import { Retention } from './retention.ts'
import { LostResponse, Scheduler } from './scheduler.ts'
import type { StreamQueue } from './stream-queue.ts'
import type { Task } from './task.ts'

export const START = Date.UTC(2026, 5, 1, 23, 50)
const SKEWS = [0, 0, 1000, -1000, 300_000, -300_000]

export type StreamName = 'registry' | 'views'

export interface Settings {
  locations: number
  /** The number of client actions: new requests, repeated requests and reads. */
  ops: number
  mutant?: Mutant | undefined
  /** Records what happens in each step. */
  verbose?: boolean | undefined
  /** Deletes views while functions use them, without ending these functions first. */
  harsh?: boolean | undefined
  /** Expires customers and cancels their purges often. */
  purges?: boolean | undefined
}

/** Several locations and everything that runs there. The simulation decides what happens next. */
export class SimulatedWorld {
  readonly random: RandomSource
  readonly ledger = new Ledger()
  readonly globe: GlobalTable
  readonly scheduler: Scheduler
  readonly clients: Clients
  readonly retention: Retention
  readonly mutant: Mutant
  /** The true time in milliseconds. */
  now = START
  /** The first violation. */
  violation: string | null = null
  readonly trace: string[] = []
  /** For a mutant: whether the current change was copied from another location's views. */
  readonly replicatingViews = { now: false }
  /** The running tasks, each with a callback for the death of its process. */
  readonly #tasks = new Map<Task, () => void>()
  /** Whether customers expire, and their purges are cancelled, often. */
  readonly purgesOften: boolean
  /** Whether views are deleted without ending the functions that use them. */
  readonly harsh: boolean
  readonly #verbose: boolean

  constructor(
    seed: number,
    { locations, mutant = NO_MUTANT, verbose = false, harsh = false, purges = false }: Settings,
  ) {
    this.purgesOften = purges
    this.#verbose = verbose
    this.harsh = harsh
    this.mutant = mutant
    this.random = new RandomSource(seed)
    this.scheduler = new Scheduler(this.random, what => this.log(what))
    this.scheduler.alter = (command, location) => mutant.command?.(command, location, this) ?? command
    this.clients = new Clients(this)
    this.retention = new Retention(this)
    const skews = Array.from({ length: locations }, () => this.random.of(SKEWS))
    this.globe = new GlobalTable(skews, this.random, new Observer(this))
  }

  get step(): number {
    return this.scheduler.step
  }

  get locations(): readonly Location[] {
    return this.globe.locations
  }

  log(text: string): void {
    if (this.#verbose) this.trace.push(`${this.step} ${text}`)
  }

  reportViolation(description: string): void {
    this.log(`violation: ${description}`)
    this.violation ??= `step ${this.step}: ${description}`
  }

  timeAt(location: Location): string {
    return new Date(this.now + location.skew).toISOString()
  }

  ports(location: Location, task: Task): Ports {
    const ports = location.ports(task, this.scheduler.send)
    return this.mutant.ports?.(ports, location, this) ?? ports
  }

  /** Starts a task at a location. It sends its first command and waits. */
  start<T>(
    location: Location,
    description: string,
    run: (ports: Ports, context: RequestContext) => Promise<T>,
    onDone: (result: T) => void,
    onFailure: (error: unknown) => void,
    onDeath: () => void,
  ): Task {
    const task: Task = { description, location, since: this.step, dead: false }
    const context: RequestContext = {
      ...{ location: location.name, actor: 'nobody', request_id: description, now: this.timeAt(location) },
      newId: () => this.random.uuid(),
      pause: this.scheduler.createPause(task),
    }
    const finish = (then: () => void) => {
      if (task.dead) return
      this.#tasks.delete(task)
      then()
    }
    this.#tasks.set(task, onDeath)
    run(this.ports(location, task), context).then(
      result => finish(() => onDone(result)),
      error => finish(() => onFailure(error)),
    )
    return task
  }

  /** Removes tasks whose processes have died. */
  removeDeadTasks(): void {
    for (const [task, onDeath] of this.#tasks) {
      if (!task.dead) continue
      this.#tasks.delete(task)
      onDeath()
    }
  }

  runningAt(location: Location, suffix?: string): Task[] {
    return [...this.#tasks.keys()].filter(
      task => task.location === location && (suffix === undefined || task.description.endsWith(suffix)),
    )
  }

  /** Whether a task runs that started at this step or before. */
  anyRunningSince(step: number): boolean {
    const tasks = [...this.#tasks.keys(), ...this.scheduler.sends.map(({ task }) => task)]
    return tasks.some(({ since }) => since <= step)
  }

  get running(): number {
    return this.#tasks.size
  }

  /** Handles a failed task: it may be unavailable or lost, but any other error is a violation. */
  handleFailure(description: string, error: unknown): void {
    this.log(`${description} failed: ${error}`)
    if (!(error instanceof LostResponse) && !(error instanceof Unavailable))
      this.reportViolation(
        `${description} failed with an unexpected error: ${error instanceof Error ? error.stack : error}`,
      )
  }

  /** Delivers records of a stream to its consumer. */
  deliver(location: Location, name: StreamName): void {
    const queue: StreamQueue = location.streams[name]
    const batch = queue.takeBatch(this.random, this.scheduler.calm)
    if (batch === null) return
    const description = `${location.name} ${name === 'registry' ? 'reconcile' : 'project'}`
    const records = batch.records.map(record => this.mutant.record?.(record, location) ?? record)
    this.log(`${description}: ${batch.records.map(({ dynamodb }) => dynamodb?.Keys?.sk?.S).join(', ')}`)
    this.start(
      location,
      description,
      async (ports, context) => {
        if (name === 'registry') await reconcileViews(ports, context, toRegistryChanges(records))
        else await projectCustomers(ports, FIELDS, toViewChanges(records), () => this.timeAt(location))
      },
      () => queue.acknowledge(batch),
      error => {
        queue.release(batch)
        this.handleFailure(description, error)
      },
      () => queue.release(batch),
    )
  }

  /** Rebuilds the views from the registry while other tasks run. */
  rebuildLocationViews(location: Location): void {
    location.isMissingViews = false
    this.log(`${location.name}: rebuilding the views`)
    const markDeleted = () => {
      location.isMissingViews = true
    }
    this.start(
      location,
      `${location.name} rebuild`,
      (ports, context) => rebuildViews(ports, context, null, () => true),
      () => undefined,
      error => {
        markDeleted()
        this.handleFailure(`${location.name} rebuild`, error)
      },
      markDeleted,
    )
  }

  /** The instants used as effective dates and times of knowledge. */
  get instants(): string[] {
    return [0, 1, 2, 3].map(n => new Date(START - n * 3_600_000).toISOString())
  }
}
