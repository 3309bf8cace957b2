import { Meter } from '#adapters/dynamodb/meter.ts'
import { connect, documentsOf, Tables } from '#adapters/dynamodb/tables.ts'
import { getSettings, lazy } from './settings.ts'

const getDocumentClient = lazy(() => documentsOf(connect({ endpoint: getSettings().DYNAMODB_ENDPOINT })))

/** The two tables, by the process's one client. */
export function createTables(meter = new Meter()): Tables {
  const { REGISTRY_TABLE: registry, VIEWS_TABLE: views } = getSettings()
  return new Tables(getDocumentClient(), { registry, views }, meter)
}
