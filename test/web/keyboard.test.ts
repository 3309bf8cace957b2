import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { z } from 'zod'
import { startServer, type TestServer } from '../e2e/server.ts'
import { launch, openPage } from './browser.ts'

/** More often than any view has something that takes the focus. */
const MAX_TABS = 60

let server: TestServer
let browser: Browser
beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer({ REGISTRY_SAMPLE: '0' }), launch()])
})
afterAll(() => Promise.all([server.stop(), browser.close()]))

/** Presses Tab until the focus is on an element. @throws Error if it never is, or if what has the focus does not show it */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let n = 0; n < MAX_TABS; n++) {
    await page.keyboard.press('Tab')
    const focused = page.locator(`${selector}:focus`)
    if ((await focused.count()) === 0) continue
    expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).not.toBe('none')
    return
  }
  throw new Error(`${selector} does not get the focus`)
}

test('a customer is found, changed, and saved over a newer version by keyboard alone', async () => {
  const token = await server.token('agent')
  const customer = z.looseObject({ id: z.string(), surname: z.string(), dob: z.string().nullable() })
  const body = { surname: 'Quisenberry', given_name: 'Adaline', dob: '1979-08-20' }
  const { id } = (await server.api('POST', '/v1/customers', { token, body })).as(customer)
  const { page, faults, close } = await openPage(browser, `${server.url}/app`)
  await tabTo(page, '#username')
  await page.keyboard.type('agent')
  await page.keyboard.press('Tab')
  await page.keyboard.type('agent')
  await page.keyboard.press('Enter')
  await page.getByLabel('Search customers').waitFor()

  await page.keyboard.press('/')
  await page.keyboard.type('quisenb ada')
  await page.getByRole('link', { name: 'Quisenberry, Adaline' }).waitFor()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Quisenberry, Adaline' }).waitFor()

  await tabTo(page, 'main a[href$="/edit"]')
  await page.keyboard.press('Enter')
  await page.getByLabel('Surname').waitFor()
  await tabTo(page, 'form .edit-fields input')
  await page.keyboard.press('Control+A')
  await page.keyboard.type('Quisenberry-Holt')
  const theirs = { surname: 'Quisenbery', dob: '1979-08-21' }
  await server.api('PATCH', `/v1/customers/${id}`, { token, body: theirs })
  await page.keyboard.press('Control+Enter')

  await page.getByText('Somebody else has changed this customer').waitFor()
  await tabTo(page, '.versions input[type=radio]')
  await page.keyboard.press('Control+Enter')
  await page.getByRole('heading', { name: 'Quisenberry-Holt, Adaline' }).waitFor()
  const saved = (await server.api('GET', `/v1/customers/${id}`, { token })).as(customer)
  expect(saved).toMatchObject({ surname: 'Quisenberry-Holt', dob: '1979-08-21' })
  expect(faults).toEqual([])
  await close()
})
