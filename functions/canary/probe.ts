import { canaryDocumentNumber } from '#contract/canary.ts'
import { routes } from '#contract/routes.ts'
import { createdCustomer } from '#contract/schemas/duplicates.ts'
import { lookupAnswer, searchAnswer } from '#contract/schemas/query.ts'
import { erasureAnswer } from '#contract/schemas/retention.ts'
import { ping } from '#contract/schemas/service.ts'
import { type ApiClient, ProbeFailed } from './api-client.ts'

export const STEPS = ['login', 'tidy', 'create', 'find', 'lookup', 'erase', 'gone'] as const
export type Step = (typeof STEPS)[number]

export interface ProbeResult {
  /** How long each step took that was done, in milliseconds. */
  durations: Partial<Record<Step, number>>
  /** What earlier runs had left on the list, and this one erased. */
  leftovers: number
  /** The step that was not done, and why; null: all were. */
  failed: { step: Step; reason: string } | null
}

interface ProbeOptions {
  location: string
  username: string
  password: string
  /** Whether the public may look somebody up. */
  lookup: boolean
  pause: (ms: number) => Promise<unknown>
}

/** How long somebody new may take to be found, in milliseconds, and how often it is looked. */
const SEARCH_TIMEOUT_MS = 20_000
const POLL_INTERVAL_MS = 250

const STATUS_GONE = 410

/** Only letters, and another word each time: like nobody on the list, and like no other canary. */
const toUniqueSurname = (run: string): string =>
  [...run.replaceAll('-', '')].map(digit => 'abcdefghijklmnop'[Number.parseInt(digit, 16)]).join('')

/**
 * Does with a marked record, through the API of a location, what the registry is there for:
 * 1. logs in; 2. erases what a run before this left that broke off; 3. creates; 4. finds, by search; 5. looks up, as anyone may; 6. erases;
 * 7. reads that it is gone.
 *
 * What fails ends it, but that what was made is erased all the same.
 */
export async function runProbe(
  api: ApiClient,
  { location, username, password, lookup, pause }: ProbeOptions,
): Promise<ProbeResult> {
  const documentNumber = canaryDocumentNumber(location)
  const surname = toUniqueSurname(crypto.randomUUID())
  const result: ProbeResult = { durations: {}, leftovers: 0, failed: null }
  let step: Step = 'login'
  let createdId: string | null = null

  async function timed<T>(name: Step, action: () => Promise<T>): Promise<T> {
    step = name
    const startedAt = performance.now()
    const value = await action()
    result.durations[name] = Math.round(performance.now() - startedAt)
    return value
  }
  const erase = (id: string) => api.request(routes.eraseCustomer, erasureAnswer, { id })
  const search = async (q: string, mode: 'exact' | 'fuzzy') =>
    (await api.request(routes.search, searchAnswer, { body: { q, mode, limit: 100 } })).items.map(
      ({ customer }) => customer,
    )

  /** By the mark, which exact look-ups find without an index. */
  async function tidy(): Promise<void> {
    const leftovers = (await search(documentNumber, 'exact')).filter(
      ({ document_number }) => document_number === documentNumber,
    )
    for (const { id } of leftovers) await erase(id)
    result.leftovers = leftovers.length
  }

  async function find(id: string): Promise<void> {
    // Without an index there is no search by resemblance to try out.
    const { search: health } = await api.request(routes.ping, ping)
    const mode = health.engine === 'none' ? 'exact' : 'fuzzy'
    const deadline = performance.now() + SEARCH_TIMEOUT_MS
    while (!(await search(surname, mode)).some(hit => hit.id === id)) {
      if (performance.now() > deadline) throw new ProbeFailed('who is new is not found')
      await pause(POLL_INTERVAL_MS)
    }
  }

  async function lookUp(): Promise<void> {
    const { answer } = await api.request(routes.lookup, lookupAnswer, {
      body: { surname, document_number: documentNumber },
    })
    if (answer !== 'listed') throw new ProbeFailed(`who is listed is told to be ${answer}`)
  }

  try {
    await timed('login', () => api.logIn(username, password))
    await timed('tidy', tidy)
    const { id } = await timed('create', () =>
      api.request(routes.createCustomer, createdCustomer, { body: { surname, document_number: documentNumber } }),
    )
    createdId = id
    await timed('find', () => find(id))
    if (lookup) await timed('lookup', lookUp)
    await timed('erase', () => erase(id))
    createdId = null
    await timed('gone', async () => {
      const status = await api.getStatus(routes.getCustomer, { id })
      if (status !== STATUS_GONE) throw new ProbeFailed(`who was erased is answered with ${status}`)
    })
  } catch (error) {
    if (!(error instanceof ProbeFailed)) throw error
    result.failed = { step, reason: error.message }
    // The next run does it otherwise.
    if (createdId !== null) await erase(createdId).catch(() => undefined)
  }
  return result
}
