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
  /** Text, and its media type; without one, a value that is sent as JSON. */
  body?: unknown
  type?: string
  headers?: Record<string, string>
  signal?: AbortSignal
}

/** A failed try is worth a word when some have failed in a row: single ones are everyday. */
const TELL_AFTER = 3

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** An answer that may stop before the end: by the cursor of what comes next it goes on; null: that was all. */
type Part = { next: string | null }

/** Asks again and again, from where the last answer ended; for the next when the one before has been used. */
async function* onwards<P extends Part>(ask: (cursor: string | undefined) => Promise<P>): AsyncGenerator<P> {
  for (let cursor: string | undefined | null; cursor !== null; ) {
    const part: P = await ask(cursor)
    yield part
    cursor = part.next
  }
}

/** Asks the registry, logging in as needed and trying again what may be tried again. */
export class Client {
  readonly #settings: Settings
  readonly #notice: (text: string) => void
  #token: Promise<string> | null = null
  #told = false

  /** @param notice is told, once, when answers stay away. */
  constructor(settings: Settings, notice: (text: string) => void) {
    this.#settings = settings
    this.#notice = notice
  }

  /**
   * The answer of a route, by its schema.
   *
   * @throws Refused for a problem document; NoAnswer for none, or for one that is not the registry's
   */
  async ask<T extends z.ZodType>(route: Route, schema: T, request: Request = {}): Promise<z.output<T>> {
    return this.#read(route, schema, await this.#received(route, request))
  }

  /**
   * The answers of a route, one after the other until all is told: the next is asked for when the one before has been used.
   *
   * @throws as `ask`
   */
  answers<T extends z.ZodType<Part>>(route: Route, schema: T, request: Request = {}): AsyncGenerator<z.output<T>> {
    return onwards(cursor => this.ask(route, schema, { ...request, query: { ...request.query, cursor } }))
  }

  /**
   * The items of a list, from its beginning: all of them, or at most `limit`, and whether there are more.
   *
   * @param page how many one request asks for.
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
      // The cursor is bound to the query but for its limit, so the last page may be a shorter one.
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
   * The pages of a list that a route tells as text, all of them.
   *
   * @throws as `ask`
   */
  async *texts(route: Route, request: Request): AsyncGenerator<string> {
    const pages = onwards(cursor => this.#page(route, { ...request, query: { ...request.query, cursor } }))
    for await (const { text } of pages) yield text
  }

  /** A page as text; the cursor of the next is in a header. */
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
    // The token ran out, or the registry was made anew. Whoever sees it first logs in for all.
    if (this.#token === used) this.#token = null
    return this.#send(route, request, await this.#valid())
  }

  /** Logs in. @throws Failure where nobody is named who could. */
  async login(): Promise<z.output<typeof tokenAnswer>> {
    const { login } = this.#settings
    if (login === null)
      throw new Failure(
        'who asks? Say --user and --password (or REGISTRY_USER and REGISTRY_PASSWORD), or set REGISTRY_TOKEN',
      )
    return this.ask(routes.createToken, tokenAnswer, { body: login })
  }

  /** The token that was given, or one for all requests until it is refused. */
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
      throw new NoAnswer(`${this.#settings.url} does not do its work at the moment (${status}): try again later`)
    throw new NoAnswer(
      `${this.#settings.url} answers (${status}) as no registry does that this program knows: is the URL right?`,
    )
  }

  #explained(refused: Problem): Problem {
    if (refused.status !== 401 || this.#settings.token === null) return refused
    return { ...refused, detail: 'The token in REGISTRY_TOKEN is not valid, or not any more', errors: [] }
  }
}
