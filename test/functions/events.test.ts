import { mkdtemp, readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  APIGatewayProxyEventSchema,
  APIGatewayRequestAuthorizerEventSchema,
} from '@aws-lambda-powertools/parser/schemas/api-gateway'
import { DynamoDBStreamSchema } from '@aws-lambda-powertools/parser/schemas/dynamodb'
import { EventBridgeSchema } from '@aws-lambda-powertools/parser/schemas/eventbridge'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import * as z from 'zod'
import type { FunctionSpec } from '#contract/function-spec.ts'
import { functionSpecs } from '#contract/functions.ts'
import type { Route } from '#contract/route.ts'
import { routes } from '#contract/routes.ts'
import { invoke } from '#local/invocation.ts'
import { type FunctionEnvironment, sampleEvent, startFunctionEnvironment } from './function-environment.ts'

const [ACCOUNT, REGION] = ['123456789012', 'eu-west-1']

/** The event that EventBridge Scheduler sends when a schedule has no input. */
const scheduledEvent = (name: string) =>
  EventBridgeSchema.extend({
    source: z.literal('aws.scheduler'),
    'detail-type': z.literal('Scheduled Event'),
    resources: z.tuple([z.literal(`arn:aws:scheduler:${REGION}:${ACCOUNT}:schedule/customer-registry/${name}`)]),
    detail: z.literal('{}'),
  })

/** A stream event whose records all belong to one table. */
const toStreamSchema = (table: string) =>
  DynamoDBStreamSchema.refine(({ Records }) =>
    Records.every(({ eventSourceARN }) => String(eventSourceARN).includes(`:table/${table}/stream/`)),
  )

const getRoutes = (name: string) => Object.values<Route>(routes).filter(route => route.function === name)
/** An API Gateway event for a route of the function. */
const toRequestSchema = (name: string) =>
  APIGatewayProxyEventSchema.refine(({ resource, httpMethod }) =>
    getRoutes(name).some(({ method, path }) => method === httpMethod && path === resource),
  )

interface Sample {
  file: string
  schema: z.ZodType
  /** The expected result of invoking the function with it. */
  outcome: object | undefined
}

function getSample(name: string, { trigger }: FunctionSpec): Sample {
  if (trigger === undefined)
    return {
      file: name,
      schema: toRequestSchema(name),
      outcome: { statusCode: expect.any(Number), body: expect.any(String) },
    }
  if (trigger === 'authorizer')
    return { file: name, schema: APIGatewayRequestAuthorizerEventSchema, outcome: new Error('Unauthorized') }
  if ('stream' in trigger)
    return {
      file: `${trigger.stream}-stream`,
      schema: toStreamSchema(trigger.stream),
      outcome: { batchItemFailures: [] },
    }
  return { file: name, schema: scheduledEvent(name), outcome: undefined }
}

const samples = [...functionSpecs].map(([name, spec]): [string, Sample] => [name, getSample(name, spec)])

let environment: FunctionEnvironment
beforeAll(async () => {
  environment = await startFunctionEnvironment()
  process.env.TOKEN_USERS_FILE = join(await mkdtemp(join(tmpdir(), 'registry-users-')), 'users.db')
})
afterAll(() => environment.engine.stop())

describe.each(samples)('the sample event of %s', (name, { file, schema, outcome }) => {
  test("exists and matches its trigger's schema", async () => {
    expect(schema.safeParse(await sampleEvent(file))).toMatchObject({ success: true })
  })

  test('is handled', async () => {
    const response: unknown = await invoke(name, await sampleEvent(file)).catch((error: unknown) => error)
    if (outcome === undefined || outcome instanceof Error) expect(response).toEqual(outcome)
    else expect(response).toMatchObject(outcome)
    const { success, data } = z.object({ statusCode: z.number() }).safeParse(response)
    if (success) expect([200, 201]).toContain(data.statusCode)
  })
})

test('every sample event belongs to a function', async () => {
  const files = await readdir(fileURLToPath(new URL('../../events', import.meta.url)))
  expect(files.sort()).toEqual(samples.map(([, { file }]) => `${file}.json`).sort())
})
