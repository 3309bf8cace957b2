import { z } from 'zod'
import type { Route } from '#contract/route.ts'
import { routes } from '#contract/routes.ts'
import { type Problem, problem } from '#contract/schemas/problem.ts'
import { token as tokenAnswer } from '#contract/schemas/service.ts'
import { Failure, NoAnswer, Refused } from './failure.ts'
import { exchange, type Received } from './http.ts'
import type { Settings } from './settings.ts'

export interface Request {
  params?: Record<string, string>
  query?: Record<string, string | number | undefined>
  /** Text with its media type; without one, a value to send as JSON. */
  body?: unknown
  type?: string
  headers?: Record<string, string>
  signal?: AbortSignal
}

/** Retries are reported after this many consecutive failures; single ones are normal. */
const TELL_AFTER = 3

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A response with the cursor of the next part; null at the end. */
type Part = { next: string | null }

/** Requests part after part. The next one is requested once the previous one has been used. */
async function* onwards<P extends Part>(ask: (cursor: string | undefined) => Promise<P>): AsyncGenerator<P> {
  for (let cursor: string | undefined | null; cursor !== null; ) {
    const part: P = await ask(cursor)
    yield part
    cursor = part.next
  }
}

/** Calls the API, with login and retries. */
export class Client {
  readonly #settings: Settings
  readonly #notice: (text: string) => void
  #token: Promise<string> | null = null
  #told = false

  /** @param notice is called once if responses fail to arrive. */
  constructor(settings: Settings, notice: (text: string) => void) {
    this.#settings = settings
    this.#notice = notice
  }

  /**
   * The response of a route, parsed by its schema.
   *
   * @throws Refused for a problem document; NoAnswer for no response, or for one that is not the registry's
   */
  async ask<T extends z.ZodType>(route: Route, schema: T, request: Request = {}): Promise<z.output<T>> {
    return this.#read(route, schema, await this.#received(route, request))
  }

  /**
   * The responses of a route, part after part. The next one is requested once the previous one has been used.
   *
   * @throws as `ask`
   */
  answers<T extends z.ZodType<Part>>(route: Route, schema: T, request: Request = {}): AsyncGenerator<z.output<T>> {
    return onwards(cursor => this.ask(route, schema, { ...request, query: { ...request.query, cursor } }))
  }

  /**
   * The items of a list: all of them or at most `limit`, and whether there are more.
   *
   * @param page the page size of a request.
   * @throws as `ask`
   */
  async items<I>(
    route: Route,
    schema: z.ZodType<Part & { items: I[] }>,
    request: Request,
    page: number,
    limit = Number.POSITIVE_INFINITY,
  ): Promise<{ items: I[]; more: boolean }> {
    const items: I[] = []
    const pages = onwards(cursor => {
      // The cursor is bound to the query except for its limit, so the last page may be smaller.
      const query = { ...request.query, limit: Math.min(page, limit - items.length), cursor }
      return this.ask(route, schema, { ...request, query })
    })
    for await (const part of pages) {
      items.push(...part.items)
      if (items.length >= limit) return { items, more: part.next !== null }
    }
    return { items, more: false }
  }

  /**
   * All pages of a list as text.
   *
   * @throws as `ask`
   */
  async *texts(route: Route, request: Request): AsyncGenerator<string> {
    const pages = onwards(cursor => this.#page(route, { ...request, query: { ...request.query, cursor } }))
    for await (const { text } of pages) yield text
  }

  /** A page as text; the cursor of the next one is in the Link header. */
  async #page(route: Route, request: Request): Promise<Part & { text: string }> {
    const received = await this.#received(route, request)
    const { status, text, link } = received
    if (!(status in route.responses)) return this.#read(route, z.never(), received)
    const target = /<([^>]*)>; *rel="next"/.exec(link ?? '')?.[1]
    const next = target === undefined ? null : new URL(target, this.#settings.url).searchParams.get('cursor')
    return { text, next }
  }

  async #received(route: Route, request: Request): Promise<Received> {
    if (route.role === 'public') return this.#send(route, request, null)
    const used = this.#valid()
    const received = await this.#send(route, request, await used)
    if (received.status !== 401 || this.#settings.token !== null) return received
    // The token expired, or the registry was reset. The first request that notices logs in for all.
    if (this.#token === used) this.#token = null
    return this.#send(route, request, await this.#valid())
  }

  /** Logs in, and replaces the password if there is a new one. @throws Failure without credentials */
  async login(new_password?: string): Promise<z.output<typeof tokenAnswer>> {
    const { login } = this.#settings
    if (login === null)
      throw new Failure(
        'no credentials: pass --user and --password (or REGISTRY_USER and REGISTRY_PASSWORD), or set REGISTRY_TOKEN',
      )
    return this.ask(routes.createToken, tokenAnswer, { body: { ...login, new_password } })
  }

  /** The given token, or one that all requests share until it is refused. */
  #valid(): Promise<string> {
    const { token } = this.#settings
    this.#token ??= token === null ? this.login().then(({ access_token }) => access_token) : Promise.resolve(token)
    return this.#token
  }

  async #send(route: Route, request: Request, token: string | null): Promise<Received> {
    const { params = {}, query = {}, body, type = 'application/json', headers = {}, signal } = request
    const path = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
    const url = new URL(this.#settings.url + path)
    for (const [name, value] of Object.entries(query))
      if (value !== undefined) url.searchParams.set(name, String(value))
    const sent = {
      method: route.method,
      url: url.href,
      headers: {
        ...headers,
        ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'Content-Type': type }),
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    }
    const received = await exchange(sent, {
      seconds: this.#settings.patience,
      signal,
      waiting: (...why) => this.#waiting(...why),
    })
    this.#told = false
    return received
  }

  #waiting(reason: string, tries: number): void {
    if (this.#told || tries < TELL_AFTER) return
    this.#told = true
    this.#notice(
      `no answer from ${this.#settings.url} (${reason}): trying again for up to ${this.#settings.patience} s`,
    )
  }

  #read<T extends z.ZodType>(route: Route, schema: T, { status, text }: Received): z.output<T> {
    const value = parsed(text)
    if (status in route.responses) {
      const { success, data } = schema.safeParse(value)
      if (success) return data
    }
    const refused = problem.safeParse(value)
    if (refused.success) throw new Refused(this.#explained(refused.data))
    if (status === 429 || status >= 500)
      throw new NoAnswer(`${this.#settings.url} is temporarily unavailable (${status}): try again later`)
    throw new NoAnswer(
      `${this.#settings.url} returned an unexpected response (${status}): check that the URL is that of a registry`,
    )
  }

  #explained(refused: Problem): Problem {
    if (refused.status !== 401 || this.#settings.token === null) return refused
    return {
      ...refused,
      detail: 'The token in REGISTRY_TOKEN is invalid or has expired: get a new one with `registry token`',
      errors: [],
    }
  }
}
