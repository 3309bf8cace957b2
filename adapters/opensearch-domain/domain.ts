import {
  DescribeDomainCommand,
  DomainProcessingStatusType,
  type DomainStatus,
  OpenSearchClient,
} from '@aws-sdk/client-opensearch'
import type { SearchDomain } from '#contract/schemas/service.ts'

/** The timeout, in milliseconds: callers of `/ping` expect an answer soon. */
const TIMEOUT_MS = 2000

const { ACTIVE, CREATING, DELETING, ISOLATED, MODIFYING, UPDATING, UPGRADING } = DomainProcessingStatusType

const states: Record<string, SearchDomain['state']> = {
  [ACTIVE]: 'active',
  [CREATING]: 'creating',
  [MODIFYING]: 'changing',
  [UPDATING]: 'changing',
  [UPGRADING]: 'changing',
  [ISOLATED]: 'isolated',
  [DELETING]: 'deleting',
}

/** The state of a domain. Emulators that do not report one report flags. */
function toState(domain: DomainStatus): SearchDomain['state'] {
  if (domain.Deleted) return 'deleting'
  if (domain.DomainProcessingStatus) return states[domain.DomainProcessingStatus] ?? 'unknown'
  if (domain.Created === false) return 'creating'
  return domain.Processing || domain.UpgradeProcessing ? 'changing' : 'active'
}

/**
 * Reads the state of a managed domain from Amazon OpenSearch Service. Never throws: without an answer in two seconds, the state is
 * `unknown`. Region, credentials and, if set, the endpoint (`AWS_ENDPOINT_URL_OPENSEARCH`) come from the environment, as for every AWS
 * client.
 */
export function searchDomain(name: string): () => Promise<SearchDomain> {
  const client = new OpenSearchClient({ maxAttempts: 1 })
  return async () => {
    const command = new DescribeDomainCommand({ DomainName: name })
    try {
      const { DomainStatus } = await client.send(command, { abortSignal: AbortSignal.timeout(TIMEOUT_MS) })
      if (DomainStatus)
        return { name, state: toState(DomainStatus), engine_version: DomainStatus.EngineVersion ?? null }
    } catch {
      // CloudTrail has the reason of a failure; `/ping` reports only what is known.
    }
    return { name, state: 'unknown', engine_version: null }
  }
}
