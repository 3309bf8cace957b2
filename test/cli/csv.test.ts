import { expect, test } from '@jest/globals'
import { parse } from 'csv-parse/sync'
import { csv, escapeFormulas } from '#cli/export/csv.ts'
import { type Customer, customer } from '#contract/schemas/customer.ts'

const toCustomer = (fields: Partial<Customer>): Customer =>
  customer.parse({
    id: '3f2b8d1e-6c54-4a8e-9d0f-7b1c2a3d4e5f',
    type: 'PERSON',
    surname: null,
    given_name: null,
    dob: null,
    document_number: null,
    details: {},
    state: 'active',
    valid_from: '2026-01-01T00:00:00.000Z',
    valid_to: null,
    recorded_at: '2026-01-01T00:00:00.000Z',
    location: 'loc1',
    version: 'v',
    created_at: '2026-01-01T00:00:00.000Z',
    updated_at: '2026-01-01T00:00:00.000Z',
    merged_into: null,
    absorbed: [],
    hold: null,
    ...fields,
  })

async function join(texts: AsyncIterable<string>): Promise<string> {
  let joined = ''
  for await (const text of texts) joined += text
  return joined
}

async function write(customers: readonly Customer[], spreadsheetSafe: boolean): Promise<string> {
  async function* pages() {
    yield [...customers]
  }
  return join(csv(pages(), { spreadsheetSafe, bom: false }))
}
const read = (text: string) => parse<Record<string, string>>(text, { columns: true })

test('text with separators, quotes, line breaks and outer spaces is read back unchanged', async () => {
  const surname = ' a,"b"\r\nc '
  const [row] = read(await write([toCustomer({ surname, details: { member: true, size: 1.5, note: '\rx' } })], false))
  expect(row).toMatchObject({ surname, 'details.member': 'true', 'details.size': '1.5', 'details.note': '\rx' })
})

const FORMULAS = ['=HYPERLINK("http://198.51.100.1")', '+1', '-1+2', '@SUM(A1)', '\tx', '\rx']

test.each(FORMULAS)('%j is written unchanged, unless spreadsheet-safe output is requested', async surname => {
  expect(read(await write([toCustomer({ surname })], false))[0]?.surname).toBe(surname)
  expect(read(await write([toCustomer({ surname })], true))[0]?.surname).toBe(`'${surname}`)
})

test('pages of CSV are escaped in the same way', async () => {
  async function* texts() {
    yield 'id,name\n1,=A1\n'
    yield '2,"+""x"",\n"\n'
  }
  expect(await join(escapeFormulas(texts()))).toBe('id,name\n1,\'=A1\n2,"\'+""x"",\n"\n')
})
