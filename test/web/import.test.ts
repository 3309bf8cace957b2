import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Browser, BrowserContextOptions, Page, Request } from 'playwright-core'
import writeExcelFile from 'write-excel-file/node'
import { z } from 'zod'
import { startServer, type TestServer } from '../e2e/server.ts'
import { until } from '../e2e/until.ts'
import { ActionCounter } from './actions.ts'
import {
  APPEARANCES,
  findViolations,
  launch,
  openPage,
  scrollsSideways,
  signIn,
  signOut,
  takeScreenshot,
} from './browser.ts'

let server: TestServer
let browser: Browser
let token: string
beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer({ REGISTRY_SAMPLE: '0' }), launch()])
  token = await server.token('agent')
  const provider = await server.token('provider')
  await server.api('POST', '/v1/fields', { token: provider, body: { name: 'city', label: 'Wohnort', type: 'text' } })
  await server.api('POST', '/v1/fields/city/authorise', { token: provider })
})
afterAll(() => Promise.all([server.stop(), browser.close()]))

interface Chosen {
  name: string
  mimeType: string
  buffer: Buffer
}

const toFile = (name: string, content: string | Buffer): Chosen => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.from(content),
})

const GERMAN = `Kundennummer;Nachname;Vorname;Geburtsdatum;Ausweisnummer;Wohnort
1001;Müller;Jürgen;03.04.1985;L01X00T47;Köln
1002;Schäfer;Änne;21.08.1979;L01X00T48;Münster
1003;Groß;Zoë;31.12.2999;L01X00T49;Bonn
`

async function openImport(options: BrowserContextOptions = {}) {
  const opened = await openPage(browser, `${server.url}/app`, options)
  await signIn(opened.page)
  await opened.page.locator('.nav a[href$="/import"]').click()
  await opened.page.locator('.drop-zone').waitFor()
  return opened
}

const choose = (page: Page, file: Chosen) => page.locator('input[type=file]').setInputFiles(file)

/** The number beside an outcome. */
const countOf = (page: Page, outcome: string) =>
  page.locator('.counts > div', { has: page.getByText(outcome, { exact: true }) }).locator('dd')

const list = z.object({ items: z.array(z.looseObject({ surname: z.string().nullable() })) })
const listed = async (source: string) =>
  (await server.api('GET', `/v1/customers?source=${source}`, { token })).as(list).items

async function saved(page: Page): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save the refused rows' }).click(),
  ])
  return readFile(await download.path(), 'utf8')
}

