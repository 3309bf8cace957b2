import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { parse } from 'csv-parse/sync'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { z } from 'zod'
import { startServer, type TestServer } from '../e2e/server.ts'
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

const COUNT = 130
/** The rows that exist at a time: those in the window, and some before and after. */
const MAX_ROWS = 50

let server: TestServer
let browser: Browser
beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer({ REGISTRY_SAMPLE: '0' }), launch()])
  const token = await server.token('agent')
  const add = async (body: object) =>
    (await server.api('POST', '/v1/customers', { token, body })).as(z.looseObject({ id: z.string() })).id
  for (let n = 0; n < COUNT; n++) await add({ surname: `Tester ${String(n).padStart(3, '0')}`, dob: '1980' })
  await add({ surname: 'Ministry of Tests', type: 'INSTITUTION' })
  const gone = await add({ surname: 'Zeller', given_name: 'Gone' })
  await server.api('DELETE', `/v1/customers/${gone}`, { token })
})
afterAll(() => Promise.all([server.stop(), browser.close()]))

async function openApp(path: string, options: BrowserContextOptions = {}) {
  const opened = await openPage(browser, `${server.url}/app${path}`, options)
  await signIn(opened.page)
  return opened
}

const rows = (page: Page) => page.locator('.hit')

describe('the list', () => {
  test('is read to its end by scrolling, in the chosen order', async () => {
    const { page, faults, close } = await openApp('/customers')
    await page.getByLabel('Order').selectOption('surname, Z to A')
    await rows(page).getByText('Tester 129').waitFor()
    const seen = new Set<string>()
    for (let screens = 0; screens < COUNT && seen.size <= COUNT; screens++) {
      for (const name of await page.locator('.hit a').allTextContents()) seen.add(name)
      expect(await rows(page).count()).toBeLessThan(MAX_ROWS)
      await page.mouse.wheel(0, 600)
      await page.waitForTimeout(50)
    }
    const names = [...seen]
    expect(names).toHaveLength(COUNT + 1)
    expect(names).toEqual(names.toSorted().reverse())
    expect(faults).toEqual([])
    await close()
  })

  test('is walked through by the arrows, beyond the rows of a window', async () => {
    const { page, faults, close } = await openApp('/customers?sort=surname&type=PERSON')
    await rows(page).first().getByRole('link').focus()
    for (let n = 0; n < COUNT - 1; n++) {
      await page
        .getByRole('link', { name: `Tester ${String(n).padStart(3, '0')}` })
        .and(page.locator(':focus'))
        .waitFor()
      await page.keyboard.press('ArrowDown')
    }
    await page
      .getByRole('link', { name: `Tester ${COUNT - 1}` })
      .and(page.locator(':focus'))
      .waitFor()
    expect(await page.locator('.hit:focus-within').getAttribute('aria-posinset')).toBe(String(COUNT))
    expect(faults).toEqual([])
    await close()
  })

  test('keeps its filters in the address, and opens a customer by keyboard', async () => {
    const { page, faults, close } = await openApp('/customers')
    await page.getByLabel('Type').selectOption('Institution')
    await rows(page).getByText('Ministry of Tests').waitFor()
    await page.getByText('about 1 customer', { exact: true }).waitFor()
    expect(new URL(page.url()).search).toBe('?type=INSTITUTION')
    await page.goto(`${server.url}/app/customers?state=deleted`)
    await signIn(page)
    await rows(page).getByText('Zeller, Gone').waitFor()
    expect(await rows(page).count()).toBe(1)
    await page.getByLabel('Changed since').fill('2999-01-01')
    await page.getByText('No customer agrees with the filters.').waitFor()
    await page.getByLabel('Changed since').fill('')
    await page.getByRole('link', { name: 'Zeller, Gone' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Zeller, Gone' }).waitFor()
    expect(faults).toEqual([])
    await close()
  })

  test('is downloaded whole, as it is filtered', async () => {
    const { page, faults, close } = await openApp('/customers?type=PERSON')
    await rows(page).first().waitFor()
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download as JSON Lines' }).click(),
    ])
    const lines = (await readFile(await file.path(), 'utf8')).trimEnd().split('\n')
    expect(file.suggestedFilename()).toBe('customers.jsonl')
    expect(new Set(lines.map(line => JSON.parse(line).surname)).size).toBe(COUNT)
    await page.getByText(`${COUNT} customers read`).waitFor()
    expect(faults).toEqual([])
    await close()
  })

  test('is downloaded as CSV, in which a spreadsheet takes nothing for a formula', async () => {
    const token = await server.token('agent')
    const body = { surname: '=1+1', given_name: 'A, "B"', type: 'INSTITUTION' }
    await server.api('POST', '/v1/customers', { token, body })
    const { page, faults, close } = await openApp('/customers?type=INSTITUTION')
    await rows(page).nth(1).waitFor()
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download as CSV' }).click(),
    ])
    expect(file.suggestedFilename()).toBe('customers.csv')
    const records: Record<string, string>[] = parse(await readFile(await file.path()), { bom: true, columns: true })
    expect(records.map(({ surname, given_name, type }) => ({ surname, given_name, type }))).toEqual(
      expect.arrayContaining([
        { surname: "'=1+1", given_name: 'A, "B"', type: 'INSTITUTION' },
        { surname: 'Ministry of Tests', given_name: '', type: 'INSTITUTION' },
      ]),
    )
    expect(faults).toEqual([])
    await close()
  })

  test('is kept as a view by name, which only this browser has', async () => {
    const { page, faults, close } = await openApp('/customers?state=deleted')
    await rows(page).getByText('Zeller, Gone').waitFor()
    await page.getByLabel('Name of this view').fill('Who is gone')
    await page.keyboard.press('Enter')
    await page.goto(`${server.url}/app/customers`)
    await signIn(page)
    await page.getByRole('link', { name: 'Who is gone' }).click()
    await rows(page).getByText('Zeller, Gone').waitFor()
    expect(new URL(page.url()).search).toBe('?state=deleted')
    await takeScreenshot(page, 'app-list-views')
    expect(await findViolations(page)).toEqual([])
    await page.getByRole('button', { name: 'Remove the view Who is gone' }).click()
    await page.getByRole('link', { name: 'Who is gone' }).waitFor({ state: 'detached' })
    expect(await page.evaluate("localStorage.getItem('views')")).toBe('[]')
    expect(faults).toEqual([])
    await close()
  })

  test('has room in a narrow window: filters are closed there until one is used', async () => {
    const { page, faults, close } = await openApp('/customers', { viewport: { width: 390, height: 844 } })
    await rows(page).first().waitFor()
    const { y = Infinity, height = 0 } = (await rows(page).nth(3).boundingBox()) ?? {}
    expect(y + height).toBeLessThan(844)
    expect(await page.getByLabel('Order').isVisible()).toBe(false)
    await takeScreenshot(page, 'app-list-filters-closed', false)
    await page.getByText('Filters', { exact: true }).click()
    await page.getByLabel('State').selectOption('deleted')
    await rows(page).getByText('Zeller, Gone').waitFor()
    await page.reload()
    await signIn(page)
    expect(await page.getByLabel('State').inputValue()).toBe('deleted')
    expect(faults).toEqual([])
    await close()
  })

  test.each(APPEARANCES)('looks right: $name', async ({ name, options }) => {
    const { page, faults, close } = await openApp('/customers?state=all&sort=-surname', options)
    await rows(page).first().waitFor()
    await page.evaluate('scrollTo(0, 0)')
    await takeScreenshot(page, `app-list-${name}`)
    expect(await findViolations(page)).toEqual([])
    expect(await scrollsSideways(page)).toBe(false)
    expect(faults).toEqual([])
    await close()
  })
})

