import { afterEach, beforeEach, expect, jest, test } from '@jest/globals'
import { CapacityMeter } from '#adapters/dynamodb/capacity-meter.ts'
import { InvalidInput } from '#domain/errors.ts'
import { requestLog } from '#functions/http/middleware/request-log.ts'
import type { RequestState } from '#functions/http/operation.ts'
import { logger } from '#functions/runtime/settings.ts'
import { toRequest, withState } from './request.ts'

let lines: { level: string; message: unknown; entry: unknown }[]
beforeEach(() => {
  lines = []
  for (const level of ['info', 'error'] as const)
    jest.spyOn(logger, level).mockImplementation((message, ...entry) => {
      lines.push({ level, message, entry: entry[0] })
    })
})
afterEach(() => {
  jest.restoreAllMocks()
})

test('a successful request writes one log entry with operation, status, caller and capacity', async () => {
  const request = withState(await toRequest({ body: '{"surname":"Confidential"}' }), {
    name: 'createCustomer',
    request: { actor: 'ada', request_id: 'request-1' } as RequestState['request'],
    services: { meter: new CapacityMeter() } as RequestState['services'],
  })
  request.response = { statusCode: 201, body: '{"surname":"Confidential"}' }
  await requestLog().after?.(request)
  expect(lines).toHaveLength(1)
  expect(lines[0]).toMatchObject({
    level: 'info',
    message: 'answered',
    entry: { operation: 'createCustomer', status: 201, request_id: 'request-1', actor: 'ada' },
  })
  expect(JSON.stringify(lines)).not.toContain('Confidential')
})

test('an internal error is logged by name and stack, without its message', async () => {
  const request = await toRequest()
  request.error = new TypeError('Confidential is not iterable')
  await requestLog().onError?.(request)
  expect(lines).toHaveLength(1)
  expect(lines[0]).toMatchObject({ level: 'error', message: 'failed', entry: { error: { name: 'TypeError' } } })
  expect(JSON.stringify(lines)).not.toContain('Confidential')
})

test('an invalid request is not logged as an error', async () => {
  const request = await toRequest()
  request.error = new InvalidInput([{ pointer: '#/dob', detail: 'is not a date' }])
  await requestLog().onError?.(request)
  expect(lines).toEqual([])
})
