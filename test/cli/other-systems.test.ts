import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { customer } from '#contract/schemas/customer.ts'
import { startServer, type TestServer } from '../e2e/server.ts'
import {
  CRLF,
  DYNAMICS,
  EXCEL,
  GOOGLE,
  HUBSPOT,
  MAILCHIMP,
  ODOO,
  OUTLOOK,
  SALESFORCE,
  SAP_LIST,
  SAP_TABLE,
  SHOPIFY,
  WOOCOMMERCE,
  windows,
} from './other-systems.ts'
import { type CommandResult, Folder, runRegistry } from './run.ts'

let server: TestServer
let folder: Folder

beforeAll(async () => {
  ;[server, folder] = await Promise.all([startServer({ REGISTRY_SAMPLE: '1' }), Folder.create()])
})
afterAll(() => Promise.all([server.stop(), folder.remove()]))

const ingest = (file: string, source: string, ...words: string[]): Promise<CommandResult> =>
  runRegistry(['ingest', file, '--source', source, '--url', server.url, ...words])

async function listed(source: string) {
  const token = await server.token('agent')
  const { text } = await server.api('GET', `/v1/customers?source=${source}&limit=100`, { token })
  const items = JSON.parse(text).items.map((item: unknown) => customer.parse(item))
  return items.map(({ surname, given_name, dob, details }: ReturnType<typeof customer.parse>) => ({
    surname,
    given_name,
    dob,
    details,
  }))
}

test('telephone numbers without a country code need the option --country, and are read with it', async () => {
  const file = await folder.write('numbers.csv', 'id,Last Name,Mobile\n1,Lee,0171 2345678\n2,Weir,+353 21 427 7000\n')
  const refused = await ingest(file, 'numbers')
  expect(refused.code).toBe(2)
  expect(await readFile(`${file}.refused.ndjson`, 'utf8')).toContain('the option country')
  const taken = await ingest(file, 'numbers', '--country', 'de')
  expect(taken.code).toBe(0)
  expect(await listed('numbers')).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ surname: 'Lee', details: { phone: '+491712345678' } }),
      expect.objectContaining({ surname: 'Weir', details: { phone: '+353214277000' } }),
    ]),
  )
})

