import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { SortedWords } from '#adapters/memory-search/sorted-words.ts'

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'z'), minLength: 1, maxLength: 8 })

const ordered = (words: readonly string[]) => [...words].sort((a, b) => (a < b ? -1 : 1))

test('the words that begin with a text are found in order', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(word, { maxLength: 200 }),
      fc.string({ unit: fc.constantFrom('a', 'b', 'z') }),
      (words, text) => {
        const sorted = new SortedWords()
        for (const added of words) sorted.add(added)
        expect(sorted.beginningWith(text)).toEqual(ordered(words.filter(other => other.startsWith(text))))
      },
    ),
  )
})

test.each([1, 900, 3000, 20_000])('many words are found, in whatever order they were added, read after each %i', n => {
  const words = Array.from({ length: 20_000 }, (_, n) => ((n * 7919) % 20_000).toString(36))
  const sorted = new SortedWords()
  for (const [at, added] of words.entries()) {
    sorted.add(added)
    if (at % n === n - 1) expect(sorted.beginningWith(added)[0]).toBe(added)
  }
  expect(sorted.beginningWith('')).toEqual(ordered(words))
  expect(sorted.beginningWith('f')).toEqual(ordered(words.filter(other => other.startsWith('f'))))
  expect(sorted.beginningWith('f3k')).toEqual(words.filter(other => other.startsWith('f3k')))
  expect(sorted.beginningWith('zzzz')).toEqual([])
})
