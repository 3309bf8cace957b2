import { setImmediate as turn } from 'node:timers/promises'
import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb'
import { transactionCancelled } from './engine/errors.ts'
import type { Location } from './location.ts'
import type { RandomSource } from './random.ts'
import type { SentCommand, Task } from './task.ts'

/** A call whose response was lost. It may or may not have been executed. */
export class LostResponse extends Error {}

/** What happens to a sent command. */
type Fate = 'done' | 'lost before' | 'lost after' | 'dead before' | 'dead after' | 'twice' | 'conflict'

const FATES: readonly (readonly [number, Fate])[] = [
  [92, 'done'],
  [1, 'lost before'],
  [1.5, 'lost after'],
  [0.7, 'dead before'],
  [1.3, 'dead after'],
  [2, 'twice'],
  [1.5, 'conflict'],
]

/** How many steps an inconsistent read may lag. */
export const MAX_BEHIND = 8

/** A pause of a task, which ends when the scheduler picks it. */
const WAIT = {}

/**
 * Executes the commands of all tasks one by one in random order. With each, a process may die or a response may be lost. A step is one
 * command, or something else that happens in the world.
 */
export class Scheduler {
  step = 0
  sends: SentCommand[] = []
  /** Disables all faults. */
  calm = false
  readonly #random: RandomSource
  readonly #trace: (what: string) => void
  /** The steps at which each table of each location changed. */
  readonly #changes = new Map<string, number[]>()
  /** Lets a mutant change a command. */
  alter: (command: object, location: Location) => object = command => command

  constructor(random: RandomSource, trace: (what: string) => void) {
    this.#random = random
    this.#trace = trace
  }

  readonly send = (sent: SentCommand): void => {
    this.sends.push(sent)
  }

  /** Creates the pause of a task before a retry. */
  createPause(task: Task): () => Promise<void> {
    return () =>
      new Promise((answer, fail) => {
        this.send({ task, command: WAIT, answer: () => answer(), fail, isRepeated: false })
      })
  }

  changed(location: Location, table: string): void {
    const key = `${location.name} ${table}`
    const steps = this.#changes.get(key) ?? []
    steps.push(this.step)
    this.#changes.set(key, steps)
  }

  /** Picks a lag, and returns the number of changes of a table that a read misses. */
  #behind(location: Location): (table: string) => number {
    if (this.calm || !this.#random.happens(0.2)) return () => 0
    const since = this.step - this.#random.below(MAX_BEHIND)
    return table => (this.#changes.get(`${location.name} ${table}`) ?? []).filter(step => step >= since).length
  }

  /** Executes one command, or makes it fail, and lets its task continue until it sends the next. */
  async next(): Promise<void> {
    const sent = this.sends.splice(this.#random.below(this.sends.length), 1)[0]
    if (sent === undefined) return
    const fate = this.calm || sent.command === WAIT ? 'done' : this.#random.weighted(FATES)
    this.#execute(sent, fate)
    await this.waitForTasks()
  }

  /** Waits until every task has sent a command. Apart from sending, tasks take no turn of the event loop. */
  waitForTasks(): Promise<void> {
    return turn()
  }

  /** Kills a task's process. Its sent commands may still be executed, without a response. */
  kill(task: Task): void {
    task.dead = true
    const orphans = this.sends.filter(sent => sent.task === task)
    this.sends = this.sends.filter(sent => sent.task !== task)
    for (const { command } of orphans)
      if (command !== WAIT && this.#random.happens(0.5)) this.#attempt(task.location, command)
  }

  #execute(sent: SentCommand, fate: Fate): void {
    const { task, command, answer, fail } = sent
    if (command === WAIT) {
      answer({})
      return
    }
    if (fate !== 'done') this.#trace(`${task.description}: ${command.constructor.name} ${fate}`)
    if (fate === 'conflict') {
      if (command instanceof TransactWriteCommand) {
        const items = command.input.TransactItems ?? []
        const hit = this.#random.below(items.length)
        fail(transactionCancelled(items.map((_, n) => ({ code: n === hit ? 'TransactionConflict' : 'None' }))))
        return
      }
    } else if (fate.endsWith('before')) {
      if (fate === 'dead before') this.kill(task)
      else fail(new LostResponse('nothing was done'))
      return
    }
    const outcome = this.#attempt(task.location, command)
    if (fate === 'dead after') this.kill(task)
    else if (fate === 'lost after') fail(new LostResponse('something may have been done'))
    else if (fate === 'twice' && !sent.isRepeated) this.sends.push({ ...sent, isRepeated: true })
    else if ('error' in outcome) fail(outcome.error)
    else answer(outcome.answer)
  }

  #attempt(location: Location, command: object): { answer: object } | { error: unknown } {
    const altered = this.alter(command, location)
    try {
      return { answer: location.engine.execute(altered, this.#behind(location)) }
    } catch (error) {
      return { error }
    }
  }
}
