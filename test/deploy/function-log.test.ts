import { expect, test } from '@jest/globals'
import { readFunctionLog } from './function-log.ts'

const log = `2026-11-29 22:58:28 INFO [lambda] ESM: Lambda customer-registry-reconcile processed 1 DynamoDB stream records
2026-11-29 22:58:30 INFO [lambda] ESM: Lambda customer-registry-project output:
{"level":"ERROR","message":"record not taken","timestamp":"2026-11-29T22:58:30.195Z","itemIdentifier":"1","error":"AccessDeniedException"}
2026-11-29 22:58:33 INFO [lambda] ESM: Lambda customer-registry-project output:
{"level":"ERROR","message":"record not taken","timestamp":"2026-11-29T22:58:33.441Z","itemIdentifier":"2","error":"AccessDeniedException"}
2026-11-29 22:58:34 INFO [lambda] ESM: Lambda customer-registry-reconcile output:
{"level":"INFO","message":"records taken","timestamp":"2026-11-29T22:58:34.441Z"}
{"level":"ERROR","message":"record not taken","timestamp":"2026-11-29T22:58:35.441Z","itemIdentifier":"3","error":"TimeoutError"}`

test('calls that a function may not make are told with the function, once for each kind', () => {
  expect(readFunctionLog(log).denied).toEqual([
    '2 × customer-registry-project: {"level":"ERROR","message":"record not taken","error":"AccessDeniedException"}',
  ])
})

test('faults are told apart from them', () => {
  expect(readFunctionLog(log).faults).toEqual([
    '1 × customer-registry-reconcile: {"level":"ERROR","message":"record not taken","error":"TimeoutError"}',
  ])
})

test('a log without faults has none', () => {
  expect(readFunctionLog('2026-11-29 22:58:28 INFO ready')).toEqual({ denied: [], faults: [] })
})
