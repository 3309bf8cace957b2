import { expect, test } from '@jest/globals'
import { memberDescriptions } from '#contract/descriptions/members.ts'
import { operationDescriptions } from '#contract/descriptions/operations.ts'
import { parameterDescriptions } from '#contract/descriptions/parameters.ts'
import { requestDescriptions } from '#contract/descriptions/request-members.ts'
import { schemaDescriptions } from '#contract/descriptions/schemas.ts'
import { openapi } from '#contract/openapi.ts'
import { routes } from '#contract/routes.ts'

type Json = Record<string, unknown>

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null

const METHODS = ['get', 'post', 'put', 'patch', 'delete']
const SECTIONS = ['#/components/schemas', '#/components/responses']

/** Yields the nodes of a document that need a description, by pointer: operations, parameters, responses, components and members. */
function* describable(node: unknown, pointer: string): Generator<[string, Json]> {
  if (!isObject(node)) return
  for (const [name, child] of Object.entries(node)) {
    if (!isObject(child)) continue
    const inner = `${pointer}/${name}`
    const isOperation = METHODS.includes(name) && pointer.startsWith('#/paths/')
    const isListed = /\/(properties|parameters|responses)$/.test(pointer) || SECTIONS.includes(pointer)
    if ((isOperation || isListed) && !('$ref' in child && pointer.endsWith('/responses'))) yield [inner, child]
    yield* describable(child, inner)
  }
}

const nodes = [...describable(openapi('1'), '#')]

test('every operation, parameter, response, component and member has a description', () => {
  expect(nodes.length).toBeGreaterThan(500)
  const isDescribed = ({ description }: Json) => typeof description === 'string' && description.trim() !== ''
  expect(nodes.filter(([, node]) => !isDescribed(node)).map(([pointer]) => pointer)).toEqual([])
})

test('every description of an operation, parameter, component or member is a sentence', () => {
  const texts = nodes
    .filter(([pointer]) => !/\/responses\/\w+$/.test(pointer))
    .map(([pointer, { description }]) => [pointer, description])
  expect(texts.filter(([, text]) => !/^[A-Z`].*[^.]\.$/.test(String(text)))).toEqual([])
})

test('every description is used', () => {
  const document = JSON.stringify(openapi('1'))
  const componentDescriptions = { ...operationDescriptions, ...parameterDescriptions, ...schemaDescriptions }
  const texts = [componentDescriptions, requestDescriptions, memberDescriptions].flatMap(Object.entries)
  expect(
    texts.filter(([, text]) => !document.includes(JSON.stringify(text).slice(1, -1))).map(([name]) => name),
  ).toEqual([])
})

test('every scope of a description is an operation or a component', () => {
  const scopes = new Set([...Object.keys(routes), ...Object.keys(schemaDescriptions)])
  const keys = [parameterDescriptions, requestDescriptions, memberDescriptions].flatMap(Object.keys)
  const unknown = keys.filter(key => (key.split(' in ')[1]?.split(', ') ?? []).some(scope => !scopes.has(scope)))
  expect(unknown).toEqual([])
})
