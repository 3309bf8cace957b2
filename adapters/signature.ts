import { createHmac, createSecretKey, hash, type KeyObject } from 'node:crypto'

/** Who signs requests, and for which region. */
export interface Identity {
  region: string
  credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string | undefined }
}

const sha256 = (text: string): string => hash('sha256', text, 'hex')
const hmac = (key: KeyObject | Buffer | string, text: string): Buffer => createHmac('sha256', key).update(text).digest()

/** A time as signatures have it: 20261129T054500Z. */
const toAmzDate = (ms: number): string => new Date(ms).toISOString().replace(/[-:]|\.\d+/g, '')

/** A path that is encoded already, encoded once more as signatures have it. */
const toCanonicalPath = (path: string): string =>
  path
    .split('/')
    .map(part =>
      encodeURIComponent(part).replace(/[!'()*]/g, sign => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`),
    )
    .join('/')

/**
 * Signs POSTs to one address by AWS's Signature Version 4, of which requests with the same service, region and day share the key.
 *
 * Source: "Create a signed AWS API request", AWS Identity and Access Management User Guide.
 */
export class RequestSigner {
  readonly #service: string
  readonly #identity: Identity
  readonly #host: string
  readonly #path: string
  #day = ''
  #key: KeyObject | null = null

  constructor(service: string, identity: Identity, { host, pathname }: URL) {
    this.#service = service
    this.#identity = identity
    this.#host = host
    this.#path = toCanonicalPath(pathname)
  }

  #keyOf(day: string): KeyObject {
    if (this.#key !== null && this.#day === day) return this.#key
    const { region, credentials } = this.#identity
    const parts = [day, region, this.#service, 'aws4_request']
    const key = parts.reduce<string | Buffer>(hmac, `AWS4${credentials.secretAccessKey}`)
    this.#day = day
    this.#key = createSecretKey(Buffer.from(key))
    return this.#key
  }

  /** The headers of a request with this body at this time (in milliseconds), signed ones and those given. */
  sign(given: { 'Content-Type': string; 'X-Amz-Target': string }, body: string, at: number): Record<string, string> {
    const { region, credentials } = this.#identity
    const { accessKeyId, sessionToken } = credentials
    const date = toAmzDate(at)
    const day = date.slice(0, 8)
    // In the order of their names.
    const signed = [
      ['content-type', given['Content-Type']],
      ['host', this.#host],
      ['x-amz-date', date],
      ...(sessionToken === undefined ? [] : [['x-amz-security-token', sessionToken]]),
      ['x-amz-target', given['X-Amz-Target']],
    ]
    const names = signed.map(([name]) => name).join(';')
    const lines = signed.map(([name, value]) => `${name}:${value}\n`).join('')
    const canonical = `POST\n${this.#path}\n\n${lines}\n${names}\n${sha256(body)}`
    const scope = `${day}/${region}/${this.#service}/aws4_request`
    const signature = hmac(this.#keyOf(day), `AWS4-HMAC-SHA256\n${date}\n${scope}\n${sha256(canonical)}`).toString(
      'hex',
    )
    return {
      ...given,
      Host: this.#host,
      'Content-Length': String(Buffer.byteLength(body)),
      'X-Amz-Date': date,
      ...(sessionToken === undefined ? {} : { 'X-Amz-Security-Token': sessionToken }),
      Authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`,
    }
  }
}
