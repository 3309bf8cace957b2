import { json, jsonResponse, type Route, routeDefaults } from '../route.ts'
import { locationList, locationParams, reachabilityList } from '../schemas/location.ts'
import {
  driftAnswer,
  driftBody,
  pendingAnswer,
  rebuildAnswer,
  resumeQuery,
  viewsAnswer,
} from '../schemas/operations.ts'

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
    summary: 'List locations and their state',
    responses: { 200: jsonResponse(locationList, 'The locations, by name') },
  },
  listReachability: {
    ...operations,
    role: 'agent',
    method: 'GET',
    path: '/v1/reachability',
    trace: 'refusals',
    summary: 'List locations and whether they are reachable',
    responses: { 200: jsonResponse(reachabilityList, 'The locations, by name') },
  },
  removeLocation: {
    ...operations,
    method: 'DELETE',
    path: '/v1/locations/{name}',
    summary: 'Remove a location that was taken down',
    params: locationParams,
    responses: { 200: jsonResponse(locationList, 'The remaining locations, by name') },
    problems: [404, 409],
  },
  countPending: {
    ...operations,
    method: 'GET',
    path: '/v1/pending',
    trace: 'refusals',
    summary: 'Count what waits for a decision',
    responses: { 200: jsonResponse(pendingAnswer, 'The counts, by kind') },
  },
  rebuildViews: {
    ...operations,
    path: '/v1/views/rebuild',
    summary: 'Rebuild the views of this location',
    query: resumeQuery,
    responses: { 200: jsonResponse(viewsAnswer, 'The progress, and the cursor to continue with') },
  },
  rebuildIndex: {
    ...operations,
    path: '/v1/index/rebuild',
    summary: 'Rebuild the search index',
    query: resumeQuery,
    responses: { 200: jsonResponse(rebuildAnswer, 'The progress, and the cursor to continue with') },
  },
  indexDrift: {
    ...operations,
    path: '/v1/index/drift',
    summary: 'Compare the list with the search index, and repair it',
    query: resumeQuery,
    consumes: [json],
    body: driftBody,
    responses: { 200: jsonResponse(driftAnswer, 'The differences, and the cursor to continue with') },
  },
} as const satisfies Record<string, Route>
