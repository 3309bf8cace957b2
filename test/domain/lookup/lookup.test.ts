import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { MemoryIndex } from '#adapters/memory-search/memory-index.ts'
import { Unavailable } from '#domain/errors.ts'
import type { FieldValues } from '#domain/records/prepare-write.ts'
import { startEngine, type TestEngine } from '../../adapters/dynamodb/engine.ts'
import { LookupFixture } from './fixtures.ts'

let engine: TestEngine
let fixture: LookupFixture

beforeAll(async () => {
  engine = await startEngine()
})
afterAll(() => engine.stop())
beforeEach(() => {
  fixture = new LookupFixture(engine.tables())
})

/** An index whose engine does not answer. */
class UnreachableIndex extends MemoryIndex {
  override async candidates(): Promise<never> {
    throw new Unavailable('The search index does not answer')
  }
  override async tokens(): Promise<never> {
    throw new Unavailable('The search index does not answer')
  }
}

describe('a customer who was merged into another', () => {
  const maiden = { surname: 'Zeitler', given_name: 'Ottilie', dob: '1950-02-03', document_number: 'ZO 1' }
  const married = { surname: 'Abendroth', given_name: 'Ottilie', dob: '1950-02-03', document_number: 'ZO 2' }

  const createMerged = async () => {
    const [into, from] = [await fixture.createListed(married), await fixture.createListed(maiden)]
    const merged = await fixture.updateRow(from, { state: 'merged', merged_into: into.id })
    await fixture.index(merged)
    return { into, merged }
  }

  test('is listed by their own identifying fields while the survivor is listed', async () => {
    const { into } = await createMerged()
    expect(await fixture.getAnswer({ surname: 'Zeitler', document_number: 'ZO 1' })).toBe('listed')
    expect(await fixture.getAnswer({ surname: 'Zeitler', given_name: 'Ottilie', dob: '1950-02-03' })).toBe('listed')
    await fixture.updateRow(into, { state: 'deleted' })
    expect(await fixture.getAnswer({ surname: 'Zeitler', document_number: 'ZO 1' })).toBe('not_listed')
  })

  test('is possible by a name similar to the former or the present one', async () => {
    await createMerged()
    for (const surname of ['Abendrot', 'Zeitlr'])
      expect(await fixture.performLookup({ surname, given_name: 'Otilie' })).toMatchObject({ answer: 'possible' })
  })
})

test.each<[what: string, leaves: FieldValues]>([
  ['was deleted', { state: 'deleted' }],
  ['has another name', { surname: 'Vanderbilt', given_name: 'Xenia', dob: '1980-08-08' }],
])('a customer who %s is not listed, although the index still shows otherwise', async (_, change) => {
  const row = await fixture.createListed({ surname: 'Quellmalz', given_name: 'Benno', dob: '1961-01-01' })
  const query = { surname: 'Quellmals', given_name: 'Benno' }
  expect(await fixture.getAnswer(query)).toBe('possible')
  await fixture.updateRow(row, change)
  expect(await fixture.getAnswer(query)).toBe('not_listed')
})

describe('with the search index down', () => {
  const person = { surname: 'Imhoff', given_name: 'Korbinian', dob: '1971-07-07', document_number: 'IK 9' }

  beforeEach(async () => {
    await fixture.createListed(person)
    fixture.ports.index = new UnreachableIndex()
  })

  test.each([
    ['document number and surname', { surname: 'Imhoff', document_number: 'IK9' }],
    ['full name and date of birth', { surname: 'IMHOFF', given_name: 'Korbinian', dob: '1971-07-07' }],
  ])('a customer who is listed by %s is found', async (_, query) => {
    expect(await fixture.performLookup(query)).toMatchObject({
      answer: 'listed',
      initials: null,
      receipt: expect.any(String),
    })
  })

  test.each([
    ['a name similar to a customer', { surname: 'Imhof', given_name: 'Korbinian' }],
    ['an unknown person', { surname: 'Nobody', document_number: 'NONE' }],
  ])('%s is answered only with Retry-After', async (_, query) => {
    await expect(fixture.performLookup(query)).rejects.toMatchObject({
      kind: 'unavailable',
      retryAfter: expect.any(Number),
    })
    expect((await fixture.lookupAndGetAccess(query)).outcome).toBe('failed')
  })
})
