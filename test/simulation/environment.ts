import { toCurrent } from '#adapters/dynamodb/items.ts'
import { toRegistryChanges, toViewChanges } from '#adapters/dynamodb/stream.ts'
import { MemoryIndex } from '#adapters/memory-search/memory-index.ts'
import { Unavailable } from '#domain/errors.ts'
import type { RequestContext } from '#domain/ports.ts'
import { toEntry } from '#domain/search/entry.ts'
import { projectCustomers } from '#domain/views/project-customers.ts'
import { rebuildViews } from '#domain/views/rebuild-views.ts'
import { reconcileViews } from '#domain/views/reconcile-views.ts'
import type { Ports } from '#functions/runtime/ports.ts'
import { Clients } from './client.ts'
import { FIELDS } from './fields.ts'
import { Globe } from './globe.ts'
import { Ledger } from './ledger.ts'
import type { Location } from './location.ts'
import { type Mutant, NONE } from './mutant.ts'
import { Observer } from './observer.ts'
import { Chance } from './random.ts'
import { Retention } from './retention.ts'
import { Lost, Scheduler } from './scheduler.ts'
import type { StreamQueue } from './stream-queue.ts'
import type { Task } from './task.ts'

export const START = Date.UTC(2026, 5, 1, 23, 50)
const SKEWS = [0, 0, 1000, -1000, 300_000, -300_000]

export type StreamName = 'registry' | 'views'

export interface Settings {
  locations: number
  /** How often clients ask for something: for a change, once more for the same, for a look. */
  ops: number
  mutant?: Mutant | undefined
  /** Keeps what happened, step by step. */
  verbose?: boolean | undefined
  /** Views are thrown away under functions that have read of them and will write, or remember of them: these are not ended first. */
  harsh?: boolean | undefined
}

/** Several locations and all that goes on at them; what happens next is told to it. */
export class World {
  readonly chance: Chance
  readonly ledger = new Ledger()
  readonly globe: Globe
  readonly scheduler: Scheduler
  readonly clients: Clients
  readonly retention: Retention
  readonly mutant: Mutant
  /** The true time, in milliseconds. */
  now = START
  /** What was found to be wrong first. */
  violation: string | null = null
  readonly trace: string[] = []
  /** Of a mutant: whether what changes now comes from another location's views. */
  readonly replicatingViews = { now: false }
  /** Tasks that run, each with what is to be done when its process ends. */
  readonly #tasks = new Map<Task, () => void>()
  readonly #verbose: boolean
  readonly #harsh: boolean

  constructor(seed: number, { locations, mutant = NONE, verbose = false, harsh = false }: Settings) {
    this.#verbose = verbose
    this.#harsh = harsh
    this.mutant = mutant
    this.chance = new Chance(seed)
    this.scheduler = new Scheduler(this.chance, what => this.say(what))
    this.scheduler.alter = (command, location) => mutant.command?.(command, location, this) ?? command
    this.clients = new Clients(this)
    this.retention = new Retention(this)
    const skews = Array.from({ length: locations }, () => this.chance.of(SKEWS))
    this.globe = new Globe(skews, this.chance, new Observer(this))
  }

  get step(): number {
    return this.scheduler.step
  }

  get locations(): readonly Location[] {
    return this.globe.locations
  }

