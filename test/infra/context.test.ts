import { expect, test } from '@jest/globals'
import { readContext } from '#lib/context.ts'

test('regions are all that has to be said', () => {
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

test('may be said as JSON, as a command line does', () => {
  expect(readContext('{"regions": ["eu-west-1"], "retentionDays": 30}')).toMatchObject({ retentionDays: 30 })
})

test.each([
  ['nothing at all', undefined, ['regions']],
  ['not valid JSON', '{', ['JSON']],
  ['two faults', { regions: ['Europe'], retentionDays: 0 }, ['regions.0 is no AWS region', 'retentionDays']],
  ['a region twice', { regions: ['eu-west-1', 'eu-west-1'] }, ['names a region twice']],
  ['a member that nobody knows', { regions: ['eu-west-1'], region: 'eu-west-1' }, ['region']],
  [
    'an endpoint for one region of two',
    {
      regions: ['eu-west-1', 'us-east-1'],
      search: { kind: 'endpoint', endpoints: { 'eu-west-1': 'https://a.example' } },
    },
    ['search names no OpenSearch in us-east-1'],
  ],
  ['a plan called common', { regions: ['eu-west-1'], plans: { common: { rate: 1, burst: 1 } } }, ['limits.common']],
])('%s is told, fault by fault', (_, input, faults) => {
  expect.assertions(faults.length)
  try {
    readContext(input)
  } catch (error) {
    for (const fault of faults) expect(String(error)).toContain(fault)
  }
})
