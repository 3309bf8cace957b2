import { describe, expect, test } from '@jest/globals'
import { draftColumns, findColumnFaults } from '#ingest/columns.ts'
import { proposeColumns } from '#ingest/propose-columns.ts'
import { surveyTable } from '#ingest/survey-table.ts'

const OPTIONS = { mapping: null, nameColumn: null, idColumns: [], ignoreUnknown: true }
const FIELDS = [{ name: 'city', label: 'Town of residence' }]

async function propose(...rows: string[][]) {
  async function* records() {
    for (const [n, cells] of rows.entries()) yield { cells, line: n + 1, end: n + 1 }
  }
  const survey = await surveyTable(records, { mapping: null, dateFormat: null }, header =>
    draftColumns(header, OPTIONS),
  )
  return proposeColumns(survey, FIELDS)
}

describe('the proposal for the columns of a table', () => {
  test('takes usual names, fields by name or label, and leaves out the rest', async () => {
    const { targets, ids, name } = await propose(
      ['Kundennummer', 'Nachname', 'Vorname', 'Town of Residence', 'Bonus'],
      ['7', 'Lovelace', 'Ada', 'London', '3'],
    )
    expect(targets).toEqual([null, 'surname', 'given_name', 'details.city', null])
    expect(ids).toEqual([0])
    expect(name).toBeNull()
  })

  test('splits whole names, and takes a column that tells the rows apart for the key', async () => {
    const { targets, ids, name } = await propose(
      ['Name', 'E-Mail'],
      ['Ada Lovelace', 'ada@example.org'],
      ['Ada Lovelace', 'lovelace@example.org'],
    )
    expect(targets).toEqual([null, null])
    expect(name).toBe(0)
    expect(ids).toEqual([1])
  })

  test('has no key if no column tells the rows apart', async () => {
    const draft = await propose(['Nachname', 'Geburtsdatum'], ['Lovelace', '1815'], ['Lovelace', '1815'])
    expect(findColumnFaults(draft)).toEqual({ repeated: [], lacksKey: true, lacksIdentity: false })
  })
})

test('two columns of one field, and a table without names or numbers, are faults', () => {
  const faults = findColumnFaults({ targets: ['dob', 'dob', 'type'], ids: [0], name: null })
  expect(faults).toEqual({ repeated: ['dob'], lacksKey: false, lacksIdentity: true })
})
