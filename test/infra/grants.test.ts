import { globSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from '@jest/globals'
import type { Template } from 'aws-cdk-lib/assertions'
import { functionSpecs } from '#contract/functions.ts'
import { getResources, type Json, REGION, type Resource, resolveText, synthStacks } from './stacks.ts'

interface Statement {
  Sid?: string
  Action: string[]
  Resource: string[]
  Condition?: Record<string, Json>
}

const toList = (value: Json): Json[] => (Array.isArray(value) ? value : [value])
const ACCOUNT = `arn:<AWS::Partition>:dynamodb:${REGION}:<AWS::AccountId>`
const REGISTRY = `${ACCOUNT}:table/customer-registry-registry`

let templates: Template[]
/** The policy statements of each function. */
const statementsByFunction = new Map<string, Statement[]>()

beforeAll(() => {
  templates = [...synthStacks({ regions: [REGION] }).values()]
  for (const template of templates) {
    const { Resources } = template.toJSON() as { Resources: Record<string, Resource> }
    const policies = Object.values(Resources).filter(({ Type }) => Type === 'AWS::IAM::Policy')
    for (const { Type, Properties } of Object.values(Resources)) {
      if (Type !== 'AWS::Lambda::Function' || !String(Properties.FunctionName).startsWith('customer-registry-'))
        continue
      const role = Properties.Role['Fn::GetAtt'][0]
      const rolePolicies = policies.filter(policy =>
        policy.Properties.Roles.some((reference: Json) => reference.Ref === role),
      )
      const statements = rolePolicies.flatMap(policy => policy.Properties.PolicyDocument.Statement)
      statementsByFunction.set(
        Properties.FunctionName.replace('customer-registry-', ''),
        statements.map((statement: Json) => ({
          ...statement,
          Action: toList(statement.Action),
          Resource: toList(statement.Resource).map(resolveText),
        })),
      )
    }
  }
})

const getStatements = (name: string) => statementsByFunction.get(name) ?? []
const getActionsOn = (name: string, resource: string) =>
  getStatements(name).flatMap(({ Action, Resource }) => (Resource.includes(resource) ? Action : []))
/** Returns the functions that may perform this action on the registry table. */
const getFunctionsAllowed = (action: string) =>
  [...statementsByFunction.keys()].filter(name => getActionsOn(name, REGISTRY).includes(`dynamodb:${action}`)).sort()

test('every function declares its permissions, and every declaration has a function', () => {
  const handlers = globSync('*/handler.ts', { cwd: fileURLToPath(new URL('../../functions', import.meta.url)) })
  expect(handlers.map(file => dirname(file)).sort()).toEqual([...functionSpecs.keys()].sort())
  expect([...statementsByFunction.keys()].sort()).toEqual([...functionSpecs.keys()].sort())
})

describe('the registry table', () => {
  test('is append-only: items are put and deleted, never updated or written in bulk', () => {
    expect(getFunctionsAllowed('UpdateItem')).toEqual([])
    expect(getFunctionsAllowed('BatchWriteItem')).toEqual([])
  })

  test('can be deleted from only by functions that apply tombstones', () => {
    expect(getFunctionsAllowed('DeleteItem')).toEqual(['operations', 'purge', 'reconcile', 'retention'])
  })

  test('can be scanned only by the function that rebuilds views', () => {
    expect(getFunctionsAllowed('Scan')).toEqual(['operations'])
  })

  test('accepts from each function only its own kinds of item', () => {
    const put = (name: string) =>
      getStatements(name)
        .filter(({ Action }) => Action.includes('dynamodb:PutItem'))
        .filter(({ Resource }) => Resource.includes(REGISTRY))
        .map(({ Condition }) => Condition)
    const onlyKeys = (...keys: string[]) => [
      { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': keys }, Null: { 'dynamodb:LeadingKeys': 'false' } },
    ]
    expect(put('customers')).toEqual(onlyKeys('customer#*', 'access#*'))
    expect(put('lookup')).toEqual(onlyKeys('access#*'))
    expect(put('search')).toEqual(onlyKeys('access#*'))
    expect(put('heartbeat')).toEqual(onlyKeys('locations'))
    expect(put('reconcile')).toEqual(onlyKeys('customer#*', 'decision#*', 'erasure#*'))
    expect(put('purge')).toEqual(onlyKeys('customer#*', 'decision#*', 'purges', 'runs'))
    for (const name of getFunctionsAllowed('PutItem')) expect(put(name)[0]).toHaveProperty('Null')
  })
})

test('a function without needs may only write its log and be traced', () => {
  expect(
    getStatements('docs')
      .flatMap(({ Action }) => Action)
      .sort(),
  ).toEqual(['logs:CreateLogStream', 'logs:PutLogEvents', 'xray:PutTelemetryRecords', 'xray:PutTraceSegments'])
})

test('the canary may only write its log, be traced and read its password', () => {
  const actions = getStatements('canary').flatMap(({ Action }) => Action)
  expect(actions.filter(action => /^(dynamodb|es|cognito|lambda)/.test(action))).toEqual([])
  const secrets = getStatements('canary').filter(({ Action }) => Action.includes('secretsmanager:GetSecretValue'))
  expect(secrets.flatMap(({ Resource }) => Resource.map(arn => arn.split(':secret:')[1]))).toEqual([
    'customer-registry/canary-password-??????',
  ])
})

test('each function reads only the secrets with which it signs or hashes', () => {
  const secrets = (name: string) =>
    getStatements(name).flatMap(({ Action, Resource }) =>
      Action.includes('secretsmanager:GetSecretValue') ? Resource.map(arn => arn.split(':secret:')[1]) : [],
    )
  expect(secrets('conflicts')).toEqual(['customer-registry/cursor-key-??????'])
  expect(secrets('customers')).toEqual(['customer-registry/cursor-key-??????', 'customer-registry/receipt-key-??????'])
  expect(secrets('lookup')).toEqual(['customer-registry/receipt-key-??????'])
  expect([...statementsByFunction.keys()].filter(name => secrets(name).length > 0).sort()).toEqual([
    ...'audit authorizer canary conflicts customers duplicates fields lookup operations purchases retention search service users'.split(
      ' ',
    ),
  ])
})

test('the search index is written only by the functions that maintain it, and others query only their index', () => {
  const fills = [...statementsByFunction]
    .filter(([, statements]) => statements.some(({ Action }) => Action.includes('es:ESHttpDelete')))
    .map(([name]) => name)
  expect(fills.sort()).toEqual(['heartbeat', 'operations', 'project', 'retention', 'seal'])
  const searchStatement = getStatements('search').find(({ Sid }) => Sid === 'SearchAsk')
  expect(searchStatement?.Resource.map(arn => arn.split('domain/')[1])).toEqual(
    ['_search', '_msearch', '_mget', '_count'].map(operation => `customer-registry/customers-${REGION}/${operation}`),
  )
})

test('no action is a pattern, and only tracing is allowed on every resource', () => {
  for (const [, statements] of statementsByFunction)
    for (const { Action, Resource } of statements) {
      expect(Action.filter(action => action.includes('*'))).toEqual([])
      if (Resource.includes('*')) expect(Action).toEqual(['xray:PutTraceSegments', 'xray:PutTelemetryRecords'])
    }
})

test('each function has its own role', () => {
  const functions = getResources(templates, 'AWS::Lambda::Function').filter(({ Properties }) => Properties.FunctionName)
  const roles = functions.map(({ Properties }) => resolveText(Properties.Role))
  expect(new Set(roles).size).toBe(functionSpecs.size)
})

test('only the function of users may change users, and only those of the pool', () => {
  const isOnUsers = ({ Action }: Statement) => Action.some(action => action.startsWith('cognito-idp:'))
  const allowed = [...statementsByFunction].filter(([, statements]) => statements.some(isOnUsers))
  expect(allowed.map(([name]) => name)).toEqual(['users'])
  const resources = getStatements('users')
    .filter(isOnUsers)
    .flatMap(({ Resource }) => Resource)
  expect(resources).toEqual([expect.stringMatching(`^arn:<AWS::Partition>:cognito-idp:${REGION}:.+:userpool/.+`)])
})
