import { answer, json, nothing, type Route } from '../route.ts'
import { conflictList, conflictParams, settleBody, settledAnswer } from '../schemas/conflict.ts'
import { pageQuery } from '../schemas/customer.ts'

const conflicts = { ...nothing, function: 'conflicts', tag: 'time', role: 'provider' } as const

export const conflictsRoutes = {
  listConflicts: {
    ...conflicts,
    method: 'GET',
    path: '/v1/conflicts',
    summary: 'What two locations said differently of one field while neither knew of the other',
    query: pageQuery,
    answers: { 200: answer(conflictList, 'A page, by customer') },
  },
  settleConflict: {
    ...conflicts,
    method: 'POST',
    path: '/v1/conflicts/{id}',
    summary: 'Confirm what holds, or put what was lost in its place',
    params: conflictParams,
    types: [json],
    body: settleBody,
    answers: { 200: answer(settledAnswer, 'What was settled, and the version that says so') },
  },
} as const satisfies Record<string, Route>
