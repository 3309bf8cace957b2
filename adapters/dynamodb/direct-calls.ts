import { Agent, type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import { Readable } from 'node:stream'
import { urlToHttpOptions } from 'node:url'
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import aws4 from 'aws4'
import { fromAttributes, toAttributes, UnsupportedValue } from './attribute-values.ts'
import { isObject, toShapes } from './document-shapes.ts'
import { noteWrite } from './full-storage.ts'

const SHAPES = toShapes(toAttributes, fromAttributes)
export type Operation = keyof typeof SHAPES

const VERSION = 'DynamoDB_20120810'
/** As many connections as the SDK opens. */
const AGENT = { keepAlive: true, maxSockets: 50 }

/** What came of one attempt: a response, or the error of the network. */
type Outcome = { statusCode: number; headers: Record<string, string>; body: Buffer } | { error: unknown }

type RequestHandler = DynamoDBClient['config']['requestHandler']

/** The outcomes of attempts that the SDK continues, by the options that are passed to its request handler. */
const handedOver = new WeakMap<object, Outcome>()

/** Lets the SDK's request handler return an outcome that is already known as that of its first attempt. */
function replayOutcomes(handler: RequestHandler): void {
  const handle = handler.handle.bind(handler)
  handler.handle = async (request, options = {}) => {
    const outcome = handedOver.get(options)
    handedOver.delete(options)
    if (outcome === undefined) return handle(request, options)
    if ('error' in outcome) throw outcome.error
    return { response: { ...outcome, body: Readable.from([outcome.body]) } }
  }
}

async function toSuccessRecorder({ config }: DynamoDBClient): Promise<() => void> {
  const strategy = await config.retryStrategy()
  if (!('recordSuccess' in strategy)) return () => undefined
  const token = await strategy.acquireInitialRetryToken('')
  return () => strategy.recordSuccess(token)
}

/** The operation's output, of the type that the SDK declares for it. */
const isOutput = <O extends object>(value: unknown): value is O => isObject(value)

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

/**
 * Sends an operation to the client's endpoint without the layers of the SDK, which take most of a call's processor time: one attempt, signed,
 * over an open connection. Whatever does not succeed is handed over to the SDK as the outcome of its first attempt, so that errors, retries and
 * their limits are the SDK's. Requests with values that JSON does not have are left to it altogether.
 */
export class DirectCalls {
  readonly #client: DynamoDBClient
  readonly #timeoutMs: number
  readonly #agent: Agent
  readonly #send: typeof httpRequest
  readonly #endpoint: URL
  /** Returns capacity to the SDK's budget of retries, as a successful call of the SDK does. */
  readonly #recordSuccess: Promise<() => void>

  /** @param timeoutMs how long a response may take. */
  constructor(client: DynamoDBClient, endpoint: string, timeoutMs: number) {
    this.#client = client
    this.#timeoutMs = timeoutMs
    this.#endpoint = new URL(endpoint.replace(/\/*$/, '/'))
    const isSecure = this.#endpoint.protocol === 'https:'
    this.#agent = isSecure ? new HttpsAgent(AGENT) : new Agent(AGENT)
    this.#send = isSecure ? httpsRequest : httpRequest
    replayOutcomes(client.config.requestHandler)
    this.#recordSuccess = toSuccessRecorder(client)
  }

  destroy(): void {
    this.#agent.destroy()
  }

  /** @param viaSdk sends the same request through the SDK, with options for its request handler. */
  async call<O extends object>(
    operation: Operation,
    input: object,
    viaSdk: (options: object) => Promise<O>,
  ): Promise<O> {
    const content = encode(operation, input)
    if (content === null) return viaSdk({})
    const outcome = await this.#attempt(operation, content)
    if (!('error' in outcome) && outcome.statusCode === 200) {
      const output = decode(operation, outcome.body, outcome.headers['x-amzn-requestid'])
      if (isOutput<O>(output)) {
        noteWrite(this.#client, operation)
        const recordSuccess = await this.#recordSuccess
        recordSuccess()
        return output
      }
    }
    const options = {}
    handedOver.set(options, outcome)
    return viaSdk(options)
  }

  /** Sends a request once. Never rejects. */
  async #attempt(operation: Operation, body: string): Promise<Outcome> {
    try {
      return await this.#request(body, await this.#sign(operation, body))
    } catch (error) {
      return { error: toNetworkError(error) }
    }
  }

  /** The headers of a request. The time is corrected as the SDK corrects it, if the clocks differ. */
  async #sign(operation: Operation, body: string): Promise<Record<string, string>> {
    const { region, credentials, systemClockOffset } = this.#client.config
    const { accessKeyId, secretAccessKey, sessionToken } = await credentials()
    const { host, pathname: path } = this.#endpoint
    const headers = {
      'Content-Type': 'application/x-amz-json-1.0',
      'X-Amz-Target': `${VERSION}.${operation}`,
      'X-Amz-Date': toAmzDate(Date.now() + systemClockOffset),
    }
    const unsigned = { service: 'dynamodb', region: await region(), host, method: 'POST', path, headers, body }
    return aws4.sign(unsigned, { accessKeyId, secretAccessKey, sessionToken }).headers
  }

  #request(body: string, headers: Record<string, string>): Promise<Outcome> {
    const target = { ...urlToHttpOptions(this.#endpoint), method: 'POST', headers }
    return new Promise<Outcome>((resolve, reject) => {
      const request: ClientRequest = this.#send({ ...target, agent: this.#agent, timeout: this.#timeoutMs }, response =>
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
  const isBroken = isObject(error) && typeof error.code === 'string' && BROKEN_CONNECTION.has(error.code)
  return isBroken ? Object.assign(error, { name: 'TimeoutError' }) : error
}

/** Named as the SDK names it, which repeats such requests. */
const toTimeout = (ms: number): Error =>
  Object.assign(new Error(`The table did not answer within ${ms} ms`), { name: 'TimeoutError' })

/** The request's body; null if only the SDK can encode it. */
function encode(operation: Operation, input: object): string | null {
  try {
    return JSON.stringify(SHAPES[operation].request(input))
  } catch (error) {
    if (error instanceof UnsupportedValue) return null
    throw error
  }
}

/** The output of a successful response; null if it is not valid. */
function decode(operation: Operation, body: Buffer, requestId: string | undefined): unknown {
  try {
    const output = SHAPES[operation].response(JSON.parse(body.toString()))
    if (!isObject(output)) return null
    const $metadata = { httpStatusCode: 200, requestId, attempts: 1, totalRetryDelay: 0 }
    return Object.assign(output, { $metadata })
  } catch {
    return null
  }
}
