import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import type { Customer } from '#contract/schemas/customer.ts'
import { Agent } from '../e2e/agent.ts'
import { startServer, type TestServer } from '../e2e/server.ts'
import { until } from '../e2e/until.ts'
import { APPEARANCES, findViolations, launch, openPage, scrollsSideways, signIn, takeScreenshot } from './browser.ts'

const BOUND = 15_000
/** More than two pages of differences. */
const COUNT = 120

let server: TestServer
let browser: Browser
let changed: Customer
beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer({ REGISTRY_SAMPLE: '0' }), launch()])
  const agent = await Agent.logIn(server)
  changed = await agent.create({ surname: 'Quisenberry', given_name: 'Adaline', valid_from: '2019-01-01' })
  await agent.patch(changed.id, { surname: 'Holt', valid_from: '2020-06-01' })
  await agent.patch(changed.id, { dob: '1979-08-21', valid_from: '2022-06-01' })
  for (let n = 0; n < COUNT; n++) await agent.create({ surname: `Tester ${n}`, valid_from: '2023-01-01' })
}, 60_000)
afterAll(() => Promise.all([server.stop(), browser.close()]))

async function openApp(path: string, options: BrowserContextOptions = {}) {
  const opened = await openPage(browser, `${server.url}/app${path}`, options)
  await signIn(opened.page)
  return opened
}
const rows = (page: Page) => page.locator('tbody tr')
const iso = (local: string) => new Date(local).toISOString()

describe('the comparison of the list at two times', () => {
  test('is asked for by keyboard, is in the address, and leads to the customers', async () => {
    const { page, faults, close } = await openApp('/changes')
    await page.getByLabel('List at this time').fill('2020-01-01T00:00')
    await page.getByLabel('Compared with').fill('2021-01-01T00:00')
    await page.getByLabel('Compared with').press('Enter')
    await rows(page).first().waitFor()
    expect(await rows(page).count()).toBe(1)
    expect(await rows(page).getByRole('cell').allTextContents()).toEqual([
      changed.id,
      'Surname',
      'Quisenberry',
      'Holt',
      expect.stringMatching(/ · agent$/),
    ])
    const { searchParams } = new URL(page.url())
    expect([searchParams.get('from'), searchParams.get('to')]).toEqual([
      iso('2020-01-01T00:00'),
      iso('2021-01-01T00:00'),
    ])
    expect(await findViolations(page)).toEqual([])
    await page.reload()
    await signIn(page)
    expect(await page.getByLabel('List at this time').inputValue()).toBe('2020-01-01T00:00')
    await page.getByRole('link', { name: changed.id }).click()
    await page.getByRole('heading', { name: 'Holt, Adaline' }).waitFor()
    expect(faults).toEqual([])
    await close()
  })

  test('is read to its end by scrolling, and goes to the present without a second time', async () => {
    const { page, faults, close } = await openApp(`/changes?from=${iso('2022-12-01')}&field=surname`)
    await rows(page).first().waitFor()
    await until(
      async () => {
        await page.mouse.wheel(0, 5000)
        return (await rows(page).count()) === COUNT
      },
      BOUND,
      'all differences to be read',
    )
    expect(new Set(await rows(page).getByRole('link').allTextContents()).size).toBe(COUNT)
    expect(faults).toEqual([])
    await close()
  })

  test('is that of a field or of a customer, says that nothing differs, and why it is refused', async () => {
    const { page, faults, close } = await openApp(`/changes?from=${iso('2020-01-01')}`)
    await rows(page).first().waitFor()
    await page.getByLabel('Only the customer').fill(changed.id)
    await page.getByRole('button', { name: 'Compare' }).click()
    await until(async () => (await rows(page).count()) === 2, BOUND, 'the differences of the customer')
    await page.getByLabel('Only the field').fill('dob')
    await page.keyboard.press('Enter')
    await until(async () => (await rows(page).count()) === 1, BOUND, 'the differences of the field')
    await page.getByLabel('Only the field').fill('given_name')
    await page.keyboard.press('Enter')
    await page.getByText('Nothing differs.').waitFor()
    await page.getByLabel('Only the field').fill('No field!')
    await page.keyboard.press('Enter')
    await page.getByText('is not a field such as surname').waitFor()
    expect(await findViolations(page)).toEqual([])
    expect(faults).toEqual([])
    await close()
  })

  test.each(APPEARANCES)('looks right: $name', async ({ name, options }) => {
    const { page, faults, close } = await openApp(`/changes?from=${iso('2020-01-01')}&customer=${changed.id}`, options)
    await rows(page).first().waitFor()
    await takeScreenshot(page, `app-changes-${name}`)
    expect(await findViolations(page)).toEqual([])
    expect(await scrollsSideways(page)).toBe(false)
    expect(faults).toEqual([])
    await close()
  })
})
