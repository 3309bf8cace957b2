import { Readable } from 'node:stream'
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { lazy } from '#domain/lazy.ts'
import { type Outcome, type PostTarget, SignedPosts } from '../signed-posts.ts'
import { fromAttributes, toAttributes, UnsupportedValue } from './attribute-values.ts'
import { isObject, type Shape, toShapes } from './document-shapes.ts'
import type { Operations } from './documents.ts'
import { noteWrite } from './full-storage.ts'
import type { SdkDocuments } from './sdk-documents.ts'

const SHAPES: Record<keyof Operations, Shape> = toShapes(toAttributes, fromAttributes)

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

async function toSuccessRecorder({ config }: Pick<DynamoDBClient, 'config'>): Promise<() => void> {
  const strategy = await config.retryStrategy()
  if (!('recordSuccess' in strategy)) return () => undefined
  const token = await strategy.acquireInitialRetryToken('')
  return () => strategy.recordSuccess(token)
}

/** The operation's output, of the type that the SDK declares for it. */
const isOutput = <O extends object>(value: unknown): value is O => isObject(value)

/**
 * Sends operations to an endpoint without the layers of the SDK, which take most of a call's processor time: one attempt, signed, over an
 * open connection. Whatever does not succeed is handed over to the SDK as the outcome of its first attempt, so that errors, retries and
 * their limits are the SDK's. A request whose signature or credentials are refused begins anew there. Requests with bytes and other rare
 * values are left to it altogether. It is opened by the first operation that needs it: most processes of functions never do.
 */
export class DirectCalls {
  readonly #posts: SignedPosts
  /** Opens the SDK once. */
  readonly #open: () => Promise<SdkDocuments>
  #sdk: SdkDocuments | null = null
  /** Returns capacity to the SDK's budget of retries, as a successful call of the SDK does. */
  #recordSuccess: () => void = () => undefined

  constructor(target: Omit<PostTarget, 'service' | 'getClockOffset'>, openSdk: () => Promise<SdkDocuments>) {
    const getClockOffset = () => this.#sdk?.client.config.systemClockOffset ?? 0
    this.#posts = new SignedPosts({ ...target, service: 'dynamodb', getClockOffset })
    this.#open = lazy(() => this.#prepare(openSdk()))
  }

  /** The SDK's client of the same engine; null until an operation has needed it. */
  get sdk(): SdkDocuments | null {
    return this.#sdk
  }

  async #prepare(opening: Promise<SdkDocuments>): Promise<SdkDocuments> {
    const sdk = await opening
    replayOutcomes(sdk.client.config.requestHandler)
    this.#recordSuccess = await toSuccessRecorder(sdk.client)
    this.#sdk = sdk
    return sdk
  }

  async #sendBySdk<K extends keyof Operations>(
    operation: K,
    input: Operations[K]['input'],
    options: object = {},
  ): Promise<Operations[K]['output']> {
    return (await this.#open()).send(operation, input, options)
  }

  destroy(): void {
    this.#posts.destroy()
    this.#sdk?.destroy()
  }

  async call<K extends keyof Operations>(
    operation: K,
    input: Operations[K]['input'],
  ): Promise<Operations[K]['output']> {
    const content = encode(operation, input)
    if (content === null) return this.#sendBySdk(operation, input)
    const outcome = await this.#posts.send(`${VERSION}.${operation}`, content)
    if (!('error' in outcome) && outcome.statusCode === 200) {
      const output = decode(operation, outcome.body, outcome.headers['x-amzn-requestid'])
      if (isOutput<Operations[K]['output']>(output)) {
        if (this.#sdk) noteWrite(this.#sdk.client, operation)
        this.#recordSuccess()
        return output
      }
    }
    if (isUnauthenticated(outcome)) return this.#sendBySdk(operation, input)
    const options = {}
    handedOver.set(options, outcome)
    return this.#sendBySdk(operation, input, options)
  }
}

/** Errors about the signature or the credentials, which the SDK may have others of. */
const UNAUTHENTICATED =
  /"__type":"[^"]*(InvalidSignature|IncompleteSignature|MissingAuthenticationToken|UnrecognizedClient|ExpiredToken)/

const isUnauthenticated = (outcome: Outcome): boolean =>
  !('error' in outcome) && [400, 403].includes(outcome.statusCode) && UNAUTHENTICATED.test(outcome.body.toString())

/** The request's body; null if only the SDK can encode it. */
function encode(operation: keyof Operations, input: object): string | null {
  try {
    return JSON.stringify(SHAPES[operation].request(input))
  } catch (error) {
    if (error instanceof UnsupportedValue) return null
    throw error
  }
}

/** The output of a successful response; null if it is not valid. */
function decode(operation: keyof Operations, body: Buffer, requestId: string | undefined): unknown {
  try {
    const output = SHAPES[operation].response(JSON.parse(body.toString()))
    if (!isObject(output)) return null
    const $metadata = { httpStatusCode: 200, requestId, attempts: 1, totalRetryDelay: 0 }
    return Object.assign(output, { $metadata })
  } catch {
    return null
  }
}
