import { expect, test } from '@jest/globals'
import { AUDIT_ACTIONS } from '#contract/audit-actions.ts'
import { toAuditPolicy } from '#contract/route.ts'
import { routes } from '#contract/routes.ts'
import { auditQuery } from '#contract/schemas/audit.ts'
import { action } from '#domain/records/version.ts'

test('the audit can be filtered by every change and every operation that it records, and by nothing else', () => {
  const operations = Object.entries(routes).flatMap(([name, route]) => (toAuditPolicy(route) === 'none' ? [] : [name]))
  expect([...AUDIT_ACTIONS].sort()).toEqual([...action.options, ...operations, 'unknown'].sort())
})

test('an unknown action is refused with the known ones', () => {
  const { error } = auditQuery.safeParse({ action: 'serach' })
  expect(error?.issues.map(({ path }) => path)).toEqual([['action']])
  expect(error?.issues[0]?.message).toMatch(/^is unknown\. Known are: create, update, .*\bsearch, .*/)
})
