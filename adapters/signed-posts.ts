import { Agent, type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import { urlToHttpOptions } from 'node:url'
import aws4 from 'aws4'

/** As many connections as the SDK opens. */
const AGENT = { keepAlive: true, maxSockets: 50 }

/** What came of one attempt: a response, or the error of the network. */
export type Outcome = { statusCode: number; headers: Record<string, string>; body: Buffer } | { error: unknown }

/** Who signs requests, and for which region. */
export interface Identity {
  region: string
  credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string | undefined }
  /** Whether the service compares signatures with requests. Default: it does. */
  isChecked?: boolean
}

/** A local engine wants a signature, and does not compare it with the request. */
export const LOCAL_IDENTITY: Identity = {
  isChecked: false,
  region: 'local',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
}

/** How long a response may take. */
export const REQUEST_TIMEOUT_MS = 10_000

/** The services, and the media types of their protocols. */
const CONTENT_TYPES = {
  dynamodb: 'application/x-amz-json-1.0',
  secretsmanager: 'application/x-amz-json-1.1',
} as const

/** Where requests are sent, and how they are signed. */
export interface PostTarget {
  endpoint: string
  service: keyof typeof CONTENT_TYPES
  identity: Identity
  /** How long a response may take. */
  timeoutMs: number
  /** How far the server's clock is ahead, as the SDK has learned from its responses. Default: not at all. */
  getClockOffset?: () => number
}

function read(response: IncomingMessage): Promise<Outcome> {
  const chunks: Buffer[] = []
  return new Promise((resolve, reject) => {
    response.on('data', (chunk: Buffer) => chunks.push(chunk))
    response.on('error', reject)
    response.on('end', () => {
      const headers = Object.entries(response.headers).map(([name, value]) => [name, String(value)])
      resolve({
        statusCode: response.statusCode ?? 0,
        headers: Object.fromEntries(headers),
        body: chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks),
      })
    })
  })
}

/** Sends signed requests to an endpoint of a service over open connections, one attempt each. */
export class SignedPosts {
  readonly #service: keyof typeof CONTENT_TYPES
  readonly #identity: Identity
  readonly #getClockOffset: () => number
  readonly #timeoutMs: number
  readonly #agent: Agent
  readonly #send: typeof httpRequest
  readonly #endpoint: URL
  readonly #target: object
  /** By API operation, for a service that does not check signatures. Signing is a tenth of the processor time of a read. */
  readonly #reusable = new Map<string, Record<string, string>>()

  constructor({ endpoint, service, identity, timeoutMs, getClockOffset = () => 0 }: PostTarget) {
    this.#service = service
    this.#identity = identity
    this.#getClockOffset = getClockOffset
    this.#timeoutMs = timeoutMs
    this.#endpoint = new URL(endpoint.replace(/\/*$/, '/'))
    this.#target = { ...urlToHttpOptions(this.#endpoint), method: 'POST', timeout: timeoutMs }
    const isSecure = this.#endpoint.protocol === 'https:'
    this.#agent = isSecure ? new HttpsAgent(AGENT) : new Agent(AGENT)
    this.#send = isSecure ? httpsRequest : httpRequest
  }

  destroy(): void {
    this.#agent.destroy()
  }

  /** Sends a request once. Never rejects. @param target the version of the API and the operation */
  async send(target: string, body: string): Promise<Outcome> {
    try {
      return await this.#request(body, this.#toHeaders(target, body))
    } catch (error) {
      return { error: toNetworkError(error) }
    }
  }

  #toHeaders(target: string, body: string): Record<string, string> {
    if (this.#identity.isChecked !== false) return this.#sign(target, body)
    const signed = this.#reusable.get(target)
    if (signed) return signed
    const { 'Content-Length': _length, ...headers } = this.#sign(target, body)
    this.#reusable.set(target, headers)
    return headers
  }

  /** The signed headers of a request. The time is corrected as the SDK corrects it, if the clocks differ. */
  #sign(target: string, body: string): Record<string, string> {
    const { region, credentials } = this.#identity
    const { host, pathname: path } = this.#endpoint
    const headers = {
      'Content-Type': CONTENT_TYPES[this.#service],
      'X-Amz-Target': target,
      'X-Amz-Date': toAmzDate(Date.now() + this.#getClockOffset()),
    }
    const unsigned = { service: this.#service, region, host, method: 'POST', path, headers, body }
    return aws4.sign(unsigned, { sessionToken: undefined, ...credentials }).headers
  }

  #request(body: string, headers: Record<string, string>): Promise<Outcome> {
    return new Promise<Outcome>((resolve, reject) => {
      const request: ClientRequest = this.#send({ ...this.#target, headers, agent: this.#agent }, response =>
        read(response).then(resolve, reject),
      )
      request.on('timeout', () => request.destroy(toTimeout(this.#timeoutMs)))
      request.on('error', reject)
      request.end(body)
    })
  }
}

/** A time as signatures have it: 20261129T054500Z. */
const toAmzDate = (ms: number) => new Date(ms).toISOString().replace(/[-:]|\.\d+/g, '')

const BROKEN_CONNECTION = new Set(['ECONNRESET', 'EPIPE', 'ETIMEDOUT'])

/** Named as the SDK's request handler names it, so that the SDK repeats the request. */
function toNetworkError(error: unknown): unknown {
  const isBroken =
    error instanceof Error && 'code' in error && typeof error.code === 'string' && BROKEN_CONNECTION.has(error.code)
  return isBroken ? Object.assign(error, { name: 'TimeoutError' }) : error
}

/** Named as the SDK names it, which repeats such requests. */
const toTimeout = (ms: number): Error =>
  Object.assign(new Error(`The service did not answer within ${ms} ms`), { name: 'TimeoutError' })
