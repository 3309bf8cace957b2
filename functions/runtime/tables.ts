import { CapacityMeter } from '#adapters/dynamodb/capacity-meter.ts'
import { connect, Tables, toDocumentClient } from '#adapters/dynamodb/tables.ts'
import { getSettings, lazy } from './settings.ts'

const getDocumentClient = lazy(() => {
  const { DYNAMODB_ENDPOINT: endpoint, DYNAMODB_CLIENT } = getSettings()
  const client = connect({ endpoint })
  if (endpoint === undefined || DYNAMODB_CLIENT === 'sdk') return toDocumentClient(client)
  return toDocumentClient(client, { endpoint, isGrouped: DYNAMODB_CLIENT === 'grouped' })
})

/** The two tables, through the process's shared client. */
export function createTables(meter = new CapacityMeter()): Tables {
  const { REGISTRY_TABLE: registry, VIEWS_TABLE: views } = getSettings()
  return new Tables(getDocumentClient(), { registry, views }, meter)
}
