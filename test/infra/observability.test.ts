import { readFileSync } from 'node:fs'
import { beforeAll, expect, test } from '@jest/globals'
import type { Template } from 'aws-cdk-lib/assertions'
import { type Json, OTHER, REGION, resourcesOf, stacksOf, textOf } from './stacks.ts'

let board: Template

beforeAll(() => {
  board = stacksOf({ regions: [REGION, OTHER], alarmEmail: 'alarms@example.org' }).get(
    `observability-${REGION}`,
  ) as Template
})

const alarms = () => resourcesOf([board], 'AWS::CloudWatch::Alarm').map(({ Properties }) => Properties)
const nameOf = (alarm: Json) => String(alarm.AlarmName).replace('customer-registry-', '')

test('every alarm says where in the runbook stands what to do, and it stands there', () => {
  const runbook = readFileSync(new URL('../../docs/runbook.md', import.meta.url), 'utf8')
  const headings = [...runbook.matchAll(/^## ([a-z-]+)$/gm)].map(([, heading]) => heading)
  const unanswered = alarms().filter(
    ({ AlarmDescription, ...alarm }) =>
      !headings.some(
        heading => nameOf(alarm).startsWith(String(heading)) && AlarmDescription.endsWith(`docs/runbook.md#${heading}`),
      ),
  )
  expect(unanswered.map(nameOf)).toEqual([])
  const idle = headings.filter(heading => !alarms().some(alarm => nameOf(alarm).startsWith(String(heading))))
  expect(idle).toEqual([])
})

test('every alarm tells somebody, also when it is over', () => {
  const [topic] = resourcesOf([board], 'AWS::SNS::Topic')
  expect(topic?.Properties.KmsMasterKeyId).toBeDefined()
  expect(resourcesOf([board], 'AWS::SNS::Subscription')).toMatchObject([
    { Properties: { Protocol: 'email', Endpoint: 'alarms@example.org' } },
  ])
  for (const { AlarmActions, OKActions } of alarms()) {
    expect(AlarmActions).toHaveLength(1)
    expect(OKActions).toHaveLength(1)
  }
})

test.each([
  'server-errors',
  'slow-answers',
  'late-reconcile',
  'late-project',
  'late-index',
  `late-from-${OTHER}`,
  `silent-${OTHER}`,
  'given-up-reconcile',
  'given-up-project',
  'drift',
  'canary',
  'conflicts',
  'throttled-tables',
  'throttled-functions',
  'blocked-requests',
  'failed-heartbeat',
  'missed-schedule',
  'search-red',
])('there is an alarm %s', name => {
  expect(alarms().map(nameOf)).toContain(name)
})

test('that nothing is heard of another location, or of the index, is an alarm as well', () => {
  const silent = alarms().filter(({ TreatMissingData }) => TreatMissingData === 'breaching')
  expect(silent.map(nameOf).sort()).toEqual(['canary', 'late-index', `silent-${OTHER}`])
})

test('the boards show what the functions measure, under the names that they measure it by', () => {
  const [registry, machine] = resourcesOf([board], 'AWS::CloudWatch::Dashboard')
    .map(({ Properties }) => textOf(Properties.DashboardBody))
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
    expect(machine).toContain(`"${shown}"`)
})

test('an emulator is given no saved queries, no firewall and no replicas', () => {
  const stacks = stacksOf({ regions: [REGION, OTHER], target: 'emulator', search: { kind: 'none' } })
  const types = new Set(resourcesOf(stacks.values()).map(({ Type }) => Type))
  for (const unknown of [
    'AWS::Logs::QueryDefinition',
    'AWS::WAFv2::WebACL',
    'AWS::WAFv2::LoggingConfiguration',
    'AWS::CloudWatch::CompositeAlarm',
  ])
    expect(types).not.toContain(unknown)
  const [table] = resourcesOf([stacks.get('registry') as Template], 'AWS::DynamoDB::GlobalTable')
  expect(table?.Properties.Replicas).toHaveLength(1)
  const secrets = resourcesOf([stacks.get('registry') as Template], 'AWS::SecretsManager::Secret')
  expect(secrets.map(({ Properties }) => Properties.ReplicaRegions)).toEqual(secrets.map(() => [{ Region: OTHER }]))
  // It does not tell which rows a request names, and would refuse every one.
  expect(JSON.stringify([...stacks.values()].map(stack => stack.toJSON()))).not.toContain('dynamodb:LeadingKeys')
})
