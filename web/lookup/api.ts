import { registryAt } from '../../client/registry.ts'
import { loadConfiguration } from '../shared/configuration.ts'

const getRegistry = async () => registryAt({ url: (await loadConfiguration()).api })

/** The fields that a member of the public can state. */
export const FIELDS = ['surname', 'given_name', 'dob', 'document_number'] as const
export type Field = (typeof FIELDS)[number]
export type Stated = Partial<Record<Field, string>>

export const statedOf = (form: FormData): Stated =>
  Object.fromEntries(
    FIELDS.map(field => [field, String(form.get(field) ?? '').trim()] as const).filter(([, text]) => text !== ''),
  )

/** Why a question has no answer: `until` is when the next one is allowed; `fields` has a reason for each field that cannot be read. */
export type Failure =
  | { kind: 'offline' | 'unavailable' }
  | { kind: 'limit'; until: Date }
  | { kind: 'invalid'; fields: Record<string, string> }

type Outcome<T> = { data: T } | { failure: Failure }

interface Problem {
  errors: readonly { pointer: string; detail: string }[]
}

function toFailure(response: Response, problem: Problem | undefined): Failure {
  if (response.status === 429)
    return { kind: 'limit', until: new Date(Date.now() + 1000 * Number(response.headers.get('Retry-After') ?? 60)) }
  if (response.status !== 400) return { kind: 'unavailable' }
  const errors = problem?.errors ?? []
  return { kind: 'invalid', fields: Object.fromEntries(errors.map(it => [it.pointer.split('/').at(-1), it.detail])) }
}

interface ApiResult<T> {
  data?: T
  error?: unknown
  response: Response
}

async function outcomeOf<T>(request: Promise<ApiResult<T>>): Promise<Outcome<T>> {
  try {
    const { data, error, response } = await request
    if (data !== undefined) return { data }
    return { failure: toFailure(response, isProblem(error) ? error : undefined) }
  } catch {
    return { failure: { kind: 'offline' } }
  }
}

const isProblem = (error: unknown): error is Problem =>
  typeof error === 'object' && error !== null && 'errors' in error && Array.isArray(error.errors)

export const ask = (stated: Stated) => outcomeOf(getRegistry().then(it => it.POST('/v1/lookup', { body: stated })))

/** @param details checks also whether the receipt is about them; empty: does not. */
export const verify = (receipt: string, details: Stated) =>
  outcomeOf(
    getRegistry().then(it =>
      it.POST('/v1/lookup/verify', {
        body: Object.keys(details).length === 0 ? { receipt } : { receipt, details },
      }),
    ),
  )

/** The certificate is the signed text alone. */
export const verifyCertificate = (certificate: string) =>
  outcomeOf(getRegistry().then(it => it.POST('/v1/retention/verify', { body: { certificate } })))
