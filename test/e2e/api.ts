import type { z } from 'zod'
import { token as tokenAnswer } from '#contract/schemas/service.ts'
import { PASSWORDS } from './target.ts'

export interface Request {
  token?: string
  /** Text and bytes are sent as they are, anything else as JSON. */
  body?: unknown
  headers?: Record<string, string>
}

/** An answer as it came. */
export class Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string

  constructor(status: number, headers: Headers, text: string) {
    this.status = status
    this.headers = headers
    this.text = text
  }

  /** The body's JSON; undefined where it is none. */
  get json(): unknown {
    try {
      return JSON.parse(this.text)
    } catch {
      return undefined
    }
  }

  /** The body as the contract has it. @throws Error with the status and the body, when it is something else. */
  as<T extends z.ZodType>(schema: T): z.output<T> {
    const read = schema.safeParse(this.json)
    if (read.success) return read.data
    throw new Error(`${this.status} ${this.text.slice(0, 500)}\nis not what the contract has: ${read.error.message}`)
  }
}

export interface Api {
  api(method: string, path: string, request?: Request): Promise<Answer>
  /** A token of a user, whose password is their name unless the environment says otherwise. */
  token(user: 'agent' | 'provider'): Promise<string>
}

function payload(body: unknown): { body: string | Uint8Array<ArrayBuffer>; type: string | null } | null {
  if (body === undefined) return null
  if (typeof body === 'string') return { body, type: null }
  if (body instanceof Uint8Array) return { body: new Uint8Array(body), type: null }
  return { body: JSON.stringify(body), type: 'application/json' }
}

/** A client of the API at a URL. */
export function apiAt(url: string): Api {
  const tokens = new Map<string, Promise<string>>()
  const api: Api['api'] = async (method, path, { token, body, headers = {} } = {}) => {
    const sent = payload(body)
    const answer = await fetch(url + path, {
      method,
      redirect: 'manual',
      headers: {
        ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
        ...(sent?.type ? { 'Content-Type': sent.type } : {}),
        ...headers,
      },
      ...(sent ? { body: sent.body } : {}),
    })
    return new Answer(answer.status, answer.headers, await answer.text())
  }
  const token: Api['token'] = user => {
    const known = tokens.get(user)
    if (known) return known
    const fresh = api('POST', '/v1/auth/token', { body: { username: user, password: PASSWORDS[user] } }).then(
      answer => answer.as(tokenAnswer).access_token,
    )
    tokens.set(user, fresh)
    return fresh
  }
  return { api, token }
}