describe('the list of customers with custom fields and a past', () => {
  beforeAll(async () => {
    const token = await server.token('provider')
    const send = (path: string, body?: object) => server.api('POST', path, { token, ...(body ? { body } : {}) })
    const field = { name: 'loyalty', label: 'Loyalty', type: 'choice', choices: ['Silver', 'Gold'], searchable: true }
    await send('/v1/fields', field)
    await send('/v1/fields/loyalty/authorise')
    const type = 'INSTITUTION'
    await send('/v1/customers', { surname: 'Verhaegen', given_name: 'Bram', type, details: { loyalty: 'Silver' } })
    await send('/v1/customers', { surname: 'Verhaegen', given_name: 'Mieke', type, details: { loyalty: 'Gold' } })
    const details = { loyalty: 'Gold' }
    await send('/v1/customers', { surname: 'Peeters', given_name: 'Gust', type, details, valid_from: '2000-01-01' })
  })

  test('is filtered by words and by a custom field, of which nothing gets into an address', async () => {
    const { page, faults, close } = await openApp('/customers?type=INSTITUTION')
    await rows(page).first().waitFor()
    const addresses: string[] = []
    page.on('request', request => addresses.push(request.url()))
    await page.getByRole('textbox', { name: 'Words' }).fill('Verhaegen')
    await page.keyboard.press('Enter')
    await rows(page).getByText('Verhaegen, Bram').waitFor()
    await rows(page).getByText('Verhaegen, Mieke').waitFor()
    expect(await rows(page).count()).toBe(2)
    await page.getByLabel('Custom field').selectOption('Loyalty')
    await page.getByLabel('Loyalty', { exact: true }).selectOption('Gold')
    await page.getByRole('button', { name: 'Filter' }).click()
    await rows(page).getByText('Verhaegen, Bram').waitFor({ state: 'detached' })
    await rows(page).getByText('Verhaegen, Mieke').waitFor()
    expect(await rows(page).count()).toBe(1)
    await takeScreenshot(page, 'app-list-content')
    expect(await findViolations(page)).toEqual([])
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download as JSON Lines' }).click(),
    ])
    const lines = (await readFile(await file.path(), 'utf8')).trimEnd().split('\n')
    expect(lines.map(line => JSON.parse(line).given_name)).toEqual(['Mieke'])
    await page.getByRole('textbox', { name: 'Words' }).fill('')
    await page.keyboard.press('Enter')
    await rows(page).getByText('Peeters, Gust').waitFor()
    expect(await rows(page).count()).toBe(2)
    // The filter stays while a customer is open, and is forgotten by signing out.
    await rows(page).getByRole('link', { name: 'Peeters, Gust' }).click()
    await page.getByRole('heading', { name: 'Peeters, Gust' }).waitFor()
    await page.goBack()
    await rows(page).getByText('Peeters, Gust').waitFor()
    expect(await rows(page).count()).toBe(2)
    expect(page.url()).toBe(`${server.url}/app/customers?type=INSTITUTION`)
    expect(addresses.join(' ')).not.toMatch(/verhaegen|gold|loyalty/i)
    await signOut(page)
    await signIn(page)
    await rows(page).getByText('Ministry of Tests').waitFor()
    expect(await page.getByRole('textbox', { name: 'Words' }).inputValue()).toBe('')
    expect(faults).toEqual([])
    await close()
  })

  test('is shown as of a time, which is in the address, and leads to the customers of that time', async () => {
    const { page, faults, close } = await openApp('/customers')
    await page.getByLabel('As of').fill('2001-06-01T12:00')
    await rows(page).getByText('Peeters, Gust').waitFor()
    expect(await rows(page).count()).toBe(1)
    await page.getByText('You see what was valid on').waitFor()
    const search = new URL(page.url()).searchParams
    expect([...search.keys()]).toEqual(['as_of'])
    expect(search.get('as_of')).toMatch(/^2001-06-0/)
    await takeScreenshot(page, 'app-list-as-of')
    expect(await findViolations(page)).toEqual([])
    await page.getByLabel('As known at').fill('2001-06-02T12:00')
    await page.getByText('No customer agrees with the filters.').waitFor()
    await page.getByLabel('As known at').fill('')
    await rows(page).getByRole('link', { name: 'Peeters, Gust' }).click()
    await page.getByRole('heading', { name: 'Peeters, Gust' }).waitFor()
    expect(new URL(page.url()).searchParams.has('as_of')).toBe(true)
    // A combination that there is none of is refused with the reason.
    await page.goBack()
    await page.getByLabel('Order').selectOption('surname, A to Z')
    await page.getByText('sorts the current list: it cannot be combined with as_of or known_at').waitFor()
    expect(faults).toEqual([])
    await close()
  })
})
