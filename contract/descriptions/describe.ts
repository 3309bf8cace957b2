/** Adds the descriptions to the OpenAPI document. Only the document's generator loads them: they would double the functions' schemas. */
import type { Route } from '../route.ts'
import { memberDescriptions } from './members.ts'
import { parameterDescriptions } from './parameters.ts'
import { requestDescriptions } from './request-members.ts'
import { schemaDescriptions } from './schemas.ts'

type Json = Record<string, unknown>

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Divides keys such as `NAME in A, B` into one entry for each scope. */
const toEntries = (descriptions: Readonly<Record<string, string>>): Map<string, string> =>
  new Map(
    Object.entries(descriptions).flatMap(([key, text]) => {
      const [name = '', scopes] = key.split(' in ')
      return scopes === undefined ? [[name, text]] : scopes.split(', ').map(scope => [`${name} in ${scope}`, text])
    }),
  )

const parameters = toEntries(parameterDescriptions)
const members = toEntries(memberDescriptions)
const requestMembers = toEntries(requestDescriptions)

/** The most specific description of a parameter or member: by parent and scope, by scope, by parent, by name. */
function find(entries: ReadonlyMap<string, string>, name: string, scope: string, parent?: string): string | undefined {
  const keys = [name, ...(parent === undefined ? [] : [`${parent}.${name}`])]
  const candidates = [...keys.map(key => `${key} in ${scope}`).reverse(), ...keys.toReversed()]
  return candidates.map(key => entries.get(key)).find(text => text !== undefined)
}

/** Describes the members of all objects below a schema. `parent` is the member that the schema belongs to. */
function describeMembers(node: unknown, scope: string, isRequest: boolean, parent?: string): void {
  if (Array.isArray(node)) for (const child of node) describeMembers(child, scope, isRequest, parent)
  if (!isJson(node)) return
  for (const [keyword, child] of Object.entries(node)) {
    if (keyword === '$defs') continue
    if (keyword !== 'properties' || !isJson(child)) {
      describeMembers(child, scope, isRequest, parent)
      continue
    }
    for (const [name, member] of Object.entries(child)) {
      if (!isJson(member)) continue
      const fromRequest = isRequest ? find(requestMembers, name, scope, parent) : undefined
      member.description ??= fromRequest ?? find(members, name, scope, parent)
      describeMembers(member, scope, isRequest, name)
    }
  }
}

/** Describes the parameters and the members of the bodies of an operation. */
export function describeOperation(operation: Json, id: string): void {
  for (const parameter of Array.isArray(operation.parameters) ? operation.parameters : [])
    if (isJson(parameter)) parameter.description = find(parameters, String(parameter.name), id)
  describeMembers(operation.requestBody, id, true)
  describeMembers(operation.responses, id, false)
}

/** Describes the components and their members. */
export function describeSchemas({ components }: Json): void {
  const schemas = isJson(components) && isJson(components.schemas) ? components.schemas : {}
  for (const [name, schema] of Object.entries(schemas)) {
    if (isJson(schema)) schema.description = schemaDescriptions[name]
    describeMembers(schema, name, false)
  }
}

const ROLES: Readonly<Record<Route['role'], string>> = {
  public: 'It needs no token.',
  agent: 'It requires the role agent or provider.',
  provider: 'It requires the role provider.',
}

/** Who may call a route, and how often. */
export function describeAccess({ role, throttle }: Pick<Route, 'role' | 'throttle'>): string {
  const limit = throttle
    ? ` All callers together may send ${throttle.rate} requests per second, and ${throttle.burst} at once.`
    : ''
  return ROLES[role] + limit
}
