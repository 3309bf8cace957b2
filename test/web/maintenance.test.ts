import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import type { DriftAnswer } from '#contract/schemas/operations.ts'
import { Agent } from '../e2e/agent.ts'
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
const COUNT = 12

let server: TestServer
let browser: Browser
beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer({ REGISTRY_SAMPLE: '0' }), launch()])
  const agent = await Agent.logIn(server)
  for (let n = 0; n < COUNT; n++) await agent.create({ surname: `Tester ${n}`, given_name: 'Tess' })
  const isIndexed = async () => (await agent.search({ q: 'Tess', limit: 50 })).length === COUNT
  await until(isIndexed, BOUND, 'the customers to be in the index')
})
afterAll(() => Promise.all([server.stop(), browser.close()]))

async function openApp(options: BrowserContextOptions = {}) {
  const opened = await openPage(browser, `${server.url}/app/maintenance`, options)
  await signIn(opened.page, 'provider')
  return opened
}
const card = (page: Page, name: string) => page.getByRole('region', { name, exact: true })
const countOf = (page: Page, name: string, term: string) =>
  card(page, name).locator('dl > div').filter({ hasText: term }).locator('dd').textContent()
const press = async (page: Page, name: string) => {
  await page.getByRole('button', { name, exact: true }).focus()
  await page.keyboard.press('Enter')
}

describe('the provider', () => {
  test('compares the index with the list, which agree, by keyboard', async () => {
    const { page, faults, close } = await openApp()
    await press(page, 'Compare')
    await page.getByText('The index agrees with the list.').waitFor()
    expect(await countOf(page, 'Search index and list', 'Customers compared')).toBe(String(COUNT))
    expect(await countOf(page, 'Search index and list', 'Missing')).toBe('0')
    await press(page, 'Compare and repair')
    await card(page, 'Search index and list').getByText('Repaired', { exact: true }).waitFor()
    await page.getByText('The index agrees with the list.').waitFor()
    expect(await findAllViolations(page)).toEqual([])
    expect(faults).toEqual([])
    await close()
  })

  test('sees what differs, at which customers, and that only a rebuild corrects it', async () => {
    const { page, faults, close } = await openApp()
    const none = { count: 0, ids: [] }
    // An index in memory follows the list by itself, so it differs only here.
    const answer: DriftAnswer = {
      customers: 1200,
      entries: 1202,
      differences: {
        missing: { count: 1, ids: ['c-missing'] },
        behind: none,
        different: none,
        orphan: none,
        ahead: { count: 3, ids: ['c-ahead', 'c-missing'] },
      },
      repaired: 1,
      needs_rebuild: true,
      next: null,
    }
    await page.route('**/v1/index/drift*', route => route.fulfill({ status: 200, json: answer }))
    await press(page, 'Compare and repair')
    const region = card(page, 'Search index and list')
    await region.getByText('The index differs from the list. Some entries are newer than the list').waitFor()
    const terms = ['Customers compared', 'Missing', 'Older than the list', 'Newer than the list', 'Repaired']
    const counts = await Promise.all(terms.map(term => countOf(page, 'Search index and list', term)))
    expect(counts).toEqual(['1,200', '1', '0', '3', '1'])
    await region.getByText('Some of the customers').click()
    expect(await region.locator('details a').count()).toBe(2)
    expect(await findAllViolations(page)).toEqual([])
    await page.route('**/v1/index/drift*', route =>
      route.fulfill({ status: 200, json: { ...answer, repaired: 4, needs_rebuild: false } }),
    )
    await press(page, 'Compare and repair')
    await region.getByText('The index differed from the list, and was repaired.').waitFor()
    expect(faults).toEqual([])
    await close()
  })

  test('rebuilds the index and the views, and sees what was done', async () => {
    const { page, faults, close } = await openApp()
    await press(page, 'Rebuild the index')
    await card(page, 'Rebuild the search index').getByText('Done.').waitFor()
    expect(await countOf(page, 'Rebuild the search index', 'Entries written')).toBe(String(COUNT))
    await press(page, 'Rebuild the views')
    await card(page, 'Rebuild the views').getByText('Done.').waitFor()
    expect(Number(await countOf(page, 'Rebuild the views', 'Records'))).toBeGreaterThanOrEqual(COUNT)
    expect(faults).toEqual([])
    await close()
  })

  test('opens another view while it goes on, stops it, and is told when it fails', async () => {
    const { page, faults, close } = await openApp()
    await page.getByRole('heading', { name: 'Maintenance' }).waitFor()
    // The answer does not come.
    await page.route('**/v1/index/drift*', () => undefined)
    await press(page, 'Compare')
    await page.getByText('Working …').waitFor()
    expect(await page.getByRole('button', { name: 'Rebuild the views' }).isDisabled()).toBe(true)
    await page.getByRole('link', { name: 'Retention' }).click()
    await page.getByRole('heading', { name: 'Retention' }).waitFor()
    await page.getByRole('link', { name: 'Maintenance' }).click()
    await page.getByText('Working …').waitFor()
    expect(await findAllViolations(page)).toEqual([])
    await press(page, 'Stop')
    await page.getByText('Stopped.').waitFor()
    await page.unroute('**/v1/index/drift*')
    await page.route('**/v1/index/drift*', route => route.fulfill({ status: 503, body: '' }))
    await press(page, 'Compare')
    await page.getByText('The registry cannot answer at the moment').waitFor()
    expect(faults).toEqual([])
    await close()
  })

  test.each(APPEARANCES)('sees it look right: $name', async ({ name, options }) => {
    const { page, faults, close } = await openApp(options)
    await page.locator('main section button').first().click()
    await page.locator('.notice').waitFor()
    await takeScreenshot(page, `app-maintenance-${name}`)
    expect(await findViolations(page)).toEqual([])
    expect(await scrollsSideways(page)).toBe(false)
    expect(faults).toEqual([])
    await close()
  })
})

test('an agent is not led to the maintenance', async () => {
  const { page, close } = await openPage(browser, `${server.url}/app`)
  await signIn(page)
  await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Search' }).waitFor()
  expect(await page.getByRole('link', { name: 'Maintenance' }).count()).toBe(0)
  await close()
})
