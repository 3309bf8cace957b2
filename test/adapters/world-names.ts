/** Names, titles, placeholders and abbreviations of the world (docs/search.md, "What counts as the same"), as tests of a search engine. */
import { describe, expect, test } from '@jest/globals'
import { InvalidInput } from '#domain/errors.ts'
import type { CandidateIndex } from '#domain/search/port.ts'
import { type Listed, NameRegistry } from './name-registry.ts'

const DOB = '1971-03-05'

/** Runs the tests against an engine. `createIndex` returns an empty index. */
export function worldNames(engine: string, createIndex: () => Promise<CandidateIndex>): void {
  const createRegistry = async (...customers: Listed[]) => {
    const registry = new NameRegistry(await createIndex())
    for (const customer of customers) await registry.create(customer)
    return registry
  }

  describe(`titles that are names with ${engine}`, () => {
    const OTHERS: Listed[] = [
      ['田芳', '单'],
      ['Dana', 'Sanders'],
      ['Victoria', 'Missouri'],
    ]
    test.each<[string, string]>([
      ['Victor', 'Ing'],
      ['Anna', 'Herr'],
      ['John', 'Sir'],
      ['Robert', 'Miss'],
      ['Louise', 'Madame'],
      ['Dan', 'Senor'],
      ['Paul', 'Frau'],
      ['Ana', 'Dr'],
    ])('%s %s is found by the surname, by the whole name, in a match and in the list', async (given_name, surname) => {
      const registry = await createRegistry(...OTHERS, [given_name, surname, DOB])
      const name = `${given_name}|${surname}`
      expect((await registry.search(surname))[0]?.name).toBe(name)
      expect((await registry.search(`${given_name} ${surname}`))[0]?.name).toBe(name)
      expect((await registry.match({ surname }))[0]?.name).toBe(name)
      expect(await registry.list(surname)).toContain(name)
      expect(await registry.lookup({ surname, given_name, dob: DOB })).toBe('listed')
    })

    test.each<[Listed, string, string]>([
      [['Victor', 'Ing', DOB], 'Victor', 'Sir'],
      [['Robert', 'Miss', DOB], 'Robert', 'Dr'],
      [['Anna', 'Herr', DOB], 'Anna', 'Frau'],
      [['Paul', 'Madame', DOB], 'Paul', 'Ing'],
    ])('%s is not listed as %s %s', async (listed, given_name, surname) => {
      expect(await (await createRegistry(listed)).lookup({ given_name, surname, dob: DOB })).not.toBe('listed')
    })

    test.each(['Dr. Robert', 'Sir Robert', 'Robert Dipl.-Ing.', 'Herr Robert'])(
      '%s Fielding is Robert Fielding',
      async given_name => {
        const registry = await createRegistry(['Robert', 'Fielding', DOB])
        expect(await registry.lookup({ given_name, surname: 'Fielding', dob: DOB })).toBe('listed')
        expect((await registry.search(`${given_name} Fielding`))[0]?.name).toBe('Robert|Fielding')
      },
    )
  })

  describe(`placeholders with ${engine}`, () => {
    test.each([
      'unknown',
      'Unknown',
      'N/A',
      'none',
      '(unknown)',
      'FNU',
      'unbekannt',
      'desconocido',
      'неизвестно',
      '不明',
      'xxx',
    ])('the name %s identifies nobody, and is no evidence of a duplicate', async word => {
      const registry = await createRegistry([word, 'Fielding', DOB], [word, word, DOB])
      expect(await registry.lookup({ given_name: word, surname: 'Fielding', dob: DOB })).not.toBe('listed')
      expect(await registry.lookup({ given_name: word, surname: word, dob: DOB })).toBe('not_listed')
      expect((await registry.create([word, word])).duplicates).toEqual([])
      expect((await registry.create([word, word])).duplicates).toEqual([])
      expect((await registry.create(['Ursula', word, DOB])).duplicates).toEqual([])
      expect(await registry.match({ given_name: word, surname: word })).toEqual([])
    })

    test.each(['0000000', 'N/A', 'none', 'unknown', '000-000', 'null', '9999999', 'XXXXX'])(
      'the document number %s identifies nobody',
      async document_number => {
        const registry = await createRegistry(['Robert', 'Fielding', DOB, document_number])
        expect(await registry.lookup({ surname: 'Fielding', document_number })).toBe('possible')
        expect(await registry.lookup({ surname: 'Osgood', document_number })).toBe('not_listed')
        expect((await registry.create(['Ida', 'Osgood', null, document_number])).duplicates).toEqual([])
        expect(await registry.match({ document_number })).toEqual([])
      },
    )

    test('the rest of the name counts as if nothing were stated beside it', async () => {
      const registry = await createRegistry(['Unknown', 'Zanzibarian', DOB], ['Ida', 'Osgood'])
      expect((await registry.match({ given_name: 'N/A', surname: 'Zanzibarian' }))[0]?.name).toBe('Unknown|Zanzibarian')
      expect((await registry.search('Zanzibarian'))[0]?.name).toBe('Unknown|Zanzibarian')
      expect(await registry.list('unknown')).toEqual(['Unknown|Zanzibarian'])
    })

    test.each<[string, string]>([
      ['Ji-woo', 'Na'],
      ['Jennifer', 'Null'],
      ['Anita', 'Nonet'],
      ['N. A.', 'Unknownson'],
    ])('%s %s is a name', async (given_name, surname) => {
      const registry = await createRegistry([given_name, surname, DOB])
      expect(await registry.lookup({ given_name, surname, dob: DOB })).toBe('listed')
    })
  })

  describe(`values that say nothing with ${engine}`, () => {
    const create = async (customer: Listed) => (await createRegistry()).create(customer)

    test.each(['-', '...', '\u3164', '\u2800', '\u0301', '---', '\uFFA0', '?!', '🙂'])(
      'the surname %s is refused',
      async value => {
        await expect(create([null, value])).rejects.toThrow(InvalidInput)
        await expect(create([value, 'Fielding'])).rejects.toThrow(InvalidInput)
        await expect(create([null, 'Fielding', null, value])).rejects.toThrow(InvalidInput)
      },
    )

    test.each(['O', '이', "O'", 'é', '๑', '𠮷'])('the surname %s is taken', async value => {
      await expect(create([null, value])).resolves.toMatchObject({ duplicates: [] })
    })

    test.each(['1.23457E+15', '1,23457E+15', '4E+08', '9.87654e+11'])(
      'the document number %s, cut by a spreadsheet, is refused with what to do',
      async number => {
        await expect(create(['Ida', 'Osgood', null, number])).rejects.toMatchObject({
          faults: [{ pointer: '#/document_number', detail: expect.stringContaining('format the column as text') }],
        })
      },
    )

    test.each(['1E10', '12E4567', '1.23457', 'E+15', '1234567890123456'])(
      'the document number %s is taken',
      async number => {
        await expect(create(['Ida', 'Osgood', null, number])).resolves.toMatchObject({ duplicates: [] })
      },
    )

    test('a name with U+FFFD is refused, because a character was lost', async () => {
      await expect(create(['Ida', 'M\uFFFDller'])).rejects.toMatchObject({
        faults: [{ pointer: '#/surname', detail: expect.stringContaining('U+FFFD') }],
      })
    })
  })
}
