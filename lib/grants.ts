import type { Stack } from 'aws-cdk-lib'
import { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import type { FunctionSpec } from '#contract/function-spec.ts'
import { viewsTable } from '#contract/tables.ts'
import { SECRETS, TABLES } from './names.ts'
import { toArn } from './region-context.ts'

/** The resources of a region that permissions refer to. */
export interface GrantContext {
  /** The ARN of the region's key. */
  keyArn: string
  /** The location's name, with which index names end. */
  location: string
  /** The user pool, in the primary region. */
  userPoolArn: string
  /** The managed search domain; null without one. */
  domainArn: string | null
  /** Whether conditions on row keys are evaluated. Emulators do not support them and would refuse everything. */
  hasRowConditions: boolean
}

/** Kinds of rows that share one partition named after the kind. */
const SINGLE_PARTITION_KINDS: ReadonlySet<string> = new Set(['locations', 'purges', 'runs'])

const createStatement = (sid: string, actions: readonly string[], resources: readonly string[]): PolicyStatement =>
  new PolicyStatement({ sid, actions: [...actions], resources: [...resources] })

const toDynamoActions = (actions: readonly string[]): string[] => actions.map(action => `dynamodb:${action}`)

/**
 * A function may only access the kinds of registry rows in its specification, by the prefix of the partition key. IAM cannot forbid
 * overwriting; the condition of each put does.
 */
function registryStatements(
  stack: Stack,
  { read = [], puts = [], removes = [] }: NonNullable<FunctionSpec['registry']>,
  hasRowConditions: boolean,
) {
  const table = toArn(stack, 'dynamodb', `table/${TABLES.registry}`)
  const rowStatements = (sid: string, action: string, kinds: readonly string[]): PolicyStatement[] => {
    if (kinds.length === 0) return []
    const policy = createStatement(sid, [action], [table])
    if (!hasRowConditions) return [policy]
    policy.addCondition('ForAllValues:StringLike', {
      'dynamodb:LeadingKeys': kinds.map(kind => (SINGLE_PARTITION_KINDS.has(kind) ? kind : `${kind}#*`)),
    })
    // Without this, a request that names no key would satisfy the condition.
    policy.addCondition('Null', { 'dynamodb:LeadingKeys': 'false' })
    return [policy]
  }
  return [
    ...(read.length > 0 ? [createStatement('RegistryRead', toDynamoActions(read), [table])] : []),
    ...rowStatements('RegistryPut', 'dynamodb:PutItem', puts),
    ...rowStatements('RegistryRemove', 'dynamodb:DeleteItem', removes),
  ]
}

function viewsStatements(stack: Stack, actions: NonNullable<FunctionSpec['views']>): PolicyStatement[] {
  const table = toArn(stack, 'dynamodb', `table/${TABLES.views}`)
  const indexes = Object.keys(viewsTable.indexes).map(index => `${table}/index/${index}`)
  return [
    createStatement('Views', toDynamoActions(actions), [table]),
    ...(actions.includes('Query') ? [createStatement('ViewsIndexes', ['dynamodb:Query'], indexes)] : []),
  ]
}

/** Each index version has its own name: `customers-LOCATION-vVERSION-NAME`. */
function searchStatements(
  domain: string,
  location: string,
  search: NonNullable<FunctionSpec['search']>,
): PolicyStatement[] {
  const [customers, audit] = [`${domain}/customers-${location}`, `${domain}/audit-${location}`]
  if (search === 'audit') return [createStatement('SearchAudit', ['es:ESHttpPost'], [`${audit}-*/_search`])]
  const queryPaths = ['_search', '_msearch', '_mget', '_count'].map(operation => `${customers}/${operation}`)
  const readStatements = [
    createStatement('SearchAsk', ['es:ESHttpPost'], queryPaths),
    // Whoever finds no index creates the empty one.
    createStatement('SearchMakings', ['es:ESHttpGet', 'es:ESHttpPut'], [`${customers}-v*`]),
  ]
  if (search === 'read') return readStatements
  return [
    ...readStatements,
    createStatement(
      'SearchFill',
      ['es:ESHttpGet', 'es:ESHttpPost', 'es:ESHttpPut', 'es:ESHttpDelete'],
      [`${customers}/*`, `${customers}-*`, `${audit}/*`, `${audit}-*`, `${domain}/_aliases`],
    ),
  ]
}

/** What managing users takes. */
const USER_ACTIONS = [
  'ListUsers',
  'ListUsersInGroup',
  'AdminListGroupsForUser',
  'AdminCreateUser',
  'AdminAddUserToGroup',
  'AdminRemoveUserFromGroup',
  'AdminEnableUser',
  'AdminDisableUser',
  'AdminSetUserPassword',
  'AdminUserGlobalSignOut',
  'AdminDeleteUser',
]

/** Why these statements use wildcards. */
export const patternReasons: Readonly<Record<string, string>> = {
  Secrets: "A secret's ARN ends with six characters that AWS adds; the name before them is whole.",
  SearchMakings: "Each making of the location's index has a name of its own, after what is written out here.",
  SearchAudit: "Each making of the location's index has a name of its own, after what is written out here.",
  SearchFill: "Each making of the location's indexes has a name of its own, and so have the actions on it.",
}

/** The permissions of a function, from its specification. */
export function createGrants(
  stack: Stack,
  spec: FunctionSpec,
  { keyArn, location, userPoolArn, domainArn, hasRowConditions }: GrantContext,
): PolicyStatement[] {
  const statements: PolicyStatement[] = []
  if (spec.registry) statements.push(...registryStatements(stack, spec.registry, hasRowConditions))
  if (spec.views) statements.push(...viewsStatements(stack, spec.views))
  if (spec.search && domainArn !== null) statements.push(...searchStatements(domainArn, location, spec.search))
  if (spec.domain && domainArn !== null)
    statements.push(createStatement('SearchDomain', ['es:DescribeDomain'], [domainArn]))
  if (spec.users) {
    const actions = USER_ACTIONS.map(action => `cognito-idp:${action}`)
    statements.push(createStatement('Users', actions, [userPoolArn]))
  }
  if (spec.keys)
    statements.push(
      createStatement(
        'Secrets',
        ['secretsmanager:GetSecretValue'],
        // A secret's ARN ends with six random characters.
        spec.keys.map(name => toArn(stack, 'secretsmanager', `secret:${SECRETS[name]}-??????`)),
      ),
    )
  if (spec.registry || spec.views || spec.keys) {
    const key = createStatement('Key', ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey'], [keyArn])
    const viaServices = ['dynamodb', 'secretsmanager'].map(service => `${service}.${stack.region}.amazonaws.com`)
    key.addCondition('StringEquals', { 'kms:ViaService': viaServices })
    statements.push(key)
  }
  return statements
}
