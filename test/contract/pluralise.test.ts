import { expect, test } from '@jest/globals'
import { pluralise, were } from '#contract/counted.ts'

test.each([
  [0, '0 entries were'],
  [1, '1 entry was'],
  [2, '2 entries were'],
])('%i takes the right noun and verb', (n, text) => {
  expect(`${pluralise(n, 'entry', 'entries')} ${were(n)}`).toBe(text)
})

test('the default plural adds an s', () => {
  expect([1, 3].map(n => pluralise(n, 'customer'))).toEqual(['1 customer', '3 customers'])
})
