/** The parts of OpenSearch's client that are used here; the whole is seven times as large, and its own types are written for that. */
declare module '@opensearch-project/opensearch/lib/Connection.js' {
  import type { Agent } from 'node:http'

  class Connection {
    constructor(options: { url: URL; agent: () => Agent; auth?: { username: string; password: string } })
  }
  export = Connection
}

declare module '@opensearch-project/opensearch/lib/Transport.js' {
  import type Connection from '@opensearch-project/opensearch/lib/Connection.js'

  namespace Transport {
    interface Pool {
      getConnection(): Connection
      markAlive(): void
      markDead(): void
    }

    interface Serializer {
      serialize(body: unknown): string
      qserialize(query: Record<string, string> | undefined): string
      deserialize(text: string): unknown
    }

    interface Options {
      connectionPool: Pool
      serializer: Serializer
      emit(event: string): boolean
      maxRetries: number
      requestTimeout: number
    }

    interface Request {
      method: string
      path: string
      querystring?: Record<string, string>
      body?: object
      bulkBody?: string
    }

    interface Answer extends Promise<{ statusCode: number; body: unknown }> {
      abort(): void
    }
  }

  class Transport {
    constructor(options: Transport.Options)
    request(request: Transport.Request, options: { requestTimeout: number }): Transport.Answer
  }
  export = Transport
}

declare module '@opensearch-project/opensearch/aws-v3' {
  export function AwsSigv4Signer(options: { region: string; service: 'es' }): {
    Connection: typeof import('@opensearch-project/opensearch/lib/Connection.js')
    Transport: typeof import('@opensearch-project/opensearch/lib/Transport.js')
  }
}

declare module '@opensearch-project/opensearch/lib/errors.js' {
  interface Meta {
    statusCode: number | null
    headers: Record<string, string | undefined> | null
    body: unknown
  }

  const errors: {
    ResponseError: new (meta: Meta) => Error & { meta: Meta }
    ConnectionError: new (message: string) => Error
    TimeoutError: new (message: string) => Error
    RequestAbortedError: new (message: string) => Error
    NoLivingConnectionsError: new (message: string) => Error
    DeserializationError: new (message: string) => Error
  }
  export = errors
}
