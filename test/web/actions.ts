import type { Page } from 'playwright-core'
import { z } from 'zod'

const counts = z.object({ actions: z.number(), typed: z.number() })

/** Runs in the page. A key types if it writes a character into a field; every other key, but for a lone modifier, and every click is an action. */
const COUNTER = `
  globalThis.counts = { actions: 0, typed: 0 }
  addEventListener('pointerdown', event => event.isTrusted && counts.actions++, true)
  addEventListener('keydown', event => {
    if (!event.isTrusted || ['Control', 'Shift', 'Alt', 'Meta'].includes(event.key)) return
    const isText = event.target.matches('input, textarea') && event.key.length === 1 && !event.ctrlKey
    counts[isText ? 'typed' : 'actions']++
  }, true)
`

/** Counts what a user does on a page that is open: clicks, and keys that do not type. */
export class ActionCounter {
  readonly #page: Page
  #steps: string[] = []

  private constructor(page: Page) {
    this.#page = page
  }

  static async on(page: Page): Promise<ActionCounter> {
    await page.evaluate(COUNTER)
    return new ActionCounter(page)
  }

  /** Does what a name says, and records how many actions that took. */
  async step(name: string, act: () => Promise<unknown>): Promise<void> {
    const before = await this.count()
    await act()
    const after = await this.count()
    this.#steps.push(`${name}: ${after.actions - before.actions}`)
  }

  /** The steps so far, each with its number of actions. */
  get steps(): readonly string[] {
    return this.#steps
  }

  async count(): Promise<z.infer<typeof counts>> {
    return counts.parse(await this.#page.evaluate('counts'))
  }
}
