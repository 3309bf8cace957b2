import type { z } from 'zod'
import { token as tokenAnswer } from '#contract/schemas/service.ts'
import { PASSWORDS } from './target.ts'

export interface Request {
  token?: string
  /** Text and bytes are sent unchanged, anything else as JSON. */
  body?: unknown
  headers?: Record<string, string>
}

/** A response with its body as text. */
export class ApiResponse {
  readonly status: number
  readonly headers: Headers
  readonly text: string

  constructor(status: number, headers: Headers, text: string) {
    this.status = status
    this.headers = headers
    this.text = text
  }

  /** The body parsed as JSON, or undefined when it is not JSON. */
  get json(): unknown {
    try {
      return JSON.parse(this.text)
    } catch {
      return undefined
    }
  }

  /** Parses the body by its contract. @throws Error with the status and the body when it does not match. */
  as<T extends z.ZodType>(schema: T): z.output<T> {
    const result = schema.safeParse(this.json)
    if (result.success) return result.data
    throw new Error(`${this.status} ${this.text.slice(0, 500)}\nis not what the contract has: ${result.error.message}`)
  }
}

export interface Api {
  api(method: string, path: string, request?: Request): Promise<ApiResponse>
  /** Returns a token of a demo user, whose password is the user name by default. */
  token(user: 'agent' | 'provider'): Promise<string>
}

function encodeBody(body: unknown): { body: string | Uint8Array<ArrayBuffer>; type: string | null } | null {
  if (body === undefined) return null
  if (typeof body === 'string') return { body, type: null }
  if (body instanceof Uint8Array) return { body: new Uint8Array(body), type: null }
  return { body: JSON.stringify(body), type: 'application/json' }
}

/** A client of the API at a URL. */
export function apiAt(url: string): Api {
  const tokens = new Map<string, Promise<string>>()
  const api: Api['api'] = async (method, path, { token, body, headers = {} } = {}) => {
    const encoded = encodeBody(body)
    const response = await fetch(url + path, {
      method,
      redirect: 'manual',
      headers: {
        ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
        ...(encoded?.type ? { 'Content-Type': encoded.type } : {}),
        ...headers,
      },
      ...(encoded ? { body: encoded.body } : {}),
    })
    return new ApiResponse(response.status, response.headers, await response.text())
  }
  const token: Api['token'] = user => {
    const existing = tokens.get(user)
    if (existing) return existing
    const pending = api('POST', '/v1/auth/token', { body: { username: user, password: PASSWORDS[user] } }).then(
      response => response.as(tokenAnswer).access_token,
    )
    tokens.set(user, pending)
    return pending
  }
  return { api, token }
}
