import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Browser, BrowserContextOptions } from 'playwright-core'
import { z } from 'zod'
import { startServer, type TestServer } from '../e2e/server.ts'
import { APPEARANCES, findViolations, launch, openPage, scrollsSideways, signIn, takeScreenshot } from './browser.ts'

/** More versions than a page has. */
const OLDER = 22

let server: TestServer
let browser: Browser
beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer({ REGISTRY_SAMPLE: '0' }), launch()])
})
afterAll(() => Promise.all([server.stop(), browser.close()]))

async function createTwoVersions(): Promise<string> {
  const token = await server.token('agent')
  const first = { surname: 'Early', given_name: 'Nan', dob: '1980~', valid_from: '2020-01-01' }
  const { id } = (await server.api('POST', '/v1/customers', { token, body: first })).as(
    z.looseObject({ id: z.string() }),
  )
  const later = { surname: 'Later', valid_from: '2022-01-01' }
  await server.api('PATCH', `/v1/customers/${id}`, { token, body: later })
  return id
}

async function openCustomer(id: string, search = '', options: BrowserContextOptions = {}) {
  const address = `${server.url}/app/customers/${id}${search}`
  const opened = await openPage(browser, address, { timezoneId: 'UTC', ...options })
  await signIn(opened.page)
  return { ...opened, showsName: (name: string) => opened.page.getByRole('heading', { name }).waitFor() }
}

test('a customer is shown as it was, and as it was known then', async () => {
  const { page, faults, showsName, close } = await openCustomer(await createTwoVersions())
  await showsName('Later, Nan')
  await page.getByLabel('As of').fill('2021-06-01T00:00')
  await showsName('Early, Nan')
  expect(new URL(page.url()).searchParams.get('as_of')).toContain('2021-06-01T00:00:00.000Z')
  expect(await page.getByRole('link', { name: 'Edit' }).count()).toBe(0)
  await takeScreenshot(page, 'time')
  expect(await findViolations(page)).toEqual([])
  expect(await scrollsSideways(page)).toBe(false)
  await page.getByLabel('As of').fill('2019-06-01T00:00')
  await page.getByText('The customer was not on the list at that time.').waitFor()
  await page.getByRole('button', { name: 'Back to now' }).click()
  await showsName('Later, Nan')
  await page.getByRole('link', { name: /^Created/ }).click()
  await showsName('Early, Nan')
  expect(faults).toEqual([])
  await close()
})

test('the slider moves through the changes by keyboard, and a sentence says what is shown', async () => {
  const { page, faults, showsName, close } = await openCustomer(await createTwoVersions())
  const sentence = page.getByRole('region', { name: 'Time' }).getByRole('status')
  await sentence.getByText('You see what is valid now, as it is known today.').waitFor()
  await page.getByRole('slider', { name: 'Move through the changes' }).focus()
  await page.keyboard.press('Home')
  await showsName('Early, Nan')
  await sentence.getByText(/^You see what was valid on .*2020.*, as it is known today\.$/).waitFor()
  await page.keyboard.press('ArrowRight')
  await showsName('Later, Nan')
  expect(new URL(page.url()).searchParams.get('as_of')).toContain('2022-01-01T00:00:00')
  await page.keyboard.press('End')
  await sentence.getByText('You see what is valid now').waitFor()
  expect(new URL(page.url()).search).toBe('')
  await page.getByLabel('Only what was known at a time').check()
  await sentence.getByText('You see what is valid now, as it was known on').waitFor()
  await sentence.getByText('What was known is only shown here, and cannot be changed.').waitFor()
  await page.getByLabel('As known at', { exact: true }).fill('2021-06-01T00:00')
  await page.getByText('The customer was not on the list at that time.').waitFor()
  await page.getByLabel('Only what was known at a time').uncheck()
  await showsName('Later, Nan')
  expect(faults).toEqual([])
  await close()
})

test('any two versions are compared side by side, and the address keeps which', async () => {
  const id = await createTwoVersions()
  const token = await server.token('agent')
  await server.api('PATCH', `/v1/customers/${id}`, { token, body: { dob: '1980-05-01' } })
  const { page, faults, close } = await openCustomer(id)
  const comparison = page.getByRole('region', { name: 'Compare two versions' })
  const cellsOf = (field: string) =>
    comparison
      .getByRole('row', { name: new RegExp(`^${field}`) })
      .getByRole('cell')
      .allTextContents()
  await comparison.getByRole('row', { name: /^Date of birth/ }).waitFor()
  expect(await cellsOf('Date of birth')).toEqual(['1980~', '1980-05-01', '≠ different'])
  expect(await cellsOf('Surname')).toEqual(['Later', 'Later', '✓ the same'])
  await comparison.getByLabel('First version').selectOption({ index: 2 })
  await comparison.getByRole('cell', { name: 'Early' }).waitFor()
  expect(await cellsOf('Surname')).toEqual(['Early', 'Later', '≠ different'])
  const { search } = new URL(page.url())
  await close()
  const again = await openCustomer(id, search)
  await again.page.getByRole('cell', { name: 'Early' }).waitFor()
  expect(faults).toEqual([])
  await again.close()
})

