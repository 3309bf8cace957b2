import type { ApiStack } from '../api.ts'
import type { ProjectionsStack } from '../projections.ts'
import type { RetentionStack } from '../retention.ts'
import type { Location } from './location.ts'

/** What of a region is watched. */
export interface Watched {
  location: Location
  projections: ProjectionsStack
  api: ApiStack
  retention: RetentionStack
}
