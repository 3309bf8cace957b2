import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { PairIndex } from '#adapters/memory-search/pair-index.ts'

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd'), minLength: 1, maxLength: 12 })
const words = fc.uniqueArray(word, { maxLength: 60 })

const toPairs = (text: string): string[] => {
  const letters = ['^', ...text, '^']
  return [...new Set(letters.slice(1).map((letter, n) => `${letters[n]}${letter}`))]
}

/** Sorts all words, by the definition. */
function naive(listed: readonly string[], text: string, limit: number): number[] {
  const pairs = toPairs(text)
  const least = text.length <= 6 ? 2 : text.length <= 9 ? 3 : 4
  const enough = listed
    .map((other, number) => {
      const others = toPairs(other)
      const shared = pairs.filter(pair => others.includes(pair))
      return { number, count: shared.length, first: pairs.indexOf(shared[0] ?? '') }
    })
    .filter(({ count }) => count >= least)
    .sort((a, b) => a.first - b.first || a.number - b.number)
  if (enough.length > limit) enough.sort((a, b) => b.count - a.count)
  return enough.slice(0, limit).map(({ number }) => number)
}

test('the words that share most pairs of letters are found', () => {
  fc.assert(
    fc.property(words, word, fc.integer({ min: 1, max: 20 }), (listed, text, limit) => {
      const index = new PairIndex()
      for (const [number, other] of listed.entries()) index.add(number, other)
      expect(index.sharing(text, limit)).toEqual(naive(listed, text, limit))
      expect(index.sharing(text, limit)).toEqual(naive(listed, text, limit))
    }),
  )
})

test('the words with all pairs within a text are found, in order: all that contain it are among them', () => {
  const part = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd'), minLength: 2, maxLength: 4 })
  fc.assert(
    fc.property(words, part, (listed, text) => {
      const index = new PairIndex()
      for (const [number, other] of listed.entries()) index.add(number, other)
      const pairs = toPairs(text).filter(pair => !pair.includes('^'))
      const withAll = [...listed.keys()].filter(number => pairs.every(pair => listed[number]?.includes(pair)))
      expect([...index.withAllPairs(text)]).toEqual(withAll)
      for (const [number, other] of listed.entries()) if (other.includes(text)) expect(withAll).toContain(number)
    }),
  )
})

test('thousands of words are counted', () => {
  const index = new PairIndex()
  for (let number = 0; number < 5000; number++) index.add(number, `${number.toString(36)}smith`)
  expect(index.sharing('smith', 3)).toHaveLength(3)
  expect(index.sharing('zzzsmith', 5000)).toHaveLength(5000)
})
