import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import type { LookupQuery } from '#contract/schemas/query.ts'
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

describe('an answer that partly right guesses do not improve', () => {
  let names = 0
  let surname: string
  const given_name = 'Feodora'
  const dob = '1964-11-23'
  const unlisted = { surname: 'Qwrtzpsdf', given_name: 'Xyqq' }

  beforeEach(async () => {
    const letter = (n: number) => String.fromCharCode(97 + (n % 26))
    surname = `Guesswitz${letter(++names)}${letter(names * 7)}`
    await fixture.createListed({ surname, given_name, dob, document_number: `GW ${names}` })
  })

  /** Returns the answer without its receipt, which depends on the query. */
  const visible = async (query: LookupQuery) => {
    const { receipt: _, ...rest } = await fixture.performLookup(query)
    return rest
  }

  test('is the same for a listed name with no date, a partial date or a wrong date', async () => {
    const expected = await visible({ surname, given_name })
    expect(expected).toMatchObject({ answer: 'possible', initials: 'F. G.' })
    for (const guess of ['1964', '1964-11', '1963', '1964-11-22', '1965-11-23', '1900-01-01'])
      expect(await visible({ surname, given_name, dob: guess })).toEqual(expected)
    expect(await visible({ surname, given_name, dob })).toMatchObject({ answer: 'listed' })
  })

  test('is not possible for an unknown document number or a date without the name', async () => {
    for (const guess of ['1964', dob])
      expect((await visible({ document_number: 'ZZ99', dob: guess })).answer).toBe('not_listed')
    expect((await visible({ ...unlisted, dob })).answer).toBe('not_listed')
    expect(await visible({ surname, given_name, document_number: 'ZZ99' })).toEqual(
      await visible({ surname, given_name }),
    )
  })

  test('is possible for a whole document number, and listed together with the full date', async () => {
    const document_number = `GW ${names}`
    expect((await visible({ document_number, given_name: 'Nobody' })).answer).toBe('possible')
    expect((await visible({ document_number, dob: '1964' })).answer).toBe('possible')
    expect((await visible({ document_number, dob: '1964-11-24' })).answer).toBe('possible')
    expect((await visible({ document_number, dob })).answer).toBe('listed')
  })

  test('contains only initials of the query', async () => {
    expect(await visible({ surname, given_name: 'Theodora' })).toMatchObject({ initials: 'T. G.' })
  })

  test('is listed for the same name in another script', async () => {
    await fixture.createListed({ surname: 'Иванова', given_name: 'Екатерина', dob: '1971-02-03' })
    const query = { surname: 'Ivanova', given_name: 'Ekaterina', dob: '1971-02-03' }
    expect((await visible(query)).answer).toBe('listed')
  })

  test('ignores dates of birth for the rest of the day after a few wrong ones for one name, from any address', async () => {
    const expected = await visible({ surname, given_name })
    for (let day = 1; day <= 12; day++) {
      const guess = `1950-01-${String(day).padStart(2, '0')}`
      expect(
        (await fixture.performLookup({ surname, given_name, dob: guess }, { address: `203.0.113.${day}` })).answer,
      ).toBe('possible')
    }
    expect(await visible({ surname, given_name, dob })).toEqual(expected)
    // Another spelling counts as the same name; another name has a separate budget.
    expect(await visible({ surname: given_name.toUpperCase(), given_name: surname, dob })).toMatchObject({
      answer: 'possible',
    })
    await fixture.createListed({ surname: `${surname}er`, given_name, dob })
    expect((await visible({ surname: `${surname}er`, given_name, dob })).answer).toBe('listed')
  })

  test('is still given for a date that was counted before the budget was used up', async () => {
    expect((await visible({ surname, given_name, dob })).answer).toBe('listed')
    for (let day = 1; day <= 12; day++)
      await visible({ surname, given_name, dob: `1950-01-${String(day).padStart(2, '0')}` })
    expect((await visible({ surname, given_name, dob })).answer).toBe('listed')
  })

  test('is no longer listed for the rest of the day after a few wrong document numbers for one surname', async () => {
    const document_number = `GW ${names}`
    for (let n = 0; n < 12; n++) await visible({ surname, given_name: `Other${n}`, document_number: `NO ${n}` })
    expect((await visible({ surname, document_number })).answer).toBe('possible')
  })

  test('takes as many reads and writes for a hit as for a miss', async () => {
    const costs: unknown[] = []
    for (const query of [
      { surname, given_name, dob },
      { surname, given_name, dob: '1950-01-01' },
      { ...unlisted, dob },
    ]) {
      const tables = engine.tables()
      Object.assign(fixture.ports, LookupFixture.stores(tables))
      await fixture.performLookup(query)
      costs.push(tables.meter.round_trips)
    }
    expect(new Set(costs).size).toBe(1)
  })
})