/** A customer with more versions than are read first, one a year. */
async function createManyVersions(): Promise<{ id: string; version: string }> {
  const token = await server.token('agent')
  const body = { surname: 'First', valid_from: '2001-01-01' }
  const created = (await server.api('POST', '/v1/customers', { token, body })).as(
    z.looseObject({ id: z.string(), version: z.string() }),
  )
  for (let year = 2002; year < 2002 + OLDER; year++)
    await server.api('PATCH', `/v1/customers/${created.id}`, {
      token,
      body: { surname: `In ${year}`, valid_from: `${year}-01-01` },
    })
  return created
}

test('versions that are compared may be older than those that are read first', async () => {
  const { id, version } = await createManyVersions()
  const { page, faults, close } = await openCustomer(id, `?left=${version}`)
  await page.getByRole('cell', { name: 'First', exact: true }).waitFor()
  expect(faults).toEqual([])
  await close()
})

test('the slider reaches changes that are older than those that are read first', async () => {
  const { id } = await createManyVersions()
  const { page, faults, showsName, close } = await openCustomer(id)
  const slider = page.getByRole('slider', { name: 'Move through the changes' })
  await slider.focus()
  await page.keyboard.press('Home')
  await page.locator(`input[type=range][max="${OLDER + 1}"]`).waitFor()
  await page.keyboard.press('Home')
  await showsName('First')
  expect(await slider.getAttribute('aria-valuetext')).toContain('2001')
  await close()
  const linked = await openCustomer(id, '?as_of=2002-06-01T00:00:00Z')
  await linked.showsName('In 2002')
  await linked.page.locator('output').getByText('2002').waitFor()
  expect([...faults, ...linked.faults]).toEqual([])
  await linked.close()
})

test('the history says when a change was recorded that is valid from another time', async () => {
  const token = await server.token('agent')
  const id = await createTwoVersions()
  await server.api('PATCH', `/v1/customers/${id}`, { token, body: { given_name: 'Nancy' } })
  const { page, faults, close } = await openCustomer(id)
  const year = String(new Date().getUTCFullYear())
  const [latest, dated] = [page.locator('.timeline > li').nth(0), page.locator('.timeline > li').nth(1)]
  await dated.getByText(/^agent at \w+ · recorded/).waitFor()
  expect(await dated.locator('time').allTextContents()).toEqual([
    expect.stringContaining('2022'),
    expect.stringContaining(year),
  ])
  expect(await latest.locator('time').count()).toBe(1)
  expect(faults).toEqual([])
  await close()
})

test("times are in the form of the reader's country and those of the reader's zone, and the exact one is shown on hover", async () => {
  const token = await server.token('agent')
  const body = { surname: 'Zone', valid_from: '2020-03-01T20:30:00Z' }
  const { id } = (await server.api('POST', '/v1/customers', { token, body })).as(z.looseObject({ id: z.string() }))
  const { page, faults, close } = await openCustomer(id, '', { timezoneId: 'Asia/Tokyo' })
  const time = page.locator('.timeline a time')
  await time.getByText(/^2 Mar 2020, 0?5:30/).waitFor()
  expect(await time.getAttribute('title')).toMatch(/^2020-03-01T20:30:00/)
  expect(faults).toEqual([])
  await close()
})

test('a correction of the past holds until the next change of the same field', async () => {
  const id = await createTwoVersions()
  const { page, faults, showsName, close } = await openCustomer(id)
  await page.getByRole('slider', { name: 'Move through the changes' }).focus()
  await page.keyboard.press('Home')
  await showsName('Early, Nan')
  await page.getByRole('link', { name: 'Correct the past' }).click()
  await page.getByText(/^What you change here is valid from .*2020/).waitFor()
  expect(await page.getByLabel('Surname').inputValue()).toBe('Early')
  await page.getByLabel('Surname').fill('Earlier')
  await page.getByLabel('Given name').fill('Nancy')
  expect(await findViolations(page)).toEqual([])
  await page.keyboard.press('Control+Enter')
  await showsName('Earlier, Nancy')
  expect(new URL(page.url()).searchParams.get('as_of')).toContain('2020-01-01T00:00:00')
  await page.getByRole('button', { name: 'Back to now' }).click()
  await showsName('Later, Nancy')
  expect(faults).toEqual([])
  await close()
})

test.each(APPEARANCES)('the customer through time looks right: $name', async ({ name, options }) => {
  const id = await createTwoVersions()
  const { page, faults, close } = await openCustomer(id, '?as_of=2021-06-01T00:00:00Z', options)
  await page.getByRole('table').waitFor()
  await takeScreenshot(page, `app-time-${name}`)
  expect(await findViolations(page)).toEqual([])
  expect(await scrollsSideways(page)).toBe(false)
  expect(faults).toEqual([])
  await close()
})
