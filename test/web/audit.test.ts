import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { z } from 'zod'
import { startServer, type TestServer } from '../e2e/server.ts'
import { until } from '../e2e/until.ts'
import {
  APPEARANCES,
  findAllViolations,
  findViolations,
  launch,
  openPage,
  scrollsSideways,
  signIn,
  takeScreenshot,
} from './browser.ts'

const BOUND = 15_000
const READS = 55

let server: TestServer
let browser: Browser
let id: string
beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer({ REGISTRY_SAMPLE: '0' }), launch()])
  const [agent, provider] = [await server.token('agent'), await server.token('provider')]
  const body = { surname: 'Quisenberry', given_name: 'Adaline', dob: '1979-08-21' }
  id = (await server.api('POST', '/v1/customers', { token: agent, body })).as(z.looseObject({ id: z.string() })).id
  for (let n = 0; n < READS; n++) await server.api('GET', `/v1/customers/${id}`, { token: agent })
  const hits = async () =>
    (await server.api('POST', '/v1/search', { token: agent, body: { q: 'Quisenberry' } })).text.includes(id)
  await until(hits, BOUND, 'the customer to be found')
  const entries = async () => (await server.api('GET', '/v1/audit?action=search', { token: provider })).text
  await until(async () => (await entries()).includes(id), BOUND, 'the search to be in the audit')
})
afterAll(() => Promise.all([server.stop(), browser.close()]))

async function openApp(path: string, options: BrowserContextOptions = {}) {
  const opened = await openPage(browser, `${server.url}/app${path}`, options)
  await signIn(opened.page, 'provider')
  return opened
}
const entriesOf = (page: Page) => page.locator('.entry')

test('who looked at a customer last week takes two clicks from the customer', async () => {
  const { page, faults, close } = await openApp(`/customers/${id}`)
  await page.getByRole('link', { name: 'Who looked at this customer' }).click()
  await page.getByRole('button', { name: 'Last 7 days' }).click()
  await entriesOf(page).filter({ hasText: 'getCustomer' }).filter({ hasText: 'agent at loc1' }).first().waitFor()
  expect(await page.getByLabel('Who saw the customer (id)').inputValue()).toBe(id)
  expect([...new URL(page.url()).searchParams.keys()].sort()).toEqual(['from', 'shown'])
  await page.getByRole('button', { name: 'Show more' }).click()
  await entriesOf(page)
    .nth(READS - 1)
    .waitFor()
  expect(faults).toEqual([])
  await close()
})

test('names that are filtered by are not in the address, which keeps the rest of the filter', async () => {
  const { page, faults, close } = await openApp('/audit')
  await page.getByRole('combobox', { name: 'Action' }).selectOption('search')
  await page.getByRole('textbox', { name: 'User' }).fill('agent')
  await page.getByLabel('Who asked for').fill('Quisenberry')
  await page.keyboard.press('Enter')
  await page.waitForURL(/action=search/)
  await entriesOf(page).first().getByText('Customers shown: 1').click()
  await entriesOf(page).first().getByRole('link', { name: id }).waitFor()
  expect(page.url()).toBe(`${server.url}/app/audit?action=search`)
  expect(await page.getByRole('textbox', { name: 'User' }).inputValue()).toBe('agent')
  await page.getByLabel('Who asked for').fill('Nobody of this name')
  await page.keyboard.press('Enter')
  await page.getByText('No entry agrees with the filter.').waitFor()
  await page.reload()
  await signIn(page, 'provider')
  await entriesOf(page).first().waitFor()
  expect(await page.getByRole('combobox', { name: 'Action' }).inputValue()).toBe('search')
  expect(faults).toEqual([])
  await close()
})

test('entries are found by where they were made, and by how they ended', async () => {
  const agent = await server.token('agent')
  const { status } = await server.api('GET', '/v1/users', { token: agent })
  const { page, faults, close } = await openApp('/audit')
  await page.getByLabel('Outcome').fill('forbidden')
  await page.keyboard.press('Enter')
  const refused = entriesOf(page).filter({ hasText: 'listUsers' })
  await refused.first().getByText('forbidden').waitFor()
  expect([status, await entriesOf(page).count()]).toEqual([403, await entriesOf(page).getByText('forbidden').count()])
  await page.getByRole('textbox', { name: 'Location' }).fill('loc2')
  await page.keyboard.press('Enter')
  await page.getByText('No entry agrees with the filter.').waitFor()
  expect(new URL(page.url()).search).toBe('?location=loc2&outcome=forbidden')
  await page.getByRole('textbox', { name: 'Location' }).fill('loc1')
  await page.keyboard.press('Enter')
  await refused.first().waitFor()
  expect(await findViolations(page)).toEqual([])
  expect(faults).toEqual([])
  await close()
})

test('the entries of the filter are exported as CSV', async () => {
  const { page, faults, close } = await openApp('/audit?action=create')
  await entriesOf(page).first().waitFor()
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export as CSV' }).click()
  const csv = await readFile(await (await download).path(), 'utf8')
  expect(csv.trim().split(/\r?\n/)).toEqual([
    expect.stringMatching(/(^|,)action(,|$)/),
    expect.stringMatching(new RegExp(`create.*customer/${id}`)),
  ])
  await page.getByText('Exported: audit.csv').waitFor()
  expect(faults).toEqual([])
  await close()
})

