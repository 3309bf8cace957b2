import { Meter } from '#adapters/dynamodb/meter.ts'
import { connect, documentsOf, Tables } from '#adapters/dynamodb/tables.ts'
import { once, settings } from './settings.ts'

const documents = once(() => documentsOf(connect({ endpoint: settings().DYNAMODB_ENDPOINT })))

/** The two tables, by the process's one client. */
export function tablesFor(meter = new Meter()): Tables {
  const { REGISTRY_TABLE: registry, VIEWS_TABLE: views } = settings()
  return new Tables(documents(), { registry, views }, meter)
}