  say(what: string): void {
    if (this.#verbose) this.trace.push(`${this.step} ${what}`)
  }

  violated(what: string): void {
    this.say(`VIOLATED: ${what}`)
    this.violation ??= `step ${this.step}: ${what}`
  }

  timeAt(location: Location): string {
    return new Date(this.now + location.skew).toISOString()
  }

  ports(location: Location, task: Task): Ports {
    const ports = location.ports(task, this.scheduler.send)
    return this.mutant.ports?.(ports, location, this) ?? ports
  }

  /** Begins something at a location, which sends its first command and waits. */
  start<T>(
    location: Location,
    what: string,
    run: (ports: Ports, call: RequestContext) => Promise<T>,
    done: (result: T) => void,
    failed: (error: unknown) => void,
    died: () => void,
  ): Task {
    const task: Task = { what, location, since: this.step, dead: false }
    const call: RequestContext = {
      ...{ location: location.name, actor: 'nobody', request_id: what, now: this.timeAt(location) },
      newId: () => this.chance.uuid(),
      pause: this.scheduler.pauseOf(task),
    }
    const ended = (then: () => void) => {
      if (task.dead) return
      this.#tasks.delete(task)
      then()
    }
    this.#tasks.set(task, died)
    run(this.ports(location, task), call).then(
      result => ended(() => done(result)),
      error => ended(() => failed(error)),
    )
    return task
  }

  /** Tells of the tasks whose processes have ended. */
  bury(): void {
    for (const [task, died] of this.#tasks) {
      if (!task.dead) continue
      this.#tasks.delete(task)
      died()
    }
  }

  runningAt(location: Location, what?: string): Task[] {
    return [...this.#tasks.keys()].filter(
      task => task.location === location && (what === undefined || task.what.endsWith(what)),
    )
  }

  /** Whether anything goes on that had begun at a step. */
  anyRunningSince(step: number): boolean {
    const tasks = [...this.#tasks.keys(), ...this.scheduler.sends.map(({ task }) => task)]
    return tasks.some(({ since }) => since <= step)
  }

  get running(): number {
    return this.#tasks.size
  }

  /** Something that may not be available failed; in any other way it must not. */
  troubled(what: string, error: unknown): void {
    this.say(`${what} failed: ${error}`)
    if (!(error instanceof Lost) && !(error instanceof Unavailable))
      this.violated(`${what} ended in an error of the program: ${error instanceof Error ? error.stack : error}`)
  }

  /** Hands some records of a stream to its reader. */
  deliver(location: Location, name: StreamName): void {
    const queue: StreamQueue = location.streams[name]
    const batch = queue.take(this.chance, this.scheduler.calm)
    if (batch === null) return
    const what = `${location.name} ${name === 'registry' ? 'reconcile' : 'project'}`
    const records = batch.records.map(record => this.mutant.record?.(record, location) ?? record)
    this.say(`${what}: ${batch.records.map(({ dynamodb }) => dynamodb?.Keys?.sk?.S).join(', ')}`)
    this.start(
      location,
      what,
      async (ports, call) => {
        if (name === 'registry') await reconcileViews(ports, call, toRegistryChanges(records))
        else await projectCustomers(ports, FIELDS, toViewChanges(records), () => this.timeAt(location))
      },
      () => queue.finished(batch),
      error => {
        queue.release(batch)
        this.troubled(what, error)
      },
      () => queue.release(batch),
    )
  }

  /** The location's views are thrown away, or some of them. What runs there is ended first: a write based on them would outlive them. */
  throwAway(location: Location, all: boolean): void {
    if (!this.#harsh) {
      this.endProcesses(location)
      location.listedDays = new Set()
    }
    const items = location.views.items.filter(() => all || this.chance.happens(0.3))
    this.say(`${location.name}: ${items.length} rows of views are thrown away`)
    for (const { pk, sk } of items) location.views.write(String(pk), String(sk), undefined)
    location.thrownAway = true
  }

  /** Makes the views anew from the registry, while everything goes on. */
  makeAgain(location: Location): void {
    location.thrownAway = false
    this.say(`${location.name}: the views are made again`)
    const failed = () => {
      location.thrownAway = true
    }
    this.start(
      location,
      `${location.name} rebuild`,
      (ports, call) => rebuildViews(ports, call, null, () => true),
      () => undefined,
      error => {
        failed()
        this.troubled(`${location.name} rebuild`, error)
      },
      failed,
    )
  }

  /** The functions' processes at a location end, and what they kept with them. */
  kill(location: Location): void {
    this.say(`${location.name} is killed`)
    this.endProcesses(location)
    location.up = false
  }

  /** Also of what goes on in them after an answer was given. */
  endProcesses(location: Location): void {
    for (const task of new Set([...this.runningAt(location), ...this.scheduler.sends.map(({ task }) => task)]))
      if (task.location === location) this.scheduler.kill(task)
    this.bury()
  }

  /** They are back: an index in memory is filled from the list, as `functions/project/bootstrap-index.ts` does. */
  revive(location: Location): void {
    this.say(`${location.name} is back`)
    location.up = true
    location.index = new MemoryIndex()
    location.listedDays = new Set()
    const rows = location.views.items.filter(({ pk }) => String(pk).startsWith('customers#')).map(toCurrent)
    void location.index.put(rows.map(row => toEntry(row, FIELDS)))
  }

  /** The instants at which something known began to hold, for back-dated changes and readers. */
  get instants(): string[] {
    return [0, 1, 2, 3].map(n => new Date(START - n * 3_600_000).toISOString())
  }
}