test('the entries are counted by day, action, user and location, in charts and in tables', async () => {
  const { page, faults, close } = await openApp('/audit')
  await entriesOf(page).first().waitFor()
  const scripts: string[] = []
  page.on('response', response => scripts.push(new URL(response.url()).pathname))
  await page.locator('summary', { hasText: 'Charts' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('img', { name: 'Entries by action' }).locator('canvas').waitFor()
  expect(scripts.filter(it => it.startsWith('/assets/charts'))).not.toEqual([])
  const counts = page.getByRole('region', { name: 'Entries by action' })
  expect(await counts.getByRole('row', { name: /^create / }).textContent()).toBe('create1')
  const reads = await counts
    .getByRole('row', { name: /^getCustomer / })
    .getByRole('cell')
    .textContent()
  expect(Number(reads)).toBeGreaterThanOrEqual(READS)
  const today = new Date().toISOString().slice(0, 10)
  await page.getByRole('region', { name: 'Entries by day' }).getByRole('row', { name: today }).waitFor()
  await page.getByRole('region', { name: 'Entries by location' }).getByRole('row', { name: 'loc1' }).waitFor()
  await page.getByRole('region', { name: 'Entries by user' }).getByRole('row', { name: 'agent' }).waitFor()
  expect(faults).toEqual([])
  await close()
})

test('the charts follow the filter by action, user and location, and say of which part they do not', async () => {
  const { page, faults, close } = await openApp('/audit?action=getCustomer&location=loc1')
  await entriesOf(page).first().waitFor()
  await page.locator('summary', { hasText: 'Charts' }).click()
  const rowsBy = (group: string) => page.getByRole('region', { name: `Entries by ${group}` }).getByRole('row')
  await rowsBy('action').nth(1).waitFor()
  expect(await rowsBy('action').getByRole('rowheader').allTextContents()).toEqual(['getCustomer'])
  expect(await page.getByText('The charts follow').count()).toBe(0)
  await page.getByRole('combobox', { name: 'Action' }).selectOption('')
  await page.getByRole('textbox', { name: 'User' }).fill('provider')
  await page.keyboard.press('Enter')
  await rowsBy('user').filter({ hasText: 'provider' }).waitFor()
  expect(await rowsBy('user').getByRole('rowheader').allTextContents()).toEqual(['provider'])
  await page.getByLabel('Outcome').fill('done')
  await page.keyboard.press('Enter')
  await page.getByText('The charts follow days, action, user and location.').waitFor()
  await page.getByRole('textbox', { name: 'Location' }).fill('loc2')
  await page.keyboard.press('Enter')
  await until(async () => (await rowsBy('user').getByRole('rowheader').count()) === 0, BOUND, 'no entries of loc2')
  expect(await findViolations(page)).toEqual([])
  expect(faults).toEqual([])
  await close()
})

test('the log is compared with its seals', async () => {
  const { page, faults, close } = await openApp('/audit')
  await page.getByRole('button', { name: 'Check the log' }).click()
  await page.getByText('The log agrees with its seals').waitFor()
  expect(faults).toEqual([])
  await close()
})

test('an agent sees what they did themselves, and nothing else of the audit', async () => {
  const { page, faults, close } = await openPage(browser, `${server.url}/app/customers/${id}`)
  await signIn(page)
  await page.getByRole('heading', { name: 'Quisenberry, Adaline' }).waitFor()
  const views = page.getByRole('navigation', { name: 'Views' })
  await views.getByRole('link', { name: 'Audit' }).waitFor()
  expect(await page.getByRole('link', { name: 'Who looked' }).count()).toBe(0)
  await views.getByRole('link', { name: 'Audit' }).click()
  await page.getByRole('heading', { name: 'What you did and saw' }).waitFor()
  await entriesOf(page).filter({ hasText: 'getCustomer' }).first().waitFor()
  expect(await entriesOf(page).count()).toBe(await entriesOf(page).getByText('agent at loc1').count())
  for (const others of ['Check the log', 'Charts']) expect(await page.getByText(others).count()).toBe(0)
  expect(await page.getByRole('textbox', { name: 'User' }).count()).toBe(0)
  await page.getByLabel('When you asked for').fill('Quisenberry')
  await page.keyboard.press('Enter')
  await entriesOf(page).filter({ hasText: 'search' }).first().waitFor()
  expect(await entriesOf(page).filter({ hasText: 'getCustomer' }).count()).toBe(0)
  await takeScreenshot(page, 'app-audit-own')
  expect(await findAllViolations(page)).toEqual([])
  expect(faults).toEqual([])
  await close()
})

describe('the view of the audit', () => {
  test.each(APPEARANCES)('looks right: $name', async ({ name, options }) => {
    const { page, faults, close } = await openApp('/audit', options)
    await entriesOf(page).first().waitFor()
    await page.locator('.card > summary').first().click()
    await page.locator('canvas').nth(3).waitFor()
    await takeScreenshot(page, `app-audit-${name}`)
    expect(await findViolations(page)).toEqual([])
    expect(await scrollsSideways(page)).toBe(false)
    expect(faults).toEqual([])
    await close()
  })
})
