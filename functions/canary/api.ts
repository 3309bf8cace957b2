import type * as z from 'zod'
import { json, type Route } from '#contract/route.ts'
import { routes } from '#contract/routes.ts'
import { token as tokenAnswer } from '#contract/schemas/service.ts'

/** One answer takes no longer, in milliseconds; API Gateway itself gives up after 29 s. */
const PATIENCE_MS = 10_000

/** The API did not do what it is there for. */
export class NotDone extends Error {
  override readonly name = 'NotDone'
}

interface Request {
  id?: string
  body?: unknown
  headers?: Record<string, string>
}

/** The registry as those see it who call it. */
export class Api {
  readonly #url: string
  #token: string | null = null

  constructor(url: string) {
    this.#url = url
  }

  async logIn(username: string, password: string): Promise<void> {
    const { access_token } = await this.ask(routes.createToken, tokenAnswer, { body: { username, password } })
    this.#token = access_token
  }

  /** @throws NotDone for any status but those that the route promises, and for no answer at all */
  async ask<T extends z.ZodType>(route: Route, schema: T, request: Request = {}): Promise<z.output<T>> {
    const answer = await this.#send(route, request)
    if (!(answer.status in route.answers)) throw new NotDone(`${route.method} ${route.path} answered ${answer.status}`)
    const read = schema.safeParse(await answer.json().catch(() => null))
    if (!read.success) throw new NotDone(`${route.method} ${route.path} answered something else`)
    return read.data
  }

  /** The status of an answer alone. */
  async status(route: Route, request: Request): Promise<number> {
    const answer = await this.#send(route, request)
    await answer.body?.cancel()
    return answer.status
  }

  async #send({ method, path, role }: Route, { id = '', body, headers = {} }: Request): Promise<Response> {
    const authorization = role === 'public' || this.#token === null ? {} : { Authorization: `Bearer ${this.#token}` }
    try {
      return await fetch(this.#url + path.replace('{id}', id), {
        method,
        headers: { ...headers, ...authorization, ...(body === undefined ? {} : { 'Content-Type': json }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(PATIENCE_MS),
      })
    } catch {
      throw new NotDone(`${method} ${path} is not answered`)
    }
  }
}
