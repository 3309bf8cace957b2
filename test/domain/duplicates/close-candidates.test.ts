import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { MemoryIndex } from '#adapters/memory-search/memory-index.ts'
import type { Person } from '#contract/schemas/search.ts'
import { exampleFrom } from '#domain/duplicates/candidates.ts'
import { closeCandidates } from '#domain/duplicates/close-candidates.ts'
import { DEFAULT_THRESHOLD } from '#domain/matching/calibration.ts'
import { rank } from '#domain/matching/rank.ts'

const LIMIT = 25

const person = fc.record({
  type: fc.constant('PERSON'),
  surname: fc.constantFrom('Lindqvist', 'Lindquist', 'Okafor', 'Berg', 'van den Berg'),
  given_name: fc.constantFrom('Marta', 'Martha', 'Anna', 'Anna Marta', null),
  dob: fc.constantFrom('1984-03-12', '1984-12-03', '1990-01-01', null),
  document_number: fc.constantFrom('X1234567', 'X1234568', null),
  details: fc.constant({}),
}) satisfies fc.Arbitrary<Person>

test('a customer who is compared again is close to the same others, and to those who were added', async () => {
  const people = fc.array(person, { minLength: 1, maxLength: 20, size: 'max' })
  await fc.assert(
    fc.asyncProperty(people, fc.array(people, { minLength: 1, maxLength: 4 }), async (compared, batches) => {
      const index = new MemoryIndex()
      let count = 0
      for (const batch of batches) {
        await index.put(batch.map(added => ({ id: String(count++), version: 1, person: added, past: [] })))
        const tokens = await index.tokens()
        for (const recall of ['high', 'low'] as const)
          for (const example of compared.map(exampleFrom)) {
            const [candidates = []] = await index.candidates([example], LIMIT, { recall })
            const ranked = rank(example, candidates, tokens, LIMIT, DEFAULT_THRESHOLD)
            expect(closeCandidates(example, candidates, tokens)).toEqual(ranked)
          }
      }
    }),
    { numRuns: 15, endOnFailure: true },
  )
})

test('a customer is compared again with one whose values changed', async () => {
  const index = new MemoryIndex()
  const listed = { type: 'PERSON', surname: 'Lindqvist', given_name: 'Marta', dob: '1984-03-12', document_number: null }
  const example = exampleFrom({ ...listed, details: {} })
  const closeNow = async () => {
    const [candidates = []] = await index.candidates([example], LIMIT)
    return closeCandidates(example, candidates, await index.tokens()).map(({ candidate }) => candidate.id)
  }
  await index.put([{ id: 'a', version: 1, person: { ...listed, details: {} }, past: [] }])
  expect(await closeNow()).toEqual(['a'])
  const renamed = { ...listed, given_name: 'Oluwaseun', dob: '1951-07-30', details: {} }
  await index.put([{ id: 'a', version: 2, person: renamed, past: [] }])
  expect(await closeNow()).toEqual([])
})
