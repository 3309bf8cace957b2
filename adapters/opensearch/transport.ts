/** The connection to a cluster: its address, timeouts, and signatures for AWS. */
import http from 'node:http'
import https from 'node:https'
import type { Duplex } from 'node:stream'
import { AwsSigv4Signer } from '@opensearch-project/opensearch/aws-v3'
import Connection from '@opensearch-project/opensearch/lib/Connection.js'
import errors from '@opensearch-project/opensearch/lib/errors.js'
import Transport from '@opensearch-project/opensearch/lib/Transport.js'

export interface Endpoint {
  url: string
  /** The AWS region to sign requests for. Default: the region in the address, if it is one of AWS. */
  region?: string | undefined
}

/** The timeout for connecting, in milliseconds. */
const CONNECT_MS = 1000
const AGENT = { keepAlive: true, maxSockets: 64, scheduling: 'lifo' } as const
/** Hostnames of managed domains, with one and with both address families. */
const AWS = [/\.([a-z0-9-]+)\.es\.amazonaws\.com(?:\.cn)?$/, /\.aos\.([a-z0-9-]+)\.on\.aws$/]

/** The region of an endpoint that requires signed requests; null for others. */
export function toRegion({ url, region }: Endpoint): string | null {
  const { protocol, hostname } = new URL(url)
  const ofName = AWS.map(name => name.exec(hostname)?.[1]).find(region => region !== undefined)
  return region ?? (protocol === 'https:' ? (ofName ?? null) : null)
}

function givenUpEarly<S extends Duplex>(socket: S, connected: 'connect' | 'secureConnect'): S {
  const timer = setTimeout(() => socket.destroy(new Error('the connection was not taken in time')), CONNECT_MS)
  const done = () => clearTimeout(timer)
  return socket.once(connected, done).once('close', done)
}

class PlainAgent extends http.Agent {
  override createConnection(...args: Parameters<http.Agent['createConnection']>): Duplex | null | undefined {
    const socket = super.createConnection(...args)
    return socket && givenUpEarly(socket, 'connect')
  }
}

class SecureAgent extends https.Agent {
  override createConnection(...args: Parameters<https.Agent['createConnection']>): Duplex | null | undefined {
    const socket = super.createConnection(...args)
    return socket && givenUpEarly(socket, 'secureConnect')
  }
}

/** Replaces the client's serializer, which includes a parser for numbers of any length that is not needed here. */
const serializer: Transport.Serializer = {
  serialize: body => JSON.stringify(body),
  qserialize: query => new URLSearchParams(query).toString(),
  deserialize: text => {
    try {
      return JSON.parse(text)
    } catch {
      throw new errors.DeserializationError('the answer is not valid JSON')
    }
  },
}

/** @param requestMs the default timeout of a request. */
export function transportTo(endpoint: Endpoint, requestMs: number): Transport {
  const url = new URL(endpoint.url)
  const region = toRegion(endpoint)
  const kind = region === null ? { Connection, Transport } : AwsSigv4Signer({ region, service: 'es' })
  const agent = url.protocol === 'https:' ? new SecureAgent(AGENT) : new PlainAgent(AGENT)
  const { username, password } = url
  const auth = { username: decodeURIComponent(username), password: decodeURIComponent(password) }
  const connection = new kind.Connection({ url, agent: () => agent, ...(username === '' ? {} : { auth }) })
  return new kind.Transport({
    connectionPool: { getConnection: () => connection, markAlive: () => undefined, markDead: () => undefined },
    serializer,
    emit: () => false,
    // A kept-alive socket may be dead; every request can be repeated.
    maxRetries: 1,
    requestTimeout: requestMs,
  })
}
