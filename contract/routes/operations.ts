import { json, jsonResponse, type Route, routeDefaults } from '../route.ts'
import { locationList, locationParams } from '../schemas/location.ts'
import { driftAnswer, driftBody, rebuildAnswer, resumeQuery, viewsAnswer } from '../schemas/operations.ts'

const operations = {
  ...routeDefaults,
  function: 'operations',
  tag: 'operations',
  role: 'provider',
  method: 'POST',
  trace: 'always',
} as const

export const operationsRoutes = {
  listLocations: {
    ...operations,
    method: 'GET',
    path: '/v1/locations',
    summary: 'The locations as this one knows them: whether they were heard of, how far behind, what is in conflict',
    responses: { 200: jsonResponse(locationList, 'By name') },
  },
  removeLocation: {
    ...operations,
    method: 'DELETE',
    path: '/v1/locations/{name}',
    summary: 'Take a location off that was taken down for good, so that nothing waits for it any more',
    params: locationParams,
    responses: { 200: jsonResponse(locationList, 'Those that are left, by name') },
    problems: [404, 409],
  },
  rebuildViews: {
    ...operations,
    path: '/v1/views/rebuild',
    summary: "Make this location's views anew from the registry, a few seconds of it a request",
    query: resumeQuery,
    responses: { 200: jsonResponse(viewsAnswer, 'What was done, and the cursor to go on with') },
  },
  rebuildIndex: {
    ...operations,
    path: '/v1/index/rebuild',
    summary: 'Make the search index anew, a few seconds of it a request: ask again with `next` until that is null',
    query: resumeQuery,
    responses: { 200: jsonResponse(rebuildAnswer, 'What was done, and the cursor to go on with') },
  },
  indexDrift: {
    ...operations,
    path: '/v1/index/drift',
    summary: 'What differs between the list and the search index, part by part; and, if asked, put it right',
    query: resumeQuery,
    consumes: [json],
    body: driftBody,
    responses: { 200: jsonResponse(driftAnswer, 'What differs, and the cursor to go on with') },
  },
} as const satisfies Record<string, Route>
