import type * as z from 'zod'
import { json, type Route } from '#contract/route.ts'
import { routes } from '#contract/routes.ts'
import { token as tokenAnswer } from '#contract/schemas/service.ts'

/** One answer takes no longer, in milliseconds; API Gateway itself gives up after 29 s. */
const TIMEOUT_MS = 10_000

/** The API did not do what it is there for. */
export class ProbeFailed extends Error {
  override readonly name = 'ProbeFailed'
}

interface RequestOptions {
  id?: string
  body?: unknown
  headers?: Record<string, string>
}

/** The registry as those see it who call it. */
export class ApiClient {
  readonly #url: string
  #token: string | null = null

  constructor(url: string) {
    this.#url = url
  }

  async logIn(username: string, password: string): Promise<void> {
    const { access_token } = await this.request(routes.createToken, tokenAnswer, { body: { username, password } })
    this.#token = access_token
  }

  /** @throws ProbeFailed for any status but those that the route promises, and for no answer at all */
  async request<T extends z.ZodType>(route: Route, schema: T, options: RequestOptions = {}): Promise<z.output<T>> {
    const response = await this.#send(route, options)
    if (!(response.status in route.responses))
      throw new ProbeFailed(`${route.method} ${route.path} answered ${response.status}`)
    const parsed = schema.safeParse(await response.json().catch(() => null))
    if (!parsed.success) throw new ProbeFailed(`${route.method} ${route.path} answered something else`)
    return parsed.data
  }

  /** The status of an answer alone. */
  async getStatus(route: Route, options: RequestOptions): Promise<number> {
    const response = await this.#send(route, options)
    await response.body?.cancel()
    return response.status
  }

  async #send({ method, path, role }: Route, { id = '', body, headers = {} }: RequestOptions): Promise<Response> {
    const authorization = role === 'public' || this.#token === null ? {} : { Authorization: `Bearer ${this.#token}` }
    try {
      return await fetch(this.#url + path.replace('{id}', id), {
        method,
        headers: { ...headers, ...authorization, ...(body === undefined ? {} : { 'Content-Type': json }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      })
    } catch {
      throw new ProbeFailed(`${method} ${path} is not answered`)
    }
  }
}