describe('a file with semicolons and German headers', () => {
  test('is taken in with four actions, and refused rows are saved with the reason', async () => {
    const { page, faults, close } = await openPage(browser, `${server.url}/app`)
    await signIn(page)
    await page.getByRole('link', { name: 'Import' }).waitFor()
    const counter = await ActionCounter.on(page)
    // 1: the view. 2: the file. The focus is in the source.
    await page.getByRole('link', { name: 'Import' }).click()
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.getByRole('button', { name: 'Choose a file' }).click(),
    ])
    await chooser.setFiles(toFile('kunden.csv', Buffer.from(GERMAN, 'latin1')))
    await page.getByText('Müller · Schäfer · Groß').waitFor()
    expect(await page.getByLabel('Encoding').inputValue()).toBe('windows-1252')
    expect(await page.getByLabel('Columns are separated by').inputValue()).toBe(';')
    expect(await page.getByLabel('Field of the column Wohnort').inputValue()).toBe('details.city')
    expect(await page.getByLabel('The column Kundennummer is a part of the key').isChecked()).toBe(true)
    // 3: the preview. 4: the import, which the focus is on.
    await page.keyboard.type('crm')
    await page.keyboard.press('Enter')
    await page.getByText('Preview: nothing was written.').waitFor()
    expect(await countOf(page, 'would be created').textContent()).toBe('2')
    expect(await countOf(page, 'would be refused').textContent()).toBe('1')
    expect(await listed('crm')).toEqual([])
    await takeScreenshot(page, 'import-preview')
    expect(await findViolations(page)).toEqual([])
    await page.keyboard.press('Enter')
    await page.getByText('The file is imported.').waitFor()
    expect(await counter.count()).toEqual({ actions: 4, typed: 'crm'.length })
    expect(await countOf(page, 'created').textContent()).toBe('2')
    expect(await listed('crm')).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          surname: 'Müller',
          given_name: 'Jürgen',
          dob: '1985-04-03',
          details: { city: 'Köln' },
        }),
        expect.objectContaining({ surname: 'Schäfer', given_name: 'Änne', dob: '1979-08-21' }),
      ]),
    )
    expect((await saved(page)).trimEnd().split('\n')).toEqual([
      '\ufeff"problem","line","id","surname","given_name","dob","document_number","details.city"',
      expect.stringMatching(/^"dob is in the future","4","1003","Groß","Zoë","2999-12-31","L01X00T49","Bonn"$/),
    ])
    expect(page.url()).toBe(`${server.url}/app/import`)
    expect(faults).toEqual([])
    await close()
  })

  test('changes nothing when it is taken in again', async () => {
    const { page, close } = await openImport()
    await choose(page, toFile('kunden-2.csv', GERMAN))
    await page.getByLabel('Source').fill('crm')
    await page.getByLabel('Source').press('Enter')
    await page.getByText('Preview: nothing was written.').waitFor()
    expect(await countOf(page, 'would stay as they are').textContent()).toBe('2')
    expect(await countOf(page, 'would be created').textContent()).toBe('0')
    await close()
  })
})

