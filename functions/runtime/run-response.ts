import type { RunReport } from '#contract/schemas/retention.ts'
import type { StoredRun } from '#domain/retention/port.ts'

/** A report of a purge run as callers see it: ids of rows stay inside. */
export const toRunResponse = ({ next: _, purges: __, id, ...report }: StoredRun): RunReport => ({
  id: Buffer.from(id).toString('base64url'),
  ...report,
})
