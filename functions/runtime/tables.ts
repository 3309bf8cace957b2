import { CapacityMeter } from '#adapters/dynamodb/capacity-meter.ts'
import { DirectDocuments, SdkOnDemand } from '#adapters/dynamodb/direct-documents.ts'
import type { Documents } from '#adapters/dynamodb/documents.ts'
import { toRegionalTarget } from '#adapters/dynamodb/regional-target.ts'
import { Tables } from '#adapters/dynamodb/tables.ts'
import { LOCAL_IDENTITY } from '#adapters/signed-posts.ts'
import { lazy } from '#domain/lazy.ts'
import { getSettings } from './settings.ts'

const getDocuments = lazy((): Documents => {
  const { DYNAMODB_ENDPOINT: endpoint, DYNAMODB_CLIENT } = getSettings()
  const openSdk = async () => {
    const { connect, toDocuments } = await import('#adapters/dynamodb/sdk-documents.ts')
    return toDocuments(connect({ endpoint }))
  }
  const target = endpoint === undefined ? toRegionalTarget(process.env) : { endpoint, identity: LOCAL_IDENTITY }
  if (target === null || DYNAMODB_CLIENT === 'sdk') return new SdkOnDemand(openSdk)
  return new DirectDocuments({ ...target, openSdk, isGrouped: DYNAMODB_CLIENT === 'grouped' })
})

/** The two tables, through the process's shared client. */
export function createTables(meter = new CapacityMeter()): Tables {
  const { REGISTRY_TABLE: registry, VIEWS_TABLE: views } = getSettings()
  return new Tables(getDocuments(), { registry, views }, meter)
}
