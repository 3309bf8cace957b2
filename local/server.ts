import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import pTimeout, { TimeoutError } from 'p-timeout'
import type { PageConfiguration } from '#contract/page-configuration.ts'
import { routes } from '#contract/routes.ts'
import { type ProblemDescription, problemResponse, toProblem } from '#functions/http/problem.ts'
import { logger } from '#functions/runtime/settings.ts'
import { startup } from '#functions/runtime/startup.ts'
import { isOwnHost } from './address.ts'
import { Admission, type AdmissionLimits } from './admission.ts'
import { errorName } from './error-name.ts'
import { respond } from './gateway.ts'
import { readPage } from './page.ts'
import { type Service, StartupError } from './service.ts'

const GRACE_MS = 10_000
const RETRY_AFTER_SECONDS = 2
/** How long an operation may take, as API Gateway has it, in milliseconds. */
const OPERATION_MS = 29_000
const TOO_SLOW: ProblemDescription = {
  kind: 'unavailable',
  detail: `The operation did not finish within ${OPERATION_MS / 1000} s: try again, and ask /ping what does not answer`,
  retryAfter: RETRY_AFTER_SECONDS,
}
/** With an error of its own, which is cheaper than one for each request. */
const TIME_LIMIT = { milliseconds: OPERATION_MS, message: new TimeoutError(TOO_SLOW.detail) }
/** More at once would finish no sooner: one thread processes them all, and /healthz waits for those that are ready. */
const LIMITS: AdmissionLimits = { concurrent: 16, waiting: 1000, waitMs: 5000 }
/** Lookups are answered after a fixed time, in most of which they need no processor. */
const LOOKUP_LIMITS: AdmissionLimits = { ...LIMITS, concurrent: 64 }
const isLookup = (url: string | undefined): boolean => url?.startsWith(routes.lookup.path) ?? false

/** Answers a request that cannot be parsed, for example because its URL and headers are too long, with a problem document. */
function refuseInvalid(error: Error, socket: Duplex): void {
  if (!socket.writable) return
  const isTooLong = 'code' in error && error.code === 'HPE_HEADER_OVERFLOW'
  const {
    statusCode,
    headers = {},
    body,
  } = problemResponse(
    isTooLong
      ? { kind: 'headers-too-large', detail: 'The URL and the headers are longer than 16 KB' }
      : { kind: 'invalid-input', detail: 'The request is not valid HTTP' },
    '/',
    '',
  )
  const lines = Object.entries({ ...headers, 'Content-Length': Buffer.byteLength(body), Connection: 'close' })
  const status = `${statusCode} ${STATUS_CODES[statusCode]}`
  socket.end(`HTTP/1.1 ${status}\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`)
}

interface Address {
  host: string
  port: number
  /** Names that a Host header may have besides those of this machine. */
  names: readonly string[]
}

/** The API on a port of an address. Stopping finishes open requests and accepts no new ones. */
export class ApiServer implements Service {
  readonly name = 'api'
  readonly #address: Address
  readonly #page: PageConfiguration
  readonly #answered: () => void
  #server: Server | null = null
  #stopping = false
  readonly #admission = new Admission(LIMITS)
  readonly #lookups = new Admission(LOOKUP_LIMITS)

  /** @param answered called after each response. */
  constructor(address: Address, page: PageConfiguration, answered: () => void) {
    this.#address = address
    this.#page = page
    this.#answered = answered
  }

  async start(): Promise<void> {
    const server = createServer(
      { requestTimeout: 60_000, headersTimeout: 10_000, keepAliveTimeout: 65_000 },
      (request, response) => void this.#answer(request, response),
    )
    server.on('clientError', refuseInvalid)
    const { host, port } = this.#address
    server.listen(port, host)
    const failed = once(server, 'error').then(([error]: unknown[]) => error)
    const error = await Promise.race([failed, once(server, 'listening').then(() => null)])
    if (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined
      if (code === 'EADDRINUSE')
        throw new StartupError(`Port ${port} is busy: stop what listens there, or set REGISTRY_PORT to another`)
      if (code === 'EADDRNOTAVAIL')
        throw new StartupError(
          `REGISTRY_HOST ${host} is not an address of this machine: set it to one, or to 0.0.0.0 for all`,
        )
      throw new StartupError(`Cannot listen on port ${port} of ${host}: ${String(error)}`)
    }
    this.#server = server
  }

  async stop(): Promise<void> {
    const server = this.#server
    if (server === null) return
    this.#server = null
    const closed = once(server, 'close')
    this.#stopping = true
    server.close()
    server.closeIdleConnections()
    const late = setTimeout(() => server.closeAllConnections(), GRACE_MS)
    await closed
    clearTimeout(late)
  }

  /** Responds to a request when its turn has come. Health checks do not wait. If too many others are before it, the response is 503. */
  async #admit(request: IncomingMessage): ReturnType<typeof respond> {
    if (!isOwnHost(request.headers.host, { names: this.#address.names, address: request.socket.localAddress }))
      return problemResponse(
        {
          kind: 'forbidden',
          detail: 'The Host header must name this machine: localhost, its address, or a name in REGISTRY_HOST_NAMES',
        },
        '/',
        randomUUID(),
      )
    if (request.url === '/healthz') return respond(request)
    const page = await readPage(request, this.#page)
    if (page) return page
    if (startup.phase === 'tables' && request.url !== '/ping')
      return problemResponse(
        { kind: 'unavailable', detail: 'The location is starting: try again', retryAfter: RETRY_AFTER_SECONDS },
        '/',
        randomUUID(),
      )
    const admission = isLookup(request.url) ? this.#lookups : this.#admission
    const answer = await admission.admit(() => pTimeout(respond(request), TIME_LIMIT))
    if (answer) return answer
    return problemResponse(
      { kind: 'unavailable', detail: 'Too many requests are waiting: try again', retryAfter: RETRY_AFTER_SECONDS },
      '/',
      randomUUID(),
    )
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const answer = await this.#admit(request).catch((error: unknown) => {
      logger.error('failed', { name: errorName(error) })
      return problemResponse(error instanceof TimeoutError ? TOO_SLOW : toProblem(error), '/', '')
    })
    response.statusCode = answer.statusCode
    for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, String(value))
    // An open connection would keep the server from closing.
    if (this.#stopping) response.setHeader('Connection', 'close')
    // Nothing is sent before: with the length in the header, the response is a single write.
    response.end(answer.body)
    this.#answered()
  }
}
