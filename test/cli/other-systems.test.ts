/** Files with the columns of other systems, as their public documentation and templates name them. */
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { customer } from '#contract/schemas/customer.ts'
import { startServer, type TestServer } from '../e2e/server.ts'
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

const CRLF = (lines: readonly string[]) => lines.map(line => `${line}\r\n`).join('')
/** Text of Latin letters, in Windows-1252. */
const windows = (text: string) => Buffer.from(text, 'latin1')

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

const GOOGLE = [
  'First Name,Middle Name,Last Name,Phonetic First Name,Name Prefix,Nickname,File As,Organization Name,Organization Title,Birthday,Notes,Photo,Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,Address 1 - Street,Address 1 - City,Address 1 - Postal Code,Address 1 - Country',
  'Aoife,Máire,Ní Bhriain,,,,,Harbour Ltd,Engineer,1988-04-17,"one\ntwo",,* myContacts,* Work,aoife@example.org,Mobile,+353 21 427 7000,1 Quay,Cork,T12,Ireland',
]
const OUTLOOK = [
  '"First Name","Middle Name","Last Name","Title","E-mail Address","Mobile Phone","Job Title","Company","Home City","Home Postal Code","Birthday","Anniversary","Notes"',
  '"Jürgen","","Groß","","jg@example.org","+49 170 5550123","","","Kiel","24103","14.03.1961","0.0.00",""',
  '"Ann","","Lee","","ann@example.org","","","","","","0/0/00","0/0/00",""',
]
const SALESFORCE = [
  '"Contact ID","First Name","Last Name","Account ID","Account Name","Birthdate","Email"',
  '"0035g00000AbCdE","Ada","Vance","0015g00000XyZab","Harbour","8/25/1979","ada@example.org"',
  '"0035g00000AbCdF","Bo","Vance","0015g00000XyZab","Harbour","3/4/1980",""',
]
const HUBSPOT = [
  'Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Lead Status,Create Date,Date of birth,City',
  '151,Ada,Vance,ada@example.org,+46 40 555 01 23,Sam,NEW,2025-12-01 09:00,1979-08-02,Lund',
]
const MAILCHIMP = [
  '"Email Address","First Name","Last Name",Address,"Phone Number",Birthday,MEMBER_RATING,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,LATITUDE,LONGITUDE,GMTOFF,DSTOFF,TIMEZONE,CC,REGION,LAST_CHANGED,LEID,EUID,NOTES,TAGS',
  'ada@example.org,Ada,Vance,"1 Quay Lund",+46405550123,,2,"2025-12-01 09:00:00",,"2025-12-01 09:00:00",,,,,,,,,"2025-12-01 09:00:00",1001,ab12,,"news"',
]
const SHOPIFY = [
  'Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Default Address Company,Default Address Address1,Default Address Address2,Default Address City,Default Address Province Code,Default Address Country Code,Default Address Zip,Default Address Phone,Phone,Accepts SMS Marketing,Total Spent,Total Orders,Note,Tax Exempt,Tags',
  "'7012345678901,Ada,Vance,ada@example.org,yes,Harbour,1 Quay,,Lund,M,SE,22100,,+46405550123,no,120.50,3,,no,regular",
]
const WOOCOMMERCE = [
  'Name,Username,Last Active,Sign Up,Email,Orders,Total Spend,AOV,Country / Region,City,Region,Postal Code',
  'Ada Vance,ada,2025-12-01 09:00:00,2024-11-02 10:00:00,ada@example.org,3,120.5,40.17,SE,Lund,M,22100',
]
const DYNAMICS = [
  '(Do Not Modify) Contact,(Do Not Modify) Row Checksum,(Do Not Modify) Modified On,First Name,Last Name,Job Title,Company Name,Email,Business Phone,Birthday,Address 1: City',
  '5f0c1c9e-0b1d-4c5e-9a51-6a1b2c3d4e5f,qWe+rT/y==,12/1/2025 9:00,Ada,Vance,Engineer,Harbour,ada@example.org,+46 40 555 01 23,8/25/1979,Lund',
]
const ODOO = [
  '"External ID","Name","Email","Phone","City","Country/Country Name","Tax ID","Is a Company"',
  '"__export__.res_partner_41_ab12cd34","Ada Vance","ada@example.org","+46 40 555 01 23","Lund","Sweden","","FALSE"',
]
const SAP_LIST = [
  'Geschäftspartner: Liste\t\t\t\t',
  '',
  '\tGeschäftspartner\tNachname\tVorname\tGeburtsdat.\tOrt',
  '\t0000100001\tGroß\tJürgen\t14.03.1961\tKiel',
  '\t0000100002\tLee\tAnn\t00.00.0000\tBonn',
]
const SAP_TABLE = [
  'PARTNER;NAME_LAST;NAME_FIRST;BIRTHDT;CITY1',
  '0000100001;Groß;Jürgen;19610314;Kiel',
  '0000100002;Lee;Ann;00000000;',
]
const EXCEL = [
  'Kunden-Nr.;Name;Vorname;Geb.-Datum;Straße;PLZ;Ort;Resident',
  '="00017";Müller;Jürgen;14. Mrz 1961;Hafenstr. 1;24103;Kiel;WAHR',
  '18;Weiß;Zoë;17.04.1988;;;;FALSCH',
  ';;;;;;;',
]

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
