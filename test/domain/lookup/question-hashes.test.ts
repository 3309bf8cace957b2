import { expect, test } from '@jest/globals'
import { questionHashes } from '#domain/lookup/keyed-hashes.ts'

const KEY = 'a key'
const overlap = (a: Parameters<typeof questionHashes>[1], b: Parameters<typeof questionHashes>[1], key = KEY) => {
  const hashes = questionHashes(KEY, a)
  return questionHashes(key, b).some(hash => hashes.includes(hash))
}

test.each([
  [{ q: 'Ada Lovelace' }, { q: 'LOVELACE, ada' }],
  [{ q: 'Ada Lovelace' }, { surname: 'Lovelace', given_name: 'Ada' }],
  [{ q: 'Åsa Lindqvist' }, { given_name: 'åsa', surname: 'Lindqvist' }],
  [{ q: 'AB-123 456' }, { document_number: 'ab123456' }],
  [{ q: 'AB-123 456' }, { surname: 'Lovelace', document_number: 'ab123456' }],
])('%j asks the same as %j', (a, b) => {
  expect(overlap(a, b)).toBe(true)
  expect(overlap(a, b, 'another key')).toBe(false)
})

test.each([
  [{ q: 'Ada Lovelace' }, { q: 'Ada' }],
  [{ surname: 'Lovelace' }, { document_number: 'Lovelace' }],
  [{ q: 'AB-123 456' }, { document_number: 'AB-123 457' }],
])('%j does not ask the same as %j', (a, b) => {
  expect(overlap(a, b)).toBe(false)
})

test('a question that names nobody has no hash', () => {
  expect(questionHashes(KEY, { q: undefined, surname: null })).toEqual([])
})
