import { answer, csv, ndjson, nothing, type Route } from '../route.ts'
import { auditList, auditQuery, auditVerification, summaryAnswer, summaryQuery } from '../schemas/audit.ts'
import { workQuery } from '../schemas/operations.ts'

const audit = { ...nothing, function: 'audit', tag: 'audit', trace: 'always' } as const

export const auditRoutes = {
  listAudit: {
    ...audit,
    role: 'agent',
    method: 'GET',
    path: '/v1/audit',
    summary: 'Every transaction, a page at a time; an agent sees their own. As JSON, CSV or NDJSON (Accept)',
    query: auditQuery,
    answers: { 200: { ...answer(auditList, 'A page'), pages: [csv, ndjson] } },
  },
  auditSummary: {
    ...audit,
    role: 'provider',
    method: 'GET',
    path: '/v1/audit/summary',
    summary: 'How many transactions by day, actor, action and location',
    query: summaryQuery,
    answers: { 200: answer(summaryAnswer, 'Counts') },
  },
  verifyAudit: {
    ...audit,
    role: 'provider',
    method: 'POST',
    path: '/v1/audit/verify',
    summary:
      'Compares what is there with what the locations sealed, a few seconds of it a request: ask again with `next`',
    query: workQuery,
    answers: { 200: answer(auditVerification, 'What differs, and the cursor to go on with') },
  },
} as const satisfies Record<string, Route>
