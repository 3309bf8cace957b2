/**
 * `npm run restore -- --from TABLE --region REGION`: copies what the registry lacks from a table that was restored from a backup
 * (docs/runbook.md). Requires credentials to read the one and write the other. DYNAMODB_ENDPOINT selects another engine.
 */
import { parseArgs } from 'node:util'
import { DynamoRecordStore } from '#adapters/dynamodb/record-store.ts'
import { connect, toDocuments } from '#adapters/dynamodb/sdk-documents.ts'
import { Tables } from '#adapters/dynamodb/tables.ts'
import { TABLES } from '#lib/names.ts'
import { restoreMissing } from './restore/restore-missing.ts'

const { from, region, to } = parseArgs({
  options: { from: { type: 'string' }, region: { type: 'string' }, to: { type: 'string', default: TABLES.registry } },
}).values
if (from === undefined || region === undefined || from === to) {
  console.error('Which table, and where? npm run restore -- --from customer-registry-restored --region eu-west-1')
  process.exit(1)
}
process.env.AWS_REGION = region
const client = connect({ endpoint: process.env.DYNAMODB_ENDPOINT })
const records = new DynamoRecordStore(new Tables(toDocuments(client), { registry: to, views: TABLES.views }))
const { read, put, there, buried } = await restoreMissing(client, { from, registry: to }, records)
console.log(`${read} rows read: ${put} put back, ${there} were there, ${buried} lie under a grave and stay away`)
client.destroy()