describe('what a file shows of itself can be corrected', () => {
  test('such as its encoding, when the letters look wrong', async () => {
    const { page, faults, close } = await openImport()
    // Łukasz Dąbrowski, in Windows-1250.
    const name = Buffer.from([0xa3, ...Buffer.from('ukasz;D'), 0xb9, ...Buffer.from('browski')])
    const content = Buffer.concat([Buffer.from('Nr;Vorname;Nachname\n1;'), name, Buffer.from('\n')])
    await choose(page, toFile('polen.csv', content))
    await page.getByText('£ukasz').waitFor()
    await page.getByLabel('Encoding').selectOption('windows-1250')
    await page.getByText('Łukasz').waitFor()
    await page.getByLabel('Source').fill('polen')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Import these rows' }).click()
    await page.getByText('The file is imported.').waitFor()
    expect(await listed('polen')).toMatchObject([{ surname: 'Dąbrowski', given_name: 'Łukasz' }])
    expect(faults).toEqual([])
    await close()
  })

  test('or what separates its columns', async () => {
    const { page, faults, close } = await openImport()
    await choose(page, toFile('a.csv', 'Nr,Nachname,Vorname\n1,Lindqvist,Sven\n'))
    const column = (name: string) => page.getByRole('rowheader', { name, exact: true })
    await column('Nachname').waitFor()
    await page.getByLabel('Columns are separated by').selectOption('semicolons')
    await column('Nr,Nachname,Vorname').waitFor()
    expect(await page.getByRole('rowheader').count()).toBe(1)
    await page.getByLabel('Columns are separated by').selectOption('commas')
    await column('Nachname').waitFor()
    await page.getByLabel('Source').fill('nord')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Import these rows' }).click()
    await page.getByText('The file is imported.').waitFor()
    expect(await listed('nord')).toMatchObject([{ surname: 'Lindqvist', given_name: 'Sven' }])
    expect(faults).toEqual([])
    await close()
  })

  test('or what its columns mean, by keyboard alone, and the order of day and month', async () => {
    const { page, faults, close } = await openImport()
    await choose(page, toFile('x.csv', 'Ref,Wer,Tag\nA1,Okafor,03/04/1985\nA2,Okonkwo,05/06/1971\n'))
    await page.getByText('No column tells the rows apart.').waitFor()
    await page.getByText('No column has names or document numbers.').waitFor()
    expect(await page.getByRole('button', { name: 'Preview' }).isDisabled()).toBe(true)
    expect(await findViolations(page)).toEqual([])
    await page.getByLabel('The column Ref is a part of the key').focus()
    await page.keyboard.press('Space')
    await page.getByText('No column tells the rows apart.').waitFor({ state: 'detached' })
    await page.getByLabel('Field of the column Wer').focus()
    await page.keyboard.type('Surname')
    await page.getByText('No column has names').waitFor({ state: 'detached' })
    await page.getByLabel('Field of the column Tag').focus()
    await page.keyboard.type('Date of birth')
    await page.getByText('Dates in Tag may have the day or the month first').waitFor()
    await page.getByLabel('Dates such as').focus()
    await page.keyboard.type('month')
    await page.getByText('Dates in Tag').waitFor({ state: 'detached' })
    await page.getByLabel('Source').focus()
    await page.keyboard.type('shop')
    await page.keyboard.press('Enter')
    await page.locator('button:focus', { hasText: 'Import these rows' }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByText('The file is imported.').waitFor()
    expect((await listed('shop')).map(({ dob }) => dob).sort()).toEqual(['1971-05-06', '1985-03-04'])
    expect(faults).toEqual([])
    await close()
  })
})

test('a preview shows whom rows look like, with a way there and back that loses nothing', async () => {
  const body = { surname: 'Quisenberry', given_name: 'Adaline', dob: '1979-08-21' }
  await server.api('POST', '/v1/customers', { token, body })
  const { page, faults, close } = await openImport()
  await choose(page, toFile('a.csv', 'id,surname,given_name,dob\n7,Quisenbery,Adaline,1979-08-21\n'))
  await page.getByLabel('Source').fill('fair')
  await page.keyboard.press('Enter')
  await page.getByRole('link', { name: 'Quisenberry, Adaline' }).click()
  await page.getByRole('heading', { name: 'Quisenberry, Adaline' }).waitFor()
  await page.goBack()
  await page.getByText('Preview: nothing was written.').waitFor()
  expect(await countOf(page, 'look like somebody on the list').textContent()).toBe('1')
  expect(await page.getByLabel('Source').inputValue()).toBe('fair')
  expect(faults).toEqual([])
  await close()
})

test('an import can be paused and resumed, and goes on where it was when the registry was not reached', async () => {
  const { page, faults, close } = await openImport()
  const open = new Set<Request>()
  page.on('request', request => request.url().includes('/v1/batches') && open.add(request))
  page.on('requestfinished', request => open.delete(request))
  const rows = Array.from({ length: 2500 }, (_, n) => `${n},Pausewell${n},Ann,19${10 + (n % 80)}\n`)
  await choose(page, toFile('long.csv', `id,surname,given_name,dob\n${rows.join('')}`))
  await page.getByLabel('Source').fill('long')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Import these rows' }).click({ timeout: 60_000 })
  await page.getByRole('button', { name: 'Pause' }).click()
  await page.getByText('The import is paused at').waitFor()
  await until(async () => open.size === 0, 30_000, 'the batches on their way to be answered')
  const paused = await page.locator('.counts').textContent()
  expect(await page.getByLabel('Source').isDisabled()).toBe(true)
  await page.context().setOffline(true)
  await page.getByRole('button', { name: 'Resume' }).click()
  await page.getByText('The registry cannot be reached.').waitFor()
  expect(await page.locator('.counts').textContent()).toBe(paused)
  await takeScreenshot(page, 'import-paused')
  expect(await findViolations(page)).toEqual([])
  await page.context().setOffline(false)
  await page.getByRole('button', { name: 'Resume' }).click()
  await page.getByText('The file is imported.').waitFor({ timeout: 60_000 })
  expect(await countOf(page, 'created').textContent()).toBe('2,500')
  expect(faults).toEqual([])
  await close()
})

test('a workbook is taken in like a table, with its dates', async () => {
  const { page, faults, close } = await openImport()
  const rows = [
    [{ value: 'Kundennummer' }, { value: 'Nachname' }, { value: 'Geburtsdatum' }],
    [{ value: 7 }, { value: 'Łukasiewicz' }, { value: new Date('1978-12-21'), format: 'dd.mm.yyyy' }],
  ]
  await choose(page, { name: 'kunden.xlsx', mimeType: '', buffer: await writeExcelFile(rows).toBuffer() })
  await page.getByText('Łukasiewicz').waitFor()
  expect(await page.getByLabel('Encoding').count()).toBe(0)
  await page.getByLabel('Source').fill('excel')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Import these rows' }).click()
  await page.getByText('The file is imported.').waitFor()
  expect(await listed('excel')).toMatchObject([{ surname: 'Łukasiewicz', dob: '1978-12-21' }])
  expect(faults).toEqual([])
  await close()
})

describe('a file that is none', () => {
  test.each([
    ['picture.png', Buffer.from([0x89, 0x50, 0x4e, 0x47]), 'The page does not read this kind of file.'],
    ['picture.csv', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x8d, 0xff, 0xfe, 0x81]), 'Choose another encoding.'],
    ['picture.xlsx', Buffer.from([0x89, 0x50, 0x4e, 0x47]), 'is not a readable .xlsx workbook'],
    ['empty.csv', Buffer.from(''), 'is empty'],
    ['open.csv', Buffer.from('id,surname\n1,"Lovelace\n'), 'a quote that is never closed'],
  ])('says so: %s', async (name, content, reason) => {
    const { page, faults, close } = await openImport()
    await choose(page, toFile(name, content))
    await page.getByRole('alert').getByText(reason).waitFor()
    expect(await page.getByRole('button', { name: 'Preview' }).isDisabled()).toBe(true)
    expect(await findViolations(page)).toEqual([])
    expect(faults).toEqual([])
    await close()
  })
})

