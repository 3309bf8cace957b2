import type { Location } from '../location.ts'
import type { ApiStack } from '../stacks/api-stack.ts'
import type { ProjectionsStack } from '../stacks/projections-stack.ts'
import type { SchedulesStack } from '../stacks/schedules-stack.ts'

/** What of a region is monitored. */
export interface MonitoredRegion {
  location: Location
  projections: ProjectionsStack
  api: ApiStack
  schedules: SchedulesStack
}
