import { createServer, type IncomingMessage, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { DirectDocuments } from '#adapters/dynamodb/direct-documents.ts'
import { connect, toDocuments } from '#adapters/dynamodb/sdk-documents.ts'
import { Tables } from '#adapters/dynamodb/tables.ts'
import { LOCAL_IDENTITY } from '#adapters/signed-posts.ts'
import { startEngine, TABLE_NAMES } from './engine.ts'

/** How the server responds to a request instead of passing it on to the table engine. */
export type Fault =
  | 'lost request'
  | 'lost response'
  | 'no response'
  | 'not JSON'
  | { status: number; type: string; message?: string }
  | { status: number; body: unknown }

interface Received {
  url: string
  target: string
  authorization: string
  date: string
  body: string
}

/** Passes a request on and returns the engine's response. */
async function pass(endpoint: string, { headers }: IncomingMessage, body: string) {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
  request(endpoint, { method: 'POST', headers }, resolve).on('error', reject).end(body)
  const response = await promise
  return { status: response.statusCode ?? 0, body: await buffer(response) }
}

const JSON_TYPE = { 'Content-Type': 'application/x-amz-json-1.0' }

/** A server before a table engine that notes every request and fails on demand. */
export async function startFaultyEngine() {
  const engine = await startEngine()
  const clients: ReturnType<typeof connect>[] = []
  const state = {
    received: [] as Received[],
    /** The faults of the next requests. */
    faults: [] as Fault[],
    /** The fault of every request after them. */
    repeatedFault: null as Fault | null,
    /** How far the server's clock is ahead of this process's. */
    aheadMs: 0,
  }

  const server = createServer(async (incoming, response) => {
    const body = (await buffer(incoming)).toString()
    const { 'x-amz-target': target = '', 'x-amz-date': date = '', authorization = '' } = incoming.headers
    state.received.push({ url: incoming.url ?? '', target: String(target), authorization, date: String(date), body })
    response.setHeader('Date', new Date(Date.now() + state.aheadMs).toUTCString())
    const fault = state.faults.shift() ?? state.repeatedFault
    if (fault === 'no response') return
    if (fault === 'lost request') return incoming.socket.destroy()
    if (fault === 'not JSON') return response.end('<html>')
    if (fault !== null && typeof fault === 'object') {
      response.writeHead(fault.status, { ...JSON_TYPE, 'x-amzn-requestid': 'request-1' })
      if ('body' in fault) return response.end(JSON.stringify(fault.body))
      const { type, message = 'as told' } = fault
      return response.end(JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${type}`, message }))
    }
    const answer = await pass(engine.endpoint, incoming, body)
    if (fault === 'lost response') return incoming.socket.destroy()
    response.writeHead(answer.status, JSON_TYPE)
    return response.end(answer.body)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  function client(at = endpoint) {
    const created = connect({ endpoint: at })
    clients.push(created)
    return created
  }

  /** Requests are signed anew, as for a service that checks signatures. */
  const identity = { ...LOCAL_IDENTITY, isChecked: true }
  const toDirect = (sdk: ReturnType<typeof connect>, { at = endpoint, isGrouped = false }) =>
    new DirectDocuments({ endpoint: at, identity, openSdk: async () => toDocuments(sdk), isGrouped })

  return {
    endpoint,
    state,
    client,
    tables: (isDirect: boolean, at = endpoint) =>
      new Tables(isDirect ? toDirect(client(at), { at }) : toDocuments(client(at)), TABLE_NAMES),
    groupedTables: () => new Tables(toDirect(client(), { isGrouped: true }), TABLE_NAMES),
    /** Forgets the requests and faults. */
    reset(): void {
      Object.assign(state, { received: [], faults: [], repeatedFault: null, aheadMs: 0 })
    },
    async stop() {
      for (const client of clients) client.destroy()
      server.closeAllConnections()
      server.close()
      await engine.stop()
    },
  }
}

/** Leaves out what differs from run to run. */
export const comparable = (value: unknown, pk = 'PARTITION'): unknown =>
  JSON.parse(JSON.stringify(value).replaceAll(pk, 'PARTITION'), (name, member) =>
    name === 'requestId' ? undefined : member,
  )

/** The error of a call: its class, and all that it holds except the request's id. */
export async function errorOf(call: Promise<unknown>): Promise<unknown> {
  const error: unknown = await call.then(
    () => new Error('no error'),
    error => error,
  )
  if (!(error instanceof Error)) return error
  const { stack: _, $response: __, ...rest } = { ...error, stack: null, $response: null }
  return {
    constructor: error.constructor.name,
    name: error.name,
    message: error.message,
    ...Object(comparable(rest)),
  }
}
