import { setImmediate as turn } from 'node:timers/promises'
import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb'
import { cancelled } from './engine/refusals.ts'
import type { Location } from './location.ts'
import type { Chance } from './random.ts'
import type { Sent, Task } from './task.ts'

/** That a call did not come back: what it asked for was done, or not. */
export class Lost extends Error {}

/** What becomes of a command that was sent. */
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

/** How many steps a read that is not consistent may be behind. */
export const MAX_BEHIND = 8

/** A wait of a task, until its turn comes. */
const WAIT = {}

/**
 * Lets the commands of all tasks be done one by one, in an order that chance gives, at any of them a process may die or an answer be lost.
 * A step is one command, or something else that happens in the world.
 */
export class Scheduler {
  step = 0
  sends: Sent[] = []
  /** Whether anything goes wrong. */
  calm = false
  readonly #chance: Chance
  readonly #say: (what: string) => void
  /** By location and table: the steps at which it changed. */
  readonly #changes = new Map<string, number[]>()
  /** What a mutant makes of a command. */
  alter: (command: object, location: Location) => object = command => command

  constructor(chance: Chance, say: (what: string) => void) {
    this.#chance = chance
    this.#say = say
  }

  readonly send = (sent: Sent): void => {
    this.sends.push(sent)
  }

  /** What a task waits with, before it tries again. */
  pauseOf(task: Task): () => Promise<void> {
    return () =>
      new Promise((answer, fail) => {
        this.send({ task, command: WAIT, answer: () => answer(), fail, again: false })
      })
  }

  changed(location: Location, table: string): void {
    const place = `${location.name} ${table}`
    const steps = this.#changes.get(place) ?? []
    steps.push(this.step)
    this.#changes.set(place, steps)
  }

  /** How many of a table's changes a read does not see that is some steps behind. */
  #behind(location: Location): (table: string) => number {
    if (this.calm || !this.#chance.happens(0.2)) return () => 0
    const since = this.step - this.#chance.below(MAX_BEHIND)
    return table => (this.#changes.get(`${location.name} ${table}`) ?? []).filter(step => step >= since).length
  }

  /** Lets one command be done, or not, and its task go on until it sends the next. */
  async next(): Promise<void> {
    const sent = this.sends.splice(this.#chance.below(this.sends.length), 1)[0]
    if (sent === undefined) return
    const fate = this.calm || sent.command === WAIT ? 'done' : this.#chance.weighted(FATES)
    this.#execute(sent, fate)
    await this.settled()
  }

  /** Until every task waits for something. Nothing that they do but sending takes a turn of its own. */
  settled(): Promise<void> {
    return turn()
  }

  /** A task's process ends: what it has sent is done or is not, and nobody hears of it. */
  kill(task: Task): void {
    task.dead = true
    const orphans = this.sends.filter(sent => sent.task === task)
    this.sends = this.sends.filter(sent => sent.task !== task)
    for (const { command } of orphans)
      if (command !== WAIT && this.#chance.happens(0.5)) this.#attempt(task.location, command)
  }

  #execute(sent: Sent, fate: Fate): void {
    const { task, command, answer, fail } = sent
    if (command === WAIT) {
      answer({})
      return
    }
    if (fate !== 'done') this.#say(`${task.what}: ${command.constructor.name} ${fate}`)
    if (fate === 'conflict') {
      if (command instanceof TransactWriteCommand) {
        const items = command.input.TransactItems ?? []
        const hit = this.#chance.below(items.length)
        fail(cancelled(items.map((_, n) => ({ code: n === hit ? 'TransactionConflict' : 'None' }))))
        return
      }
    } else if (fate.endsWith('before')) {
      if (fate === 'dead before') this.kill(task)
      else fail(new Lost('nothing was done'))
      return
    }
    const outcome = this.#attempt(task.location, command)
    if (fate === 'dead after') this.kill(task)
    else if (fate === 'lost after') fail(new Lost('something may have been done'))
    else if (fate === 'twice' && !sent.again) this.sends.push({ ...sent, again: true })
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
