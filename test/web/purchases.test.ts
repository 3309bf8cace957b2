import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { purchaseList } from '#contract/schemas/purchase.ts'
import { Agent } from '../e2e/agent.ts'
import { startServer, type TestServer } from '../e2e/server.ts'
import { until } from '../e2e/until.ts'
import { APPEARANCES, findViolations, launch, openPage, scrollsSideways, signIn, takeScreenshot } from './browser.ts'

const BOUND = 15_000
/** More than two pages of the list. */
const COUNT = 60

let server: TestServer
let browser: Browser
let agent: Agent
let id: string
beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer({ REGISTRY_SAMPLE: '0' }), launch()])
  agent = await Agent.logIn(server)
  id = (await agent.create({ surname: 'Buyer', given_name: 'Bea' })).id
  const buy = (userid: string, timestamp: string) =>
    agent.send('POST', '/buy', { username: 'Bea B.', userid, price: '1.10', currency: 'EUR', timestamp })
  for (let n = 0; n < COUNT; n++) await buy(id, new Date(Date.UTC(2026, 0, 1 + n, 12)).toISOString())
  await buy('shop till 4', '2026-01-05T12:00:00Z')
  const isCounted = async () => (await countOf(id)) === COUNT && (await countOf('shop till 4')) === 1
  await until(isCounted, BOUND, 'the purchases to be counted')
}, 60_000)
afterAll(() => Promise.all([server.stop(), browser.close()]))

const readPurchases = async (user: string) =>
  (await agent.send('GET', `/v1/purchases?user=${encodeURIComponent(user)}`)).as(purchaseList)
const countOf = async (user: string) =>
  (await readPurchases(user)).overall_totals.reduce((sum, { count }) => sum + count, 0)

async function openApp(path: string, options: BrowserContextOptions = {}) {
  const opened = await openPage(browser, `${server.url}/app${path}`, options)
  await signIn(opened.page)
  return opened
}
const rows = (page: Page) => page.locator('tbody tr')
const whose = (page: Page) => page.getByLabel('Whose purchases')

test('a purchase of a customer is stored by keyboard, twice if it was made twice, and counted', async () => {
  const buyer = (await agent.create({ surname: 'Spender', given_name: 'Sam' })).id
  const { page, faults, close } = await openApp(`/customers/${buyer}`)
  await page.locator('summary', { hasText: 'Purchases' }).click()
  await page.getByText('There are no purchases.').waitFor()
  expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Sam Spender')
  const price = page.getByLabel('Price')
  for (const count of ['1 purchase: 19.90 EUR', '2 purchases: 39.80 EUR']) {
    await price.fill('19.90')
    await page.getByLabel('Currency').selectOption('EUR')
    await page.getByLabel('Time of the purchase').fill('2026-03-01T10:00')
    await page.keyboard.press('Enter')
    await page.getByText('The purchase is stored: 19.90 EUR').waitFor()
    await page.getByText(count).waitFor()
    expect(await price.inputValue()).toBe('')
  }
  expect(await findViolations(page)).toEqual([])
  expect((await readPurchases(buyer)).items).toMatchObject([
    { username: 'Sam Spender', price: '19.90', timestamp: new Date('2026-03-01T10:00').toISOString() },
    { username: 'Sam Spender', price: '19.90' },
  ])
  expect(faults).toEqual([])
  await close()
})

test('a price that is none is refused at its field, and nothing that was typed is lost', async () => {
  const { page, close } = await openApp(`/customers/${id}`)
  await page.locator('summary', { hasText: 'Purchases' }).click()
  const price = page.getByLabel('Price')
  await price.fill('19,90')
  await page.keyboard.press('Enter')
  await page.getByText('is not a decimal such as 19.99').first().waitFor()
  expect(await price.getAttribute('aria-invalid')).toBe('true')
  expect(await price.inputValue()).toBe('19,90')
  expect(await findViolations(page)).toEqual([])
  await close()
})

describe('the list of purchases', () => {
  test('is read to its end by scrolling, with totals of the days in the address and of all', async () => {
    const { page, faults, close } = await openApp(`/customers/${id}`)
    await page.locator('summary', { hasText: 'Purchases' }).click()
    await page.getByRole('link', { name: 'Purchases by days' }).click()
    await page.getByText(`${COUNT} purchases: 66.00 EUR`).waitFor()
    await until(
      async () => {
        await page.mouse.wheel(0, 5000)
        return (await rows(page).count()) === COUNT
      },
      BOUND,
      'all purchases to be in the list',
    )
    await page.getByLabel('From').fill('2026-01-10')
    await page.getByLabel('To (with this day)').fill('2026-01-12')
    await page.getByRole('button', { name: 'Show purchases' }).click()
    await page.getByText('3 purchases: 3.30 EUR').waitFor()
    await page.getByText(`${COUNT} purchases: 66.00 EUR`).waitFor()
    expect(await rows(page).count()).toBe(3)
    expect(new URL(page.url()).search).toBe(`?user=${id}&from=2026-01-10&to=2026-01-12`)
    await page.reload()
    await signIn(page)
    await page.getByText('3 purchases: 3.30 EUR').waitFor()
    expect(faults).toEqual([])
    await close()
  })

  test('is that of any user, whose id is not in the address, as it may be a name', async () => {
    const { page, faults, close } = await openApp('/purchases')
    await whose(page).fill('shop till 4')
    await page.keyboard.press('Enter')
    await page.getByText('1 purchase: 1.10 EUR').waitFor()
    expect(page.url()).not.toContain('till')
    expect(await whose(page).inputValue()).toBe('shop till 4')
    await page.getByText('Store a purchase').first().click()
    await page.getByLabel('Price').fill('2')
    await page.getByLabel('Currency').selectOption('EUR')
    await page.getByLabel('Name', { exact: true }).fill('Till')
    await page.keyboard.press('Enter')
    await page.getByText('2 purchases: 3.10 EUR').waitFor()
    await whose(page).fill('nobody')
    await whose(page).press('Enter')
    await page.getByText('There are no purchases.').waitFor()
    expect(faults).toEqual([])
    await close()
  })

  test.each(APPEARANCES)('looks right: $name', async ({ name, options }) => {
    const { page, faults, close } = await openApp(`/purchases?user=${id}&from=2026-01-10`, options)
    await rows(page).first().waitFor()
    await page.locator('summary').click()
    await takeScreenshot(page, `app-purchases-${name}`)
    expect(await findViolations(page)).toEqual([])
    expect(await scrollsSideways(page)).toBe(false)
    expect(faults).toEqual([])
    await close()
  })
})
