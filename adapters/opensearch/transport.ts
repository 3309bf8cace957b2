/** The way to a cluster: its address, sockets that are given up early, and signatures where AWS wants them. */
import http from 'node:http'
import https from 'node:https'
import type { Duplex } from 'node:stream'
import { AwsSigv4Signer } from '@opensearch-project/opensearch/aws-v3'
import Connection from '@opensearch-project/opensearch/lib/Connection.js'
import errors from '@opensearch-project/opensearch/lib/errors.js'
import Transport from '@opensearch-project/opensearch/lib/Transport.js'

export interface Endpoint {
  url: string
  /** The AWS region for which requests are signed; absent: as the address tells, which is not at all where it is none of AWS's. */
  region?: string | undefined
}

/** A host that does not take a connection in this time is not there. */
const CONNECT_MS = 1000
const AGENT = { keepAlive: true, maxSockets: 64, scheduling: 'lifo' } as const
/** Names of managed domains, with one address family and with both. */
const AWS = [/\.([a-z0-9-]+)\.es\.amazonaws\.com(?:\.cn)?$/, /\.aos\.([a-z0-9-]+)\.on\.aws$/]

/** The region of an endpoint that wants signed requests; null where it wants none. */
export function toRegion({ url, region }: Endpoint): string | null {
  const { protocol, hostname } = new URL(url)
  const ofName = AWS.map(name => name.exec(hostname)?.[1]).find(found => found !== undefined)
  return region ?? (protocol === 'https:' ? (ofName ?? null) : null)
}

function givenUpEarly<S extends Duplex>(socket: S, connected: 'connect' | 'secureConnect'): S {
  const timer = setTimeout(() => socket.destroy(new Error('the connection was not taken in time')), CONNECT_MS)
  const done = () => clearTimeout(timer)
  return socket.once(connected, done).once('close', done)
}

class PlainAgent extends http.Agent {
  override createConnection(...made: Parameters<http.Agent['createConnection']>): Duplex | null | undefined {
    const socket = super.createConnection(...made)
    return socket && givenUpEarly(socket, 'connect')
  }
}

class SecureAgent extends https.Agent {
  override createConnection(...made: Parameters<https.Agent['createConnection']>): Duplex | null | undefined {
    const socket = super.createConnection(...made)
    return socket && givenUpEarly(socket, 'secureConnect')
  }
}

/** The client's own brings a parser for numbers of any length along, which nothing here has. */
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

/** @param requestMs after which a silent answer is given up, where a request does not say. */
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
    // A socket that was kept may have died meanwhile; everything that is sent can be sent twice.
    maxRetries: 1,
    requestTimeout: requestMs,
  })
}