test('a file can be dropped anywhere in the view', async () => {
  const { page, faults, close } = await openImport()
  const files = await page.evaluateHandle(`(() => {
    const transfer = new DataTransfer()
    transfer.items.add(new File(['{"id":"1","surname":"Byron"}\\n'], 'dropped.jsonl'))
    return transfer
  })()`)
  await page.locator('main h1').dispatchEvent('drop', { dataTransfer: files })
  await page.getByText('dropped.jsonl').waitFor()
  await page.getByLabel('Source').fill('lines')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Import these rows' }).click()
  await page.getByText('The file is imported.').waitFor()
  expect(await listed('lines')).toMatchObject([{ surname: 'Byron' }])
  expect(faults).toEqual([])
  await close()
})

test('an import is forgotten when its user signs out', async () => {
  const { page, close } = await openImport()
  await choose(page, toFile('kunden.csv', GERMAN))
  await page.getByText('Müller · Schäfer').waitFor()
  await signOut(page)
  await signIn(page)
  await page.locator('.nav a[href$="/import"]').click()
  await page.getByText('Drop a file here').waitFor()
  expect(await page.getByText('kunden.csv').count()).toBe(0)
  await close()
})

describe('the view of the import', () => {
  test.each(APPEARANCES)('looks right: $name', async ({ name, options }) => {
    const { page, faults, close } = await openImport(options)
    const check = async (view: string) => {
      await takeScreenshot(page, `app-${view}-${name}`)
      expect(await findViolations(page)).toEqual([])
      expect(await scrollsSideways(page)).toBe(false)
    }
    await check('import-empty')
    await choose(page, toFile('kunden.csv', GERMAN))
    await page.getByText('Müller · Schäfer').waitFor()
    await page.locator('form input').first().fill(`look-${name}`)
    await page.keyboard.press('Enter')
    await page.locator('.refused').waitFor()
    await check('import')
    expect(faults).toEqual([])
    await close()
  })
})
