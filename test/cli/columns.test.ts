import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { FileImport, summary } from './file-import.ts'

let files: FileImport

beforeAll(async () => {
  files = await FileImport.start()
})
afterAll(() => files.stop())

describe('keys and names', () => {
  test('without a column of keys, the file says which columns tell rows apart', async () => {
    const file = await files.folder.write(
      'keyless.csv',
      'First Name,Last Name,Email\nAnn,Lee,ann@example.org\nBob,Lee,bob@example.org\n',
    )
    expect((await files.ingest(file)).stderr).toMatch(/has no column id, or of that meaning.*--id-column/)
    expect(summary(await files.ingest(file, '--id-column', 'email'))).toMatchObject({
      created: 2,
      columns: { Email: 'id + details.email' },
    })
    expect(summary(await files.ingestAs(files.source, file, '--id-column', 'Email'))).toMatchObject({ unchanged: 2 })
    expect(summary(await files.ingest(file, '--id-column', 'First Name, Last Name'))).toMatchObject({ created: 2 })
  })

  test('whole names are split', async () => {
    const content =
      'ID,Name\n1,"García Lorca, María José"\n2,Pieter van der Berg\n3,MÜLLER Jürgen\n4,Plato\n5,王 小明\n6,John Smith Jr.\n'
    const file = await files.folder.write('names.csv', content)
    expect((await files.ingest(file)).stderr).toContain("has whole names: split them with --name-column 'Name'")
    await files.ingest(file, '--name-column', 'Name')
    const names = (await files.listed()).map(({ surname, given_name }) => [surname, given_name])
    expect(names.sort()).toEqual(
      [
        ['García Lorca', 'María José'],
        ['van der Berg', 'Pieter'],
        ['MÜLLER', 'Jürgen'],
        ['Plato', null],
        ['王', '小明'],
        ['Smith Jr.', 'John'],
      ].sort(),
    )
  })

  test('parts of names in columns of their own are put together', async () => {
    const content = 'Id,First Name,Middle Name,Tussenvoegsel,Last Name,Segundo apellido\n1,Ann,May,van der,Berg,Ruiz\n'
    await files.ingest(await files.folder.write('parts.csv', content))
    expect(await files.listed()).toMatchObject([{ given_name: 'Ann May', surname: 'van der Berg Ruiz' }])
  })
})

describe('dates', () => {
  const dobs = async (...words: string[]) => {
    const ran = await files.ingest(...(words as [string]))
    return { ran, dobs: (await files.listed()).map(({ dob }) => dob).sort() }
  }

  test('with day or month first are read as one row shows', async () => {
    const file = await files.folder.write(
      'mdy.csv',
      'id,surname,dob\n1,Lee,03/04/1985\n2,Lee,04/25/1985\n3,Lee,00/00/1985\n',
    )
    const { ran, dobs: read } = await dobs(file)
    expect(summary(ran).notes).toEqual(['dob: read with the month first, as line 3 shows'])
    expect(read).toEqual(['1985', '1985-03-04', '1985-04-25'])
  })

  test.each([
    ['dmy', '1985-04-03'],
    ['mdy', '1985-03-04'],
  ])('that no row decides need --date-format: %s', async (format, date) => {
    const file = await files.folder.write('open.csv', 'id,surname,dob\n1,Lee,03/04/1985\n')
    const refused = await files.ingest(file)
    expect(refused).toMatchObject({ code: 1, stdout: '' })
    expect(refused.stderr).toMatch(/may have the day or the month first \(line 2\).*--date-format dmy or mdy/)
    expect((await dobs(file, '--date-format', format)).dobs).toEqual([date])
  })

  test('of which rows show both are refused', async () => {
    const content = 'id,surname,dob\n1,Lee,03/04/1985\n2,Lee,04/25/1985\n3,Lee,25/04/1985\n'
    expect((await files.ingest(await files.folder.write('both.csv', content))).stderr).toMatch(
      /day first \(line 4\).*month first \(line 3\).*line 2 may mean either/,
    )
  })

  test('as serial numbers need --date-format excel', async () => {
    const file = await files.folder.write('serial.csv', 'id,surname,dob\n1,Lee,31148\n')
    expect((await files.ingest(file)).code).toBe(2)
    expect(await readFile(`${file}.refused.ndjson`, 'utf8')).toContain('serial number')
    expect((await dobs(file, '--date-format', 'excel')).dobs).toEqual(['1985-04-11'])
  })

  test('in NDJSON are read alike', async () => {
    const rows = ['03/04/1985', '25/04/1985', 'about 1985'].map((dob, n) =>
      JSON.stringify({ id: `${n}`, surname: 'Lee', dob }),
    )
    const file = await files.folder.write('dates.ndjson', rows.join('\n'))
    expect((await dobs(file)).dobs).toEqual(['1985', '1985-04-03', '1985-04-25'])
  })
})
