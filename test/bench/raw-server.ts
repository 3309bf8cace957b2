/**
 * The least that an HTTP server does: it answers every request with the same bytes, as it is, after one GetItem of the SDK, or after one
 * GetItem through a plain HTTP client with open connections. `bench:api` starts it: node test/bench/raw-server.ts MODE ENDPOINT KEY BODY.
 */
import { once } from 'node:events'
import { createServer } from 'node:http'
import { GetItemCommand } from '@aws-sdk/client-dynamodb'
import * as z from 'zod'
import { connect } from '#adapters/dynamodb/sdk-documents.ts'
import { TABLES } from '#local/names.ts'
import { createPlainClient } from './plain-client.ts'

const arguments_ = z.tuple([z.enum(['bare', 'sdk', 'http']), z.url(), z.string(), z.string()])
const [mode, endpoint, key, body] = arguments_.parse(process.argv.slice(2))
const { pk, sk } = z.object({ pk: z.string(), sk: z.string() }).parse(JSON.parse(key))
const input = { TableName: TABLES.views, Key: { pk: { S: pk }, sk: { S: sk } } }

function getItemOfSdk(): () => Promise<unknown> {
  const client = connect({ endpoint })
  return () => client.send(new GetItemCommand(input))
}

function getItemOfHttp(): () => Promise<unknown> {
  const call = createPlainClient(endpoint)
  const content = JSON.stringify(input)
  return () => call('GetItem', content)
}

const read = mode === 'bare' ? async () => undefined : mode === 'sdk' ? getItemOfSdk() : getItemOfHttp()
await read()
const server = createServer((_request, response) => {
  read().then(
    () => {
      response.writeHead(200, { 'Content-Type': 'application/json' })
      response.end(body)
    },
    () => {
      response.writeHead(500)
      response.end()
    },
  )
})
server.listen(0, '127.0.0.1')
await once(server, 'listening')
const address = server.address()
process.send?.({ port: typeof address === 'object' ? address?.port : null })
process.on('disconnect', () => process.exit(0))
