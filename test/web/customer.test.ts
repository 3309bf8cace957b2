import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Browser, BrowserContextOptions } from 'playwright-core'
import { Agent } from '../e2e/agent.ts'
import { startServer, type TestServer } from '../e2e/server.ts'
import { until } from '../e2e/until.ts'
import { APPEARANCES, findViolations, launch, openPage, scrollsSideways, signIn, takeScreenshot } from './browser.ts'

const BOUND = 15_000
const FIRST_PAGE = 25

let server: TestServer
let browser: Browser
let agent: Agent
beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer({ REGISTRY_SAMPLE: '0' }), launch()])
  agent = await Agent.logIn(server)
})
afterAll(() => Promise.all([server.stop(), browser.close()]))

const create = async (body: object) => (await agent.create(body)).id

async function openCustomer(id: string, options: BrowserContextOptions = {}) {
  const opened = await openPage(browser, `${server.url}/app/customers/${id}`, options)
  await signIn(opened.page)
  await opened.page.locator('.timeline > li').first().waitFor()
  return opened
}

/** The sum of red, green and blue. */
const lightness = (colour: string): number =>
  (colour.match(/\d+/g) ?? []).slice(0, 3).reduce((sum, part) => sum + Number(part), 0)

/** Creates two customers who are probably the same, and waits until each is found. */
async function createTwins(surname: string): Promise<[string, string]> {
  const body = { surname, given_name: 'Adaline', dob: '1979-08-21' }
  const ids: [string, string] = [await create(body), await create({ ...body, given_name: 'Adeline' })]
  const duplicates = async () => (await agent.send('GET', `/v1/customers/${ids[0]}/duplicates`)).text
  await until(async () => (await duplicates()).includes(ids[1]), BOUND, 'the duplicate to be found')
  return ids
}

test('the purchases of a customer are read when their section is opened, with totals', async () => {
  const id = await create({ surname: 'Buyer', given_name: 'Bea' })
  for (let n = 0; n <= FIRST_PAGE; n++)
    await server.api('POST', '/buy', {
      token: agent.token,
      body: {
        username: 'Bea B.',
        userid: id,
        price: '19.90',
        currency: 'EUR',
        timestamp: `2026-01-${n + 1}`.replace(/-(\d)$/, '-0$1'),
      },
    })
  const purchases = async () => (await agent.send('GET', `/v1/purchases?user=${id}`)).text
  await until(async () => (await purchases()).includes('517.40'), BOUND, 'the purchases to be counted')
  const { page, faults, close } = await openCustomer(id)
  const requests: string[] = []
  page.on('request', request => requests.push(new URL(request.url()).pathname))
  expect(await page.getByText('517.40 EUR').count()).toBe(0)
  await page.getByRole('heading', { name: 'Purchases' }).click()
  await page.getByText('26 purchases: 517.40 EUR').waitFor()
  await page.getByRole('button', { name: 'Show more' }).click()
  await page
    .getByRole('row', { name: /Bea B\./ })
    .nth(FIRST_PAGE)
    .waitFor()
  expect(requests).toEqual(['/v1/purchases', '/v1/purchases'])
  await takeScreenshot(page, 'customer-purchases')
  expect(await findViolations(page)).toEqual([])
  expect(faults).toEqual([])
  await close()
})

test('a likely duplicate is marked as somebody else, and is not shown again', async () => {
  const [id, other] = await createTwins('Quisenberry')
  const { page, faults, close } = await openCustomer(id)
  await page.getByText('Likely duplicates', { exact: true }).click()
  await page.getByRole('button', { name: 'Different: Quisenberry, Adeline' }).click()
  await page.getByText('Nobody on the list is like this.').waitFor()
  await page.getByRole('link', { name: 'Merge them after all' }).waitFor()
  expect(await agent.read(other)).toMatchObject({ state: 'active', merged_into: null })
  expect(faults).toEqual([])
  await close()
})

test('a customer is printed with data, history and the time that is shown, in dark letters and without controls', async () => {
  const id = await create({ surname: 'Papworth', given_name: 'Pia', valid_from: '2020-01-01' })
  await agent.send('PATCH', `/v1/customers/${id}`, { dob: '1980-05-01' })
  const { page, faults, close } = await openCustomer(id, { colorScheme: 'dark' })
  await page.getByRole('button', { name: 'Print' }).waitFor()
  await page.emulateMedia({ media: 'print' })
  for (const text of ['Papworth, Pia', '1980-05-01', 'You see what is valid now, as it is known today.'])
    expect(await page.getByText(text).first().isVisible()).toBe(true)
  expect(await page.locator('.timeline > li').count()).toBe(2)
  for (const control of ['button', 'summary', 'input', 'nav'])
    for (const element of await page.locator(control).all()) expect(await element.isVisible()).toBe(false)
  const [letters, paper] = (await page.evaluate(
    '[getComputedStyle(document.querySelector("h1")).color, getComputedStyle(document.documentElement).backgroundColor]',
  )) as [string, string]
  expect(lightness(letters)).toBeLessThan(lightness(paper))
  await takeScreenshot(page, 'customer-print')
  expect(faults).toEqual([])
  await close()
})

test.each(APPEARANCES)('duplicates and purchases look right: $name', async ({ name, options }) => {
  const [id] = await createTwins(`Sandringham ${name}`)
  const { page, faults, close } = await openCustomer(id, options)
  for (const summary of await page.locator('summary').all()) await summary.click()
  await page.locator('.decision').first().waitFor()
  await takeScreenshot(page, `app-duplicates-${name}`)
  expect(await findViolations(page)).toEqual([])
  expect(await scrollsSideways(page)).toBe(false)
  expect(faults).toEqual([])
  await close()
})