describe('a file of another system is read', () => {
  test.each<[system: string, name: string, content: string | Buffer, options: string[], expected: unknown[]]>([
    [
      'google',
      'contacts.csv',
      CRLF(GOOGLE),
      ['--id-column', 'E-mail 1 - Value', '--ignore-unknown'],
      [
        {
          surname: 'Ní Bhriain',
          given_name: 'Aoife Máire',
          dob: '1988-04-17',
          details: {
            city: 'Cork',
            country: 'Ireland',
            email: 'aoife@example.org',
            employer: 'Harbour Ltd',
            note: 'one, two',
            occupation: 'Engineer',
            phone: '+353214277000',
            postcode: 'T12',
            street: '1 Quay',
          },
        },
      ],
    ],
    [
      'outlook',
      'contacts.csv',
      windows(CRLF(OUTLOOK)),
      ['--id-column', 'E-mail Address'],
      [
        {
          surname: 'Groß',
          given_name: 'Jürgen',
          dob: '1961-03-14',
          details: { city: 'Kiel', email: 'jg@example.org', phone: '+491705550123', postcode: '24103' },
        },
        { surname: 'Lee', given_name: 'Ann', dob: null, details: { email: 'ann@example.org' } },
      ],
    ],
    [
      'salesforce',
      'report.csv',
      CRLF(SALESFORCE),
      ['--ignore-unknown'],
      [
        {
          surname: 'Vance',
          given_name: 'Ada',
          dob: '1979-08-25',
          details: { email: 'ada@example.org', employer: 'Harbour' },
        },
        { surname: 'Vance', given_name: 'Bo', dob: '1980-03-04', details: { employer: 'Harbour' } },
      ],
    ],
    [
      'hubspot',
      'contacts.csv',
      CRLF(HUBSPOT),
      ['--ignore-unknown'],
      [
        {
          surname: 'Vance',
          given_name: 'Ada',
          dob: '1979-08-02',
          details: { city: 'Lund', email: 'ada@example.org', phone: '+46405550123' },
        },
      ],
    ],
    [
      'sap-list',
      'list.txt',
      Buffer.from(`\ufeff${CRLF(SAP_LIST)}`, 'utf16le'),
      [],
      [
        { surname: 'Groß', given_name: 'Jürgen', dob: '1961-03-14', details: { city: 'Kiel' } },
        { surname: 'Lee', given_name: 'Ann', dob: null, details: { city: 'Bonn' } },
      ],
    ],
    [
      'sap-table',
      'but000.csv',
      CRLF(SAP_TABLE),
      [],
      [
        { surname: 'Groß', given_name: 'Jürgen', dob: '1961-03-14', details: { city: 'Kiel' } },
        { surname: 'Lee', given_name: 'Ann', dob: null, details: {} },
      ],
    ],
    [
      'excel',
      'kunden.csv',
      windows(CRLF(EXCEL)),
      [],
      [
        {
          surname: 'Müller',
          given_name: 'Jürgen',
          dob: '1961-03-14',
          details: { city: 'Kiel', postcode: '24103', resident: true, street: 'Hafenstr. 1' },
        },
        { surname: 'Weiß', given_name: 'Zoë', dob: '1988-04-17', details: { resident: false } },
      ],
    ],
  ])('%s', async (system, name, content, options, expected) => {
    const ran = await ingest(await folder.write(name, content), system, ...options)
    expect(ran).toMatchObject({ code: 0, stderr: '' })
    const byName = (a: { given_name: string }, b: { given_name: string }) => (a.given_name < b.given_name ? -1 : 1)
    expect((await listed(system)).sort(byName)).toEqual(expected.toSorted((a, b) => byName(a as never, b as never)))
  })
})

test.each([
  ['Google Contacts', CRLF(GOOGLE)],
  ['Outlook', CRLF(OUTLOOK)],
  ['Salesforce', CRLF(SALESFORCE)],
  ['HubSpot', CRLF(HUBSPOT)],
  ['Mailchimp', CRLF(MAILCHIMP)],
  ['Shopify', CRLF(SHOPIFY)],
  ['WooCommerce', CRLF(WOOCOMMERCE)],
  ['Dynamics', CRLF(DYNAMICS)],
  ['Odoo', CRLF(ODOO)],
])('a file of %s is refused with the options that suffice', async (system, content) => {
  const file = await folder.write(`${system}.csv`, content)
  const { code, stderr } = await ingest(file, 'proposed')
  expect(code).toBe(1)
  const [, proposal = ''] = /This should do: add (.*)\n/.exec(stderr) ?? []
  const words = [...proposal.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '')
  expect(words).not.toEqual([])
  expect(await ingest(file, 'proposed', '--dry-run', ...words)).toMatchObject({ code: 0, stderr: '' })
})

test.each<[encoding: string, text: readonly number[], surname: string]>([
  ['windows-1251', [0xc8, 0xe2, 0xe0, 0xed, 0xee, 0xe2, 0xe0], 'Иванова'],
  ['gb18030', [0xcd, 0xf5, 0xd0, 0xa1, 0xc3, 0xf7], '王小明'],
  ['macintosh', [0x4c, 0x65, 0x66, 0x8f, 0x76, 0x72, 0x65], 'Lefèvre'],
])('%s is not taken for Windows-1252, and is read once it is named', async (encoding, letters, surname) => {
  const file = await folder.write(
    `${encoding}.csv`,
    Buffer.concat([Buffer.from('id,sn\n1,'), Buffer.from(letters), Buffer.from('\n')]),
  )
  expect(await ingest(file, encoding)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('name its encoding with --encoding'),
  })
  await ingest(file, encoding, '--encoding', encoding)
  expect(await listed(encoding)).toMatchObject([{ surname }])
})
