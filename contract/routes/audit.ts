import { csv, jsonResponse, ndjson, type Route, routeDefaults } from '../route.ts'
import { auditList, auditQuery, auditVerification, summaryAnswer, summaryQuery } from '../schemas/audit.ts'
import { resumeQuery } from '../schemas/operations.ts'

const audit = { ...routeDefaults, function: 'audit', tag: 'audit', trace: 'always' } as const

export const auditRoutes = {
  listAudit: {
    ...audit,
    role: 'agent',
    method: 'GET',
    path: '/v1/audit',
    summary: 'Every transaction, a page at a time; an agent sees their own. As JSON, CSV or NDJSON (Accept)',
    query: auditQuery,
    responses: { 200: { ...jsonResponse(auditList, 'A page'), textVariants: [csv, ndjson] } },
  },
  auditSummary: {
    ...audit,
    role: 'provider',
    method: 'GET',
    path: '/v1/audit/summary',
    summary: 'How many transactions by day, actor, action and location',
    query: summaryQuery,
    responses: { 200: jsonResponse(summaryAnswer, 'Counts') },
  },
  verifyAudit: {
    ...audit,
    role: 'provider',
    method: 'POST',
    path: '/v1/audit/verify',
    summary:
      'Compares what is there with what the locations sealed, a few seconds of it a request: ask again with `next`',
    query: resumeQuery,
    responses: { 200: jsonResponse(auditVerification, 'What differs, and the cursor to go on with') },
  },
} as const satisfies Record<string, Route>
