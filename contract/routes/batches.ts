import * as z from 'zod'
import { csv, jsonResponse, ndjson, type Route, routeDefaults } from '../route.ts'
import { batch, batchParams, batchQuery } from '../schemas/batch.ts'

const batches = { ...routeDefaults, function: 'batches', tag: 'batches', role: 'agent' } as const

const bodyExamples = {
  [ndjson]: ['{"id": "7", "surname": "Adeyemi", "valid_from": "2019-05-01"}\n{"id": "8", "action": "delete"}\n'],
  [csv]: ['id,surname,given_name\n7,Adeyemi,Ada\n'],
}

export const batchesRoutes = {
  createBatch: {
    ...batches,
    method: 'POST',
    path: '/v1/batches',
    trace: 'always',
    summary: 'Ingest up to 500 rows',
    throttle: { rate: 20, burst: 40 },
    query: batchQuery,
    headers: ['Idempotency-Key'],
    consumes: [ndjson, csv],
    body: z.string().meta({ pattern: '\\S', examples: Object.values(bodyExamples).flat() }),
    bodyExamples,
    responses: { 200: jsonResponse(batch, 'The result of each row') },
  },
  getBatch: {
    ...batches,
    method: 'GET',
    path: '/v1/batches/{id}',
    summary: 'Get the results of a batch',
    params: batchParams,
    responses: { 200: jsonResponse(batch, 'The batch') },
  },
} as const satisfies Record<string, Route>
