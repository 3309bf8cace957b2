import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Browser, BrowserContextOptions } from 'playwright-core'
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

let server: TestServer
let browser: Browser
beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer({ REGISTRY_SAMPLE: '0' }), launch()])
  const token = await server.token('agent')
  const provider = await server.token('provider')
  const city = { name: 'city', label: 'Town', type: 'text', searchable: true }
  await server.api('POST', '/v1/fields', { token: provider, body: city })
  await server.api('POST', '/v1/fields/city/authorise', { token: provider })
  await server.api('POST', '/v1/fields', {
    token: provider,
    body: { name: 'shoe', label: 'Shoe size', type: 'number' },
  })
  await server.api('POST', '/v1/fields/shoe/authorise', { token: provider })
  const people = [
    { surname: 'Quisenberry', given_name: 'Adaline', dob: '1979-08-21', details: { city: 'Ghent' } },
    { surname: 'Quisenberry', given_name: 'Bertram', dob: '1950-01-02', details: { city: 'Antwerp' } },
  ]
  for (const body of people) await server.api('POST', '/v1/customers', { token, body })
})
afterAll(() => Promise.all([server.stop(), browser.close()]))

async function openFields(options: BrowserContextOptions = {}) {
  const opened = await openPage(browser, `${server.url}/app`, options)
  await signIn(opened.page)
  await opened.page.locator('search summary').focus()
  await opened.page.keyboard.press('Enter')
  await opened.page.locator('.by-field input').first().waitFor()
  return opened
}

describe('a search by field', () => {
  test('finds by what is known, with a tolerance of the date, by keyboard alone, and with nothing in the address', async () => {
    const { page, faults, close } = await openFields()
    await page.keyboard.press('Tab')
    await page.keyboard.type('Quisenbery')
    await page.getByText('2 customers').waitFor()
    await page.getByLabel('Date of birth').focus()
    await page.keyboard.type('1981')
    await page.getByLabel('Date may be off by years').focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await page.getByText('1 customer', { exact: true }).waitFor()
    await page.getByRole('link', { name: 'Quisenberry, Adaline' }).waitFor()
    await takeScreenshot(page, 'by-field')
    expect(await findViolations(page)).toEqual([])
    expect(page.url()).toBe(`${server.url}/app`)
    await page.getByRole('link', { name: 'Quisenberry, Adaline' }).click()
    await page.getByRole('heading', { name: 'Quisenberry, Adaline' }).waitFor()
    await page.goBack()
    expect(await page.getByLabel('Surname').inputValue()).toBe('Quisenbery')
    await page.getByRole('button', { name: 'Clear the fields' }).click()
    await page.getByRole('link', { name: 'Quisenberry, Adaline' }).waitFor({ state: 'detached' })
    expect(faults).toEqual([])
    await close()
  })

  test('restricts what the box finds, also by custom fields that are searchable', async () => {
    const { page, faults, close } = await openFields()
    await page.getByLabel('Search customers').fill('Quisenberry')
    await page.getByText('2 customers').waitFor()
    await page.getByLabel('Town').fill('Antwerp')
    await page.getByRole('link', { name: 'Quisenberry, Adaline' }).waitFor({ state: 'detached' })
    await page.getByRole('link', { name: 'Quisenberry, Bertram' }).waitFor()
    expect(await page.getByLabel('Shoe size').count()).toBe(0)
    expect(faults).toEqual([])
    await close()
  })

  test('says at the field what cannot be read, and searches by the others', async () => {
    const { page, faults, close } = await openFields()
    await page.getByLabel('Date of birth').fill('yesterday or so')
    await page.getByLabel('Surname').fill('Quisenberry')
    await page.getByText('is not a date').waitFor()
    await page.getByText('2 customers').waitFor()
    expect(await findViolations(page)).toEqual([])
    expect(faults).toEqual([])
    await close()
  })

  test('is forgotten when its user signs out', async () => {
    const { page, close } = await openFields()
    await page.getByLabel('Surname').fill('Quisenberry')
    await signOut(page)
    await signIn(page, 'provider')
    await page.locator('search summary').click()
    expect(await page.getByLabel('Surname').inputValue()).toBe('')
    await close()
  })

  test.each(APPEARANCES)('looks right: $name', async ({ name, options }) => {
    const { page, faults, close } = await openFields(options)
    await page.locator('.by-field input').first().fill('Quisenberry')
    await page.locator('.hit').first().waitFor()
    await takeScreenshot(page, `app-by-field-${name}`)
    expect(await findViolations(page)).toEqual([])
    expect(await scrollsSideways(page)).toBe(false)
    expect(faults).toEqual([])
    await close()
  })
})
