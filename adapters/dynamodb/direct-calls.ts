import { Readable } from 'node:stream'
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { fromAttributes, toAttributes, UnsupportedValue } from './attribute-values.ts'
import { isObject, toShapes } from './document-shapes.ts'
import { noteWrite } from './full-storage.ts'
import { type Outcome, SignedPosts } from './signed-posts.ts'

const SHAPES = toShapes(toAttributes, fromAttributes)
export type Operation = keyof typeof SHAPES

const VERSION = 'DynamoDB_20120810'
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

/**
 * Sends an operation to the client's endpoint without the layers of the SDK, which take most of a call's processor time: one attempt, signed,
 * over an open connection. Whatever does not succeed is handed over to the SDK as the outcome of its first attempt, so that errors, retries and
 * their limits are the SDK's. Requests with bytes and other rare values are left to it altogether.
 */
export class DirectCalls {
  readonly #client: DynamoDBClient
  readonly #posts: SignedPosts
  /** Returns capacity to the SDK's budget of retries, as a successful call of the SDK does. */
  readonly #recordSuccess: Promise<() => void>

  /** @param timeoutMs how long a response may take. */
  constructor(client: DynamoDBClient, endpoint: string, timeoutMs: number) {
    this.#client = client
    this.#posts = new SignedPosts(client.config, endpoint, timeoutMs)
    replayOutcomes(client.config.requestHandler)
    this.#recordSuccess = toSuccessRecorder(client)
  }

  destroy(): void {
    this.#posts.destroy()
  }

  /** @param viaSdk sends the same request through the SDK, with options for its request handler. */
  async call<O extends object>(
    operation: Operation,
    input: object,
    viaSdk: (options: object) => Promise<O>,
  ): Promise<O> {
    const content = encode(operation, input)
    if (content === null) return viaSdk({})
    const outcome = await this.#posts.send(`${VERSION}.${operation}`, content)
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
}

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
