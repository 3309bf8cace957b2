import { canaryMark } from '#contract/canary.ts'
import { routes } from '#contract/routes.ts'
import { createdCustomer } from '#contract/schemas/duplicates.ts'
import { lookupAnswer, searchAnswer } from '#contract/schemas/query.ts'
import { erasureAnswer } from '#contract/schemas/retention.ts'
import { ping } from '#contract/schemas/service.ts'
import { type Api, NotDone } from './api.ts'

export const STEPS = ['login', 'tidy', 'create', 'find', 'lookup', 'erase', 'gone'] as const
export type Step = (typeof STEPS)[number]

export interface Probe {
  /** How long each step took that was done, in milliseconds. */
  took: Partial<Record<Step, number>>
  /** What earlier runs had left on the list, and this one erased. */
  left: number
  /** The step that was not done, and why; null: all were. */
  failed: { step: Step; reason: string } | null
}

interface Told {
  location: string
  username: string
  password: string
  /** Whether the public may look somebody up. */
  lookup: boolean
  pause: (ms: number) => Promise<unknown>
}

/** How long somebody new may take to be found, in milliseconds, and how often it is looked. */
const FOUND_MS = 20_000
const LOOK_MS = 250

const GONE = 410

/** Only letters, and another word each time: like nobody on the list, and like no other canary. */
const nameOf = (run: string): string =>
  [...run.replaceAll('-', '')].map(digit => 'abcdefghijklmnop'[Number.parseInt(digit, 16)]).join('')

/**
 * Does with a marked record, through the API of a location, what the registry is there for:
 * 1. logs in; 2. erases what a run before this left that broke off; 3. creates; 4. finds, by search; 5. looks up, as anyone may; 6. erases;
 * 7. reads that it is gone.
 *
 * What fails ends it, but that what was made is erased all the same.
 */
export async function probe(api: Api, { location, username, password, lookup, pause }: Told): Promise<Probe> {
  const mark = canaryMark(location)
  const surname = nameOf(crypto.randomUUID())
  const result: Probe = { took: {}, left: 0, failed: null }
  let step: Step = 'login'
  let made: string | null = null

  async function timed<T>(name: Step, work: () => Promise<T>): Promise<T> {
    step = name
    const from = performance.now()
    const answer = await work()
    result.took[name] = Math.round(performance.now() - from)
    return answer
  }
  const erase = (id: string) => api.ask(routes.eraseCustomer, erasureAnswer, { id })
  const search = async (q: string, mode: 'exact' | 'fuzzy') =>
    (await api.ask(routes.search, searchAnswer, { body: { q, mode, limit: 100 } })).items.map(
      ({ customer }) => customer,
    )

  /** By the mark, which exact look-ups find without an index. */
  async function tidy(): Promise<void> {
    const left = (await search(mark, 'exact')).filter(({ document_number }) => document_number === mark)
    for (const { id } of left) await erase(id)
    result.left = left.length
  }

  async function find(id: string): Promise<void> {
    // Without an index there is no search by resemblance to try out.
    const { search: engine } = await api.ask(routes.ping, ping)
    const mode = engine.engine === 'none' ? 'exact' : 'fuzzy'
    const until = performance.now() + FOUND_MS
    while (!(await search(surname, mode)).some(hit => hit.id === id)) {
      if (performance.now() > until) throw new NotDone('who is new is not found')
      await pause(LOOK_MS)
    }
  }

  async function look(): Promise<void> {
    const { answer } = await api.ask(routes.lookup, lookupAnswer, { body: { surname, document_number: mark } })
    if (answer !== 'listed') throw new NotDone(`who is listed is told to be ${answer}`)
  }

  try {
    await timed('login', () => api.logIn(username, password))
    await timed('tidy', tidy)
    const { id } = await timed('create', () =>
      api.ask(routes.createCustomer, createdCustomer, { body: { surname, document_number: mark } }),
    )
    made = id
    await timed('find', () => find(id))
    if (lookup) await timed('lookup', look)
    await timed('erase', () => erase(id))
    made = null
    await timed('gone', async () => {
      const status = await api.status(routes.getCustomer, { id })
      if (status !== GONE) throw new NotDone(`who was erased is answered with ${status}`)
    })
  } catch (error) {
    if (!(error instanceof NotDone)) throw error
    result.failed = { step, reason: error.message }
    // The next run does it otherwise.
    if (made !== null) await erase(made).catch(() => undefined)
  }
  return result
}
