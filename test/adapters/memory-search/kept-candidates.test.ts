import { expect, test } from '@jest/globals'
import { KeptCandidates } from '#adapters/memory-search/kept-candidates.ts'
import { person } from '../../domain/matching/people.ts'

const candidate = (id: string, surname = 'Alpha') => ({ id, person: person({ surname }), past: [] })

test('the customers added first go when there are too many, and not before', () => {
  const kept = new KeptCandidates(2)
  for (const id of ['c1', 'c2', 'c3']) kept.add(candidate(id))
  expect(kept.ids()).toEqual(['c1', 'c2', 'c3'])
  kept.trim()
  expect(kept.ids()).toEqual(['c2', 'c3'])
  kept.add(candidate('c2', 'Beta'))
  kept.trim()
  expect(kept.get('c2')?.person?.surname).toBe('Beta')
  expect(kept.delete('c2')).toBe(true)
  expect(kept.delete('c2')).toBe(false)
  expect(kept.get('c2')).toBeUndefined()
})
