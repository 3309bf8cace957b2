import type { Stack } from 'aws-cdk-lib'
import { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import type { Needs } from '#contract/needs.ts'
import { viewsTable } from '#contract/tables.ts'
import { SECRETS, TABLES } from '../names.ts'
import { arnOf } from './surroundings.ts'

/** What of a region the grants are about. */
export interface Granted {
  /** The region's key. */
  keyArn: string
  /** The location's name, which the names of indexes end with. */
  location: string
  /** The managed search domain, where there is one. */
  domainArn: string | null
  /** Whether there is somebody who knows which rows a request names: an emulator does not tell, and would refuse everything. */
  byRow: boolean
}

/** Kinds of row that have a partition of that very name. */
const WHOLE: ReadonlySet<string> = new Set(['locations', 'purges', 'runs'])

const statement = (sid: string, actions: readonly string[], resources: readonly string[]): PolicyStatement =>
  new PolicyStatement({ sid, actions: [...actions], resources: [...resources] })

const dynamodb = (actions: readonly string[]): string[] => actions.map(action => `dynamodb:${action}`)

/**
 * Of the registry each function may put those kinds of row alone that are its business, told by the beginning of their partitions' keys.
 * That nothing there is changed IAM cannot say; the condition on each put does.
 */
function ofRegistry(
  stack: Stack,
  { read = [], puts = [], removes = [] }: NonNullable<Needs['registry']>,
  byRow: boolean,
) {
  const table = arnOf(stack, 'dynamodb', `table/${TABLES.registry}`)
  const rows = (sid: string, action: string, kinds: readonly string[]): PolicyStatement[] => {
    if (kinds.length === 0) return []
    const only = statement(sid, [action], [table])
    if (!byRow) return [only]
    only.addCondition('ForAllValues:StringLike', {
      'dynamodb:LeadingKeys': kinds.map(kind => (WHOLE.has(kind) ? kind : `${kind}#*`)),
    })
    // Without this a request that names no key at all would count as one whose keys are all allowed.
    only.addCondition('Null', { 'dynamodb:LeadingKeys': 'false' })
    return [only]
  }
  return [
    ...(read.length > 0 ? [statement('RegistryRead', dynamodb(read), [table])] : []),
    ...rows('RegistryPut', 'dynamodb:PutItem', puts),
    ...rows('RegistryRemove', 'dynamodb:DeleteItem', removes),
  ]
}

function ofViews(stack: Stack, actions: NonNullable<Needs['views']>): PolicyStatement[] {
  const table = arnOf(stack, 'dynamodb', `table/${TABLES.views}`)
  const indexes = Object.keys(viewsTable.indexes).map(index => `${table}/index/${index}`)
  return [
    statement('Views', dynamodb(actions), [table]),
    ...(actions.includes('Query') ? [statement('ViewsIndexes', ['dynamodb:Query'], indexes)] : []),
  ]
}

/** A making of an index has a name of its own: `customers-LOCATION-vVERSION-MAKING`. */
function ofSearch(domain: string, location: string, search: NonNullable<Needs['search']>): PolicyStatement[] {
  const [customers, audit] = [`${domain}/customers-${location}`, `${domain}/audit-${location}`]
  if (search === 'audit') return [statement('SearchAudit', ['es:ESHttpPost'], [`${audit}-*/_search`])]
  const asked = ['_search', '_msearch', '_mget', '_count'].map(what => `${customers}/${what}`)
  const reading = [
    statement('SearchAsk', ['es:ESHttpPost'], asked),
    // Whoever finds no index makes the empty one that puts go to.
    statement('SearchMakings', ['es:ESHttpGet', 'es:ESHttpPut'], [`${customers}-v*`]),
  ]
  if (search === 'read') return reading
  return [
    ...reading,
    statement(
      'SearchFill',
      ['es:ESHttpGet', 'es:ESHttpPost', 'es:ESHttpPut', 'es:ESHttpDelete'],
      [`${customers}/*`, `${customers}-*`, `${audit}/*`, `${audit}-*`, `${domain}/_aliases`],
    ),
  ]
}

/** Why grants of these names say more than one resource by a pattern. */
export const patternReasons: Readonly<Record<string, string>> = {
  Secrets: "A secret's ARN ends with six characters that AWS adds; the name before them is whole.",
  SearchMakings: "Each making of the location's index has a name of its own, after what is written out here.",
  SearchAudit: "Each making of the location's index has a name of its own, after what is written out here.",
  SearchFill: "Each making of the location's indexes has a name of its own, and so have the actions on it.",
}

/** What a function may do, from what it needs. */
export function grantsOf(
  stack: Stack,
  needs: Needs,
  { keyArn, location, domainArn, byRow }: Granted,
): PolicyStatement[] {
  const statements: PolicyStatement[] = []
  if (needs.registry) statements.push(...ofRegistry(stack, needs.registry, byRow))
  if (needs.views) statements.push(...ofViews(stack, needs.views))
  if (needs.search && domainArn !== null) statements.push(...ofSearch(domainArn, location, needs.search))
  if (needs.domain && domainArn !== null) statements.push(statement('SearchDomain', ['es:DescribeDomain'], [domainArn]))
  if (needs.keys)
    statements.push(
      statement(
        'Secrets',
        ['secretsmanager:GetSecretValue'],
        // A secret's ARN ends with six characters that nobody knows beforehand.
        needs.keys.map(name => arnOf(stack, 'secretsmanager', `secret:${SECRETS[name]}-??????`)),
      ),
    )
  if (needs.registry || needs.views || needs.keys) {
    const key = statement('Key', ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey'], [keyArn])
    const through = ['dynamodb', 'secretsmanager'].map(service => `${service}.${stack.region}.amazonaws.com`)
    key.addCondition('StringEquals', { 'kms:ViaService': through })
    statements.push(key)
  }
  return statements
}
