type FieldErrors = readonly { pointer: string; detail: string }[]

/**
 * Thrown for a request without an answer. `status` is 0 if the registry was not reached; `detail` is the API's reason, in English, and `errors`
 * are those of single fields.
 */
export class RequestFailed extends Error {
  readonly status: number
  readonly detail: string | null
  readonly errors: FieldErrors

  constructor(status: number, detail: string | null = null, errors: FieldErrors = []) {
    super(`status ${status}`)
    this.name = 'RequestFailed'
    this.status = status
    this.detail = detail
    this.errors = errors
  }
}

/** What is known of a failure; an error of the page itself is like one of the server. */
export const failureOf = (error: Error): Pick<RequestFailed, 'status' | 'detail'> =>
  error instanceof RequestFailed ? error : { status: 500, detail: null }

interface ApiResult<T> {
  data?: T
  error?: { detail?: string; errors?: FieldErrors }
  response: Response
}

/** The data of a response. @throws RequestFailed */
export async function dataOf<T>(request: Promise<ApiResult<T>>): Promise<T> {
  const { data, error, response } = await request.catch((): never => {
    throw new RequestFailed(0)
  })
  if (data !== undefined) return data
  const errors = error?.errors ?? []
  const faults = errors.map(it => it.detail)
  throw new RequestFailed(response.status, faults.length > 0 ? faults.join(', ') : (error?.detail ?? null), errors)
}
