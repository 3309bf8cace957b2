import { expect, test } from '@jest/globals'
import { readContext } from '#lib/context.ts'

test('only the regions are required', () => {
  expect(readContext({ regions: ['eu-west-1'] })).toEqual({
    regions: ['eu-west-1'],
    search: { kind: 'managed', form: 'single-node' },
    modules: { lookup: true, purchases: true, page: true },
    retentionDays: 3650,
    logDays: 365,
    target: 'aws',
    plans: {},
    limits: { stage: { rate: 200, burst: 400 }, common: { rate: 100, burst: 200 } },
  })
})

test('a context may be JSON text, as on a command line', () => {
  expect(readContext('{"regions": ["eu-west-1"], "retentionDays": 30}')).toMatchObject({ retentionDays: 30 })
})

test.each([
  ['no context', undefined, ['regions']],
  ['invalid JSON', '{', ['JSON']],
  ['two errors', { regions: ['Europe'], retentionDays: 0 }, ['regions.0 is no AWS region', 'retentionDays']],
  ['a repeated region', { regions: ['eu-west-1', 'eu-west-1'] }, ['names a region twice']],
  ['an unknown member', { regions: ['eu-west-1'], region: 'eu-west-1' }, ['region']],
  [
    'an endpoint for one of two regions',
    {
      regions: ['eu-west-1', 'us-east-1'],
      search: { kind: 'endpoint', endpoints: { 'eu-west-1': 'https://a.example' } },
    },
    ['search names no OpenSearch in us-east-1'],
  ],
  ['a plan called common', { regions: ['eu-west-1'], plans: { common: { rate: 1, burst: 1 } } }, ['limits.common']],
])('%s is reported error by error', (_, input, faults) => {
  expect.assertions(faults.length)
  try {
    readContext(input)
  } catch (error) {
    for (const fault of faults) expect(String(error)).toContain(fault)
  }
})
