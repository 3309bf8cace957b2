import { readFileSync } from 'node:fs'
import { beforeAll, expect, test } from '@jest/globals'
import type { Template } from 'aws-cdk-lib/assertions'
import { getResources, type Json, OTHER_REGION, REGION, resolveText, synthStacks } from './stacks.ts'

let template: Template

beforeAll(() => {
  template = synthStacks({ regions: [REGION, OTHER_REGION], alarmEmail: 'alarms@example.org' }).get(
    `observability-${REGION}`,
  ) as Template
})

const alarms = () => getResources([template], 'AWS::CloudWatch::Alarm').map(({ Properties }) => Properties)
const getAlarmName = (alarm: Json) => String(alarm.AlarmName).replace('customer-registry-', '')

test('every alarm links to its section of the runbook', () => {
  const runbook = readFileSync(new URL('../../docs/runbook.md', import.meta.url), 'utf8')
  const headings = [...runbook.matchAll(/^## ([a-z-]+)$/gm)].map(([, heading]) => heading)
  const unanswered = alarms().filter(
    ({ AlarmDescription, ...alarm }) =>
      !headings.some(
        heading =>
          getAlarmName(alarm).startsWith(String(heading)) && AlarmDescription.endsWith(`docs/runbook.md#${heading}`),
      ),
  )
  expect(unanswered.map(getAlarmName)).toEqual([])
  const unusedHeadings = headings.filter(
    heading => !alarms().some(alarm => getAlarmName(alarm).startsWith(String(heading))),
  )
  expect(unusedHeadings).toEqual([])
})

test('every alarm notifies when it starts and when it ends', () => {
  const [topic] = getResources([template], 'AWS::SNS::Topic')
  expect(topic?.Properties.KmsMasterKeyId).toBeDefined()
  expect(getResources([template], 'AWS::SNS::Subscription')).toMatchObject([
    { Properties: { Protocol: 'email', Endpoint: 'alarms@example.org' } },
  ])
  for (const { AlarmActions, OKActions } of alarms()) {
    expect(AlarmActions).toHaveLength(1)
    expect(OKActions).toHaveLength(1)
  }
})

test.each([
  'server-errors',
  'latency',
  'lag-reconcile',
  'lag-project',
  'lag-index',
  `lag-from-${OTHER_REGION}`,
  `unreachable-${OTHER_REGION}`,
  'dead-letters-reconcile',
  'dead-letters-project',
  'drift',
  'canary',
  'conflicts',
  'throttled-tables',
  'throttled-functions',
  'blocked-requests',
  'scheduled-errors-heartbeat',
  'missed-schedule',
  'search-red',
])('there is an alarm %s', name => {
  expect(alarms().map(getAlarmName)).toContain(name)
})

test('missing data of another location, the canary or the index is an alarm as well', () => {
  const breachingOnMissing = alarms().filter(({ TreatMissingData }) => TreatMissingData === 'breaching')
  expect(breachingOnMissing.map(getAlarmName).sort()).toEqual(['canary', 'lag-index', `unreachable-${OTHER_REGION}`])
})

test('the dashboards show the metrics of the functions under their published names', () => {
  const [registry, operations] = getResources([template], 'AWS::CloudWatch::Dashboard')
    .map(({ Properties }) => resolveText(Properties.DashboardBody))
    .sort((a, b) => Number(a.includes('Requests')) - Number(b.includes('Requests')))
  for (const shown of [
    'Created',
    'Lookups',
    'Searches',
    'Matches',
    'Batches',
    'Conflicts',
    'Expired',
    'Removed',
    'LocationUp',
  ])
    expect(registry).toContain(`"${shown}"`)
  for (const shown of [
    'Latency',
    'IteratorAge',
    'ReplicationLag',
    'IndexLag',
    'Drift',
    'CanaryTime',
    'CanaryFailed',
    'BlockedRequests',
    'ConsumedWriteCapacityUnits',
  ])
    expect(operations).toContain(`"${shown}"`)
})

test('the emulator gets no saved queries, no firewall and no replicas', () => {
  const stacks = synthStacks({ regions: [REGION, OTHER_REGION], target: 'emulator', search: { kind: 'none' } })
  const types = new Set(getResources(stacks.values()).map(({ Type }) => Type))
  for (const unknown of [
    'AWS::Logs::QueryDefinition',
    'AWS::WAFv2::WebACL',
    'AWS::WAFv2::LoggingConfiguration',
    'AWS::CloudWatch::CompositeAlarm',
  ])
    expect(types).not.toContain(unknown)
  const [table] = getResources([stacks.get('registry') as Template], 'AWS::DynamoDB::GlobalTable')
  expect(table?.Properties.Replicas).toHaveLength(1)
  const secrets = getResources([stacks.get('registry') as Template], 'AWS::SecretsManager::Secret')
  expect(secrets.map(({ Properties }) => Properties.ReplicaRegions)).toEqual(
    secrets.map(() => [{ Region: OTHER_REGION }]),
  )
  // The emulator does not evaluate the keys of a request and would refuse every one.
  expect(JSON.stringify([...stacks.values()].map(stack => stack.toJSON()))).not.toContain('dynamodb:LeadingKeys')
})
