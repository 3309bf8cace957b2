import { expect, test } from '@jest/globals'
import { documentDifferences } from '../../tools/codegen/document-differences.ts'

test.each([
  ['equal documents', { a: [1] }, { a: [1] }],
  ['another description', { a: { description: 'one', type: 'string' } }, { a: { description: 'two', type: 'string' } }],
  ['a new description', { a: { type: 'string' } }, { a: { description: 'one', type: 'string' } }],
  ['another summary', { get: { summary: 'one' } }, { get: { summary: 'two' } }],
])('%s do not count as a difference', (_, before, after) => {
  expect(documentDifferences(before, after)).toEqual([])
})

test.each([
  ['a value', { 'a/b': 1 }, { 'a/b': 2 }, ['#/a~1b: 1 → 2']],
  ['a missing member', { a: 1, b: 2 }, { a: 1 }, ['#/b: 2 → absent']],
  ['an empty array', { security: [] }, {}, ['#/security: an array → absent']],
  ['an empty schema', { schema: {} }, {}, ['#/schema: an object → absent']],
  [
    'a property named description',
    { properties: { description: {} } },
    { properties: {} },
    ['#/properties/description: an object → absent'],
  ],
  [
    'an example',
    { examples: [{ summary: 'a' }] },
    { examples: [{ summary: 'b' }] },
    ['#/examples/0/summary: "a" → "b"'],
  ],
])('%s counts as a difference', (_, before, after, differences) => {
  expect(documentDifferences(before, after)).toEqual(differences)
})
