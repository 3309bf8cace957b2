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
/** What each function may do. */
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
      const rolePolicies = policies.filter(policy => policy.Properties.Roles.some((one: Json) => one.Ref === role))
      const statements = rolePolicies.flatMap(policy => policy.Properties.PolicyDocument.Statement)
      statementsByFunction.set(
        Properties.FunctionName.replace('customer-registry-', ''),
        statements.map((one: Json) => ({
          ...one,
          Action: toList(one.Action),
          Resource: toList(one.Resource).map(resolveText),
        })),
      )
    }
  }
})

const getStatements = (name: string) => statementsByFunction.get(name) ?? []
const getActionsOn = (name: string, resource: string) =>
  getStatements(name).flatMap(({ Action, Resource }) => (Resource.includes(resource) ? Action : []))
/** Functions that may do this to the registry. */
const getFunctionsAllowed = (action: string) =>
  [...statementsByFunction.keys()].filter(name => getActionsOn(name, REGISTRY).includes(`dynamodb:${action}`)).sort()

test('every function declares what it may do, and every declaration has a function', () => {
  const handlers = globSync('*/handler.ts', { cwd: fileURLToPath(new URL('../../functions', import.meta.url)) })
  expect(handlers.map(file => dirname(file)).sort()).toEqual([...functionSpecs.keys()].sort())
  expect([...statementsByFunction.keys()].sort()).toEqual([...functionSpecs.keys()].sort())
})

describe('the registry', () => {
  test('is changed by nobody: rows are put and removed, never updated or written in bulk', () => {
    expect(getFunctionsAllowed('UpdateItem')).toEqual([])
    expect(getFunctionsAllowed('BatchWriteItem')).toEqual([])
  })

  test('loses rows to those alone who follow graves', () => {
    expect(getFunctionsAllowed('DeleteItem')).toEqual(['operations', 'purge', 'reconcile', 'retention'])
  })

  test('is read as a whole by those alone who make views anew', () => {
    expect(getFunctionsAllowed('Scan')).toEqual(['operations'])
  })

  test('takes from each function its own kinds of row alone', () => {
    const put = (name: string) =>
      getStatements(name)
        .filter(({ Action }) => Action.includes('dynamodb:PutItem'))
        .filter(({ Resource }) => Resource.includes(REGISTRY))
        .map(({ Condition }) => Condition)
    const only = (...keys: string[]) => [
      { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': keys }, Null: { 'dynamodb:LeadingKeys': 'false' } },
    ]
    expect(put('customers')).toEqual(only('customer#*', 'access#*'))
    expect(put('lookup')).toEqual(only('access#*'))
    expect(put('search')).toEqual(only('access#*'))
    expect(put('heartbeat')).toEqual(only('locations'))
    expect(put('reconcile')).toEqual(only('customer#*', 'decision#*', 'erasure#*'))
    expect(put('purge')).toEqual(only('customer#*', 'decision#*', 'purges', 'runs'))
    for (const name of getFunctionsAllowed('PutItem')) expect(put(name)[0]).toHaveProperty('Null')
  })
})

test('a function that needs nothing may write its log and be traced, no more', () => {
  expect(
    getStatements('docs')
      .flatMap(({ Action }) => Action)
      .sort(),
  ).toEqual(['logs:CreateLogStream', 'logs:PutLogEvents', 'xray:PutTelemetryRecords', 'xray:PutTraceSegments'])
})

test('the canary may write its log, be traced and read its own password, and touches no table', () => {
  const actions = getStatements('canary').flatMap(({ Action }) => Action)
  expect(actions.filter(action => /^(dynamodb|es|cognito|lambda)/.test(action))).toEqual([])
  const secrets = getStatements('canary').filter(({ Action }) => Action.includes('secretsmanager:GetSecretValue'))
  expect(secrets.flatMap(({ Resource }) => Resource.map(arn => arn.split(':secret:')[1]))).toEqual([
    'customer-registry/canary-password-??????',
  ])
})

test('secrets are read by those who sign, each its own', () => {
  const secrets = (name: string) =>
    getStatements(name).flatMap(({ Action, Resource }) =>
      Action.includes('secretsmanager:GetSecretValue') ? Resource.map(arn => arn.split(':secret:')[1]) : [],
    )
  expect(secrets('customers')).toEqual(['customer-registry/cursor-key-??????'])
  expect(secrets('lookup')).toEqual(['customer-registry/receipt-key-??????'])
  expect([...statementsByFunction.keys()].filter(name => secrets(name).length > 0).sort()).toEqual([
    ...'audit authorizer canary conflicts customers duplicates fields lookup operations purchases retention service'.split(
      ' ',
    ),
  ])
})

test('the search index is filled by those alone who keep it, and the others name no index but their own', () => {
  const fills = [...statementsByFunction]
    .filter(([, all]) => all.some(({ Action }) => Action.includes('es:ESHttpDelete')))
    .map(([name]) => name)
  expect(fills.sort()).toEqual(['heartbeat', 'operations', 'project', 'retention', 'seal'])
  const searchStatement = getStatements('search').find(({ Sid }) => Sid === 'SearchAsk')
  expect(searchStatement?.Resource.map(arn => arn.split('domain/')[1])).toEqual(
    ['_search', '_msearch', '_mget', '_count'].map(what => `customer-registry/customers-${REGION}/${what}`),
  )
})

test('no action is a pattern, and none is for every resource but the tracing', () => {
  for (const [, statements] of statementsByFunction)
    for (const { Action, Resource } of statements) {
      expect(Action.filter(action => action.includes('*'))).toEqual([])
      if (Resource.includes('*')) expect(Action).toEqual(['xray:PutTraceSegments', 'xray:PutTelemetryRecords'])
    }
})

test('each function has a role of its own, trusted by Lambda alone', () => {
  const functions = getResources(templates, 'AWS::Lambda::Function').filter(({ Properties }) => Properties.FunctionName)
  const roles = functions.map(({ Properties }) => resolveText(Properties.Role))
  expect(new Set(roles).size).toBe(functionSpecs.size)
})
