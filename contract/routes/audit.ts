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
    summary: 'List audit entries, as JSON, CSV or NDJSON',
    query: auditQuery,
    responses: { 200: { ...jsonResponse(auditList, 'A page of entries'), textVariants: [csv, ndjson] } },
  },
  auditSummary: {
    ...audit,
    role: 'provider',
    method: 'GET',
    path: '/v1/audit/summary',
    summary: 'Count audit entries by day, actor, action and location',
    query: summaryQuery,
    responses: { 200: jsonResponse(summaryAnswer, 'A page of counts') },
  },
  verifyAudit: {
    ...audit,
    role: 'provider',
    method: 'POST',
    path: '/v1/audit/verify',
    summary: 'Verify the audit log against its seals',
    query: resumeQuery,
    responses: { 200: jsonResponse(auditVerification, 'The differences, and the cursor to continue with') },
  },
} as const satisfies Record<string, Route>
