/** Names that two people write in different ways (docs/search.md, "What counts as the same"), as tests of a search engine. */
import { describe, expect, test } from '@jest/globals'
import type { CandidateIndex } from '#domain/search/port.ts'
import { type Listed, NameRegistry } from './name-registry.ts'

const DOB = '1971-03-05'

/** Runs the tests against an engine. `createIndex` returns an empty index. */
export function writtenNames(engine: string, createIndex: () => Promise<CandidateIndex>): void {
  const createRegistry = async (...customers: Listed[]) => {
    const registry = new NameRegistry(await createIndex())
    for (const customer of customers) await registry.create(customer)
    return registry
  }

  describe(`short given names with ${engine}`, () => {
    test.each<[string, string]>([
      ['Wm', 'William'],
      ['Chas', 'Charles'],
      ['Ma.', 'Maria'],
      ['Mª', 'María'],
      ['Geo', 'George'],
      ['Jas', 'James'],
      ['Thos', 'Thomas'],
    ])('%s finds %s', async (short, given_name) => {
      const registry = await createRegistry([given_name, 'Fielding', DOB], ['Ida', 'Osgood'], ['Anna', 'Fielding'])
      const name = `${given_name}|Fielding`
      expect((await registry.match({ given_name: short, surname: 'Fielding' }))[0]?.name).toBe(name)
      expect((await registry.match({ given_name: short, surname: 'Fielding', dob: DOB }))[0]?.name).toBe(name)
      expect((await registry.search(`${short} Fielding`))[0]?.name).toBe(name)
      expect((await registry.search(short))[0]?.name).toBe(name)
    })

    test.each(['Wm', 'Bill'])('%s by itself is too little evidence of a William for a match', async short => {
      const registry = await createRegistry(['William', 'Fielding', DOB])
      expect(await registry.match({ given_name: short })).toEqual([])
    })
  })

  test.each<[string, string, string]>([
    ['John', 'Smithers', 'smithersjohn'],
    ['Ida', 'Osgood', 'IdaOsgood'],
    ['Anna', 'Lindqvist', 'lindqvistanna'],
    ['Mark', 'Fielding', 'markfielding'],
    ['伟', '王', '王伟'],
    ['민', '남궁', '남궁민'],
  ])(`%s %s written as one word is never above the two words with ${engine}`, async (given_name, surname, joined) => {
    const registry = await createRegistry([given_name, surname, DOB])
    const name = `${given_name}|${surname}`
    const [typed, exactlyTyped] = [await registry.search(joined), await registry.search(`${given_name} ${surname}`)]
    expect(typed[0]?.name).toBe(name)
    expect(typed[0]?.score).toBeLessThanOrEqual(exactlyTyped[0]?.score ?? 0)
    expect(typed[0]?.grade).not.toBe('certain')
    for (const dob of [null, DOB]) {
      const [asOne] = await registry.match({ surname: joined, dob })
      const [exact] = await registry.match({ given_name, surname, dob })
      expect(asOne?.name).toBe(name)
      expect(asOne?.score).toBeLessThanOrEqual(exact?.score ?? 0)
    }
  })

  test.each<[string, string]>([
    ['Luca', 'Luna'],
    ['Marta', 'Maria'],
    ['Ravi', 'Rani'],
    ['Jana', 'Jane'],
  ])(`%s and %s are not certainly one person without a document number with ${engine}`, async (given_name, other) => {
    const registry = await createRegistry([given_name, 'Fielding', DOB, 'AB123456'])
    const query = { given_name: other, surname: 'Fielding', dob: DOB }
    expect((await registry.match(query))[0]?.grade).toBe('probable')
    expect((await registry.search(`${other} Fielding ${DOB}`))[0]?.grade).toBe('probable')
    expect((await registry.match({ ...query, document_number: 'AB123456' }))[0]?.grade).toBe('certain')
    expect((await registry.match({ ...query, given_name }))[0]?.grade).toBe('certain')
  })

  test.each<[string, string]>([
    ['Nordwind AG', 'Nordwind Aktiengesellschaft'],
    ['Quayside Ltd', 'Quayside Limited'],
    ['Quayside Mfg Co', 'Quayside Manufacturing Company'],
    ['Nordwind Intl.', 'Nordwind International'],
    ['Osgood Bros', 'Osgood Brothers'],
    ['Univ. Lindental', 'Universität Lindental'],
    ['Fielding & Osgood', 'Fielding und Osgood'],
    ['Fielding and Osgood', 'Fielding et Osgood'],
    ['Fielding y Osgood', 'Fielding & Osgood'],
  ])(`%s and %s are one institution with ${engine}`, async (a, b) => {
    for (const [listed, other] of [
      [a, b],
      [b, a],
    ] as const) {
      const registry = await createRegistry([null, listed, null, null, 'INSTITUTION'], ['Agnes', 'Brotherton'])
      for (const [hit] of [await registry.search(other), await registry.match({ surname: other })])
        expect(hit).toMatchObject({ name: `|${listed}`, grade: 'probable' })
      const { duplicates } = await registry.create([null, other, null, null, 'INSTITUTION'])
      expect(duplicates[0]?.name).toBe(`|${listed}`)
    }
  })

  test.each<[string, Listed]>([
    ['Ag', ['Agnes', 'Fielding']],
    ['Bro', ['Ida', 'Brotherton']],
    ['Int', ['Ida', 'Intveld']],
    ['Assoc', ['Ida', 'Associani']],
  ])(`the legal form or business word %s is also the beginning of a name with ${engine}`, async (typed, listed) => {
    const registry = await createRegistry(listed)
    expect((await registry.search(typed))[0]?.name).toBe(`${listed[0]}|${listed[1]}`)
  })

  describe(`further words beside a name with ${engine}`, () => {
    test.each<[string, string, string]>([
      ['Ana', 'Popescu', 'née Dumitru'],
      ['Maria', 'Kowalska', 'z domu Nowakowska'],
      ['Oleg', 'Fieldingov', '; DOB 02 Feb 1958; POB Gdansk'],
      ['Erika', 'Osgood', 'geb. Lindental'],
      ['Jana', 'Svobodova', '(roz. Dvorakova)'],
      ['Olga', 'Fieldingova', 'урожд. Иванова'],
    ])('%s %s is found, lower, with %s', async (given_name, surname, further) => {
      const registry = await createRegistry([given_name, surname], ['Ida', 'Osgood'])
      const name = `${given_name}|${surname}`
      const [exact] = await registry.match({ given_name, surname })
      const [typed] = await registry.search(`${given_name} ${surname} ${further}`)
      const [stated] = await registry.match({ given_name, surname: `${surname} ${further}` })
      for (const hit of [typed, stated]) {
        expect(hit?.name).toBe(name)
        expect(hit?.score).toBeLessThan(exact?.score ?? 0)
      }
      const other = await createRegistry([given_name, `${surname} ${further}`])
      const [listed] = await other.match({ given_name, surname })
      expect(listed?.name).toBe(`${given_name}|${surname} ${further}`)
      expect(listed?.score).toBeLessThan(exact?.score ?? 0)
    })

    test.each([
      '; DOB 02 Feb 1958; POB Gdansk',
      '(born 02.02.1958 in Gdansk)',
      'd.o.b.: 2/2/1958; nationality Polish',
      '*02.02.1958',
    ])('the date in %s is read', async further => {
      const registry = await createRegistry(['Oleg', 'Fieldingov', '1941-07-19'], ['Oleg', 'Fieldingov', '1958-02-02'])
      const [hit, other] = await registry.search(`Oleg Fieldingov ${further}`)
      expect(hit).toMatchObject({ name: 'Oleg|Fieldingov', grade: 'certain' })
      expect(hit?.dob).toBe('1958-02-02')
      expect(other?.grade).not.toBe('certain')
    })

    test.each(['Nee', 'Born', 'Alias'])('%s after one word is a name', async word => {
      const registry = await createRegistry(['Watson', 'Fielding'], ['Watson', word])
      expect((await registry.search(`Watson ${word} Osgood`)).map(({ name }) => name)).not.toContain('Watson|Fielding')
      expect((await registry.search(`Watson ${word}`))[0]?.name).toBe(`Watson|${word}`)
    })
  })

  test.each<[string, string]>([
    ['Ida', 'Osgood'],
    ['John', 'Smith'],
    ['María José', 'García Lorca'],
  ])(`%s %s three years apart is never certainly one person with ${engine}`, async (given_name, surname) => {
    const registry = await createRegistry([given_name, surname, DOB])
    const name = `${given_name}|${surname}`
    expect(await registry.match({ given_name, surname, dob: DOB })).toMatchObject([{ name, grade: 'certain' }])
    for (const dob of ['1974-03-05', '1968-03-05', '1971-03-08']) {
      const [hit] = await registry.match({ given_name, surname, dob })
      expect(hit?.name).toBe(name)
      expect(hit?.grade).not.toBe('certain')
    }
    expect((await registry.create([given_name, surname, '1974-08-19'])).duplicates).toEqual([])
  })

  describe(`names in other scripts with ${engine}`, () => {
    test.each<[string, string, string]>([
      ['عبد الرحمن', 'القحطاني', 'Abdel Rahman Al-Qahtani'],
      ['عبد الرحمن', 'القحطاني', 'Abdurrahman Qahtani'],
      ['عبد الرحمن', 'القحطاني', 'Abderrahmane Qahtani'],
      ['عبد الرحمن', 'القحطاني', 'Abdurrahman'],
      ['عبدالرحمن', 'القحطاني', 'Abdel Rahman'],
      ['عبدالرحمن', 'القحطاني', 'Abderrahmane'],
      ['عبدالرحمن', 'القحطاني', 'Qahtani'],
      ['عبد السلام', 'الشمري', 'Abdessalam Shammari'],
      ['عبدالعزيز', 'الدوسري', 'Abdelaziz Dosari'],
      ['نور الدين', 'النجار', 'Noureddine Najjar'],
      ['Abdurrahman', 'Qahtani', 'عبد الرحمن القحطاني'],
      ['Abdel Aziz', 'Shammari', 'عبدالعزيز الشمري'],
    ])('%s %s is found by %s', async (given_name, surname, q) => {
      const registry = await createRegistry(['Ida', 'Osgood'], ['Rahim', 'Qadiri'], [given_name, surname, DOB])
      const name = `${given_name}|${surname}`
      expect((await registry.search(q))[0]?.name).toBe(name)
      expect((await registry.search(`${q} ${DOB}`))[0]?.name).toBe(name)
    })

    test.each<[string, string, string, string]>([
      ['ประเสริฐ', 'ศรีสุข', 'Prasoet', 'Sisuk'],
      ['ยิ่งลักษณ์', 'ชินวัตร', 'Yinglak', 'Chinnawat'],
      ['สมชาย', 'วงศ์สวัสดิ์', 'Somchai', 'Wongsawat'],
      ['ทวีสิน', 'เฉลิม', 'Thawisin', 'Chaloem'],
      ['พรทิพย์', 'ดำรง', 'Phonthip', 'Damrong'],
      ['สมศักดิ์', 'หลีกภัย', 'Somsak', 'Likphai'],
      ['ณัฐวุฒิ', 'รัตนา', 'Natthawut', 'Rattana'],
      ['สุรชัย', 'แก้วทอง', 'Surachai', 'Kaeothong'],
    ])('%s %s is found by %s %s, as it is spoken', async (given_name, surname, spokenGivenName, spokenSurname) => {
      const registry = await createRegistry(['Ida', 'Osgood'], [given_name, surname, DOB])
      const name = `${given_name}|${surname}`
      expect((await registry.search(`${spokenGivenName} ${spokenSurname}`))[0]?.name).toBe(name)
      expect((await registry.search(spokenSurname))[0]?.name).toBe(name)
      const [hit] = await registry.match({ given_name: spokenGivenName, surname: spokenSurname })
      expect(hit?.name).toBe(name)
      const latin = await createRegistry(['Ida', 'Osgood'], [spokenGivenName, spokenSurname])
      const [other] = await latin.search(`${given_name} ${surname}`)
      expect(other?.name).toBe(`${spokenGivenName}|${spokenSurname}`)
    })

    test.each<[string, string]>([
      ['القحطاني', 'Qahtani'],
      ['الشمري', 'Shammari'],
      ['النجار', 'Najjar'],
      ['الدوسري', 'Dosari'],
      ['عبد الرحمن', 'Abdurrahman'],
      ['عبدالسلام', 'Abdussalam'],
      ['الشمري', 'Ash-Shammari'],
      ['الرشيد', 'Ar-Rashid'],
      ['النعيمي', 'An-Nuaimi'],
      ['Al-Shammari', 'Ash-Shammari'],
      ['As-Saadi', 'السعدي'],
      ['Ash-Shammari', 'Shammari'],
    ])('the surname %s is found by %s in a match', async (surname, romanised) => {
      const registry = await createRegistry(['Ida', 'Osgood'], ['نور', surname])
      expect((await registry.match({ surname: romanised }))[0]?.name).toBe(`نور|${surname}`)
    })
  })
}
