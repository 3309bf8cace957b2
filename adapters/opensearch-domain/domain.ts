import {
  DescribeDomainCommand,
  DomainProcessingStatusType,
  type DomainStatus,
  OpenSearchClient,
} from '@aws-sdk/client-opensearch'
import type { SearchDomain } from '#contract/schemas/service.ts'

/** How long is waited for the answer, in milliseconds: whoever pings has not much time. */
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

/** What a domain is about; engines that know no such word say it by flags. */
function toState(domain: DomainStatus): SearchDomain['state'] {
  if (domain.Deleted) return 'deleting'
  if (domain.DomainProcessingStatus) return states[domain.DomainProcessingStatus] ?? 'unknown'
  if (domain.Created === false) return 'creating'
  return domain.Processing || domain.UpgradeProcessing ? 'changing' : 'active'
}

/**
 * Asks Amazon OpenSearch Service for the state of a managed domain. Never throws: where no answer comes in two seconds, the state is
 * unknown. Region, credentials and (`AWS_ENDPOINT_URL_OPENSEARCH`) another endpoint are told by the environment, as for every client of AWS.
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
      // Why it cannot be asked is in AWS's own log; the ping is about what is known.
    }
    return { name, state: 'unknown', engine_version: null }
  }
}
