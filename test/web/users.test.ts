import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { startServer, type TestServer } from '../e2e/server.ts'
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

const OWN_PASSWORD = 'Own-Password-1-of-the-user'

let server: TestServer
let browser: Browser
beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer({ REGISTRY_SAMPLE: '0' }), launch()])
})
afterAll(() => Promise.all([server.stop(), browser.close()]))

const rowOf = (page: Page, text: string) => page.getByRole('listitem').filter({ hasText: text })
const shownPassword = async (page: Page, username: string): Promise<string> => {
  const notice = page.getByRole('region', { name: `One-time password of ${username}` })
  return (await notice.locator('code').textContent()) ?? ''
}
const views = (page: Page) => page.getByRole('navigation', { name: 'Views' })

/** Logs in to the API. */
const logIn = async (username: string, password: string) =>
  (await server.api('POST', '/v1/auth/token', { body: { username, password } })).status

test('a provider creates, promotes, disables, resets and removes a user, who signs in with a password of their own', async () => {
  const { page, faults, close } = await openPage(browser, `${server.url}/app/users`)
  await signIn(page, 'provider')
  await page.getByRole('textbox', { name: 'User name (small' }).fill('grace')
  await page.keyboard.press('Enter')
  const password = await shownPassword(page, 'grace')
  await rowOf(page, 'grace').getByText('has a one-time password').waitFor()
  await takeScreenshot(page, 'users-issued')
  expect(await findViolations(page)).toEqual([])
  expect(
    await page.evaluate('JSON.stringify([location.href, { ...localStorage }, { ...sessionStorage }])'),
  ).not.toContain(password)
  await page.getByRole('button', { name: 'Hide' }).click()
  expect(await page.getByText(password).count()).toBe(0)

  const hers = await openPage(browser, `${server.url}/app`)
  await signIn(hers.page, 'grace', password)
  await hers.page.getByText('This is a one-time password.').waitFor()
  await takeScreenshot(hers.page, 'sign-in-new-password')
  expect(await findAllViolations(hers.page)).toEqual([])
  await hers.page.keyboard.type(OWN_PASSWORD)
  await hers.page.keyboard.press('Enter')
  await views(hers.page).getByRole('link', { name: 'Search' }).waitFor()
  expect(await views(hers.page).getByRole('link', { name: 'Users' }).count()).toBe(0)
  expect(hers.faults).toEqual([])
  await hers.close()
  expect(await logIn('grace', OWN_PASSWORD)).toBe(200)

  await page.reload()
  await signIn(page, 'provider')
  await page.getByLabel('Role of grace').selectOption('provider')
  await page.getByRole('button', { name: 'Disable grace' }).click()
  await rowOf(page, 'grace').getByText('disabled').waitFor()
  expect(await page.getByLabel('Role of grace').inputValue()).toBe('provider')
  expect(await logIn('grace', OWN_PASSWORD)).toBe(401)
  await page.getByRole('button', { name: 'Enable grace' }).click()
  await page.getByRole('button', { name: 'Disable grace' }).waitFor()
  expect(await logIn('grace', OWN_PASSWORD)).toBe(200)

  const dialog = page.getByRole('dialog')
  await page.getByRole('button', { name: 'Reset password for grace' }).click()
  await dialog.getByRole('button', { name: 'Reset password' }).click()
  expect(await shownPassword(page, 'grace')).toMatch(/^\S{12,}$/)
  expect(await shownPassword(page, 'grace')).not.toBe(password)
  expect(await logIn('grace', OWN_PASSWORD)).toBe(401)
  await page.getByRole('button', { name: 'Remove grace' }).click()
  await dialog.getByRole('button', { name: 'Remove' }).click()
  await rowOf(page, 'grace').waitFor({ state: 'detached' })
  expect(faults).toEqual([])
  await close()
})

test('a name that is taken, and disabling oneself, are refused with the reason', async () => {
  const { page, close } = await openPage(browser, `${server.url}/app/users`)
  await signIn(page, 'provider')
  await page.getByRole('textbox', { name: 'User name (small' }).fill('agent')
  await page.keyboard.press('Enter')
  await page.locator('form').getByRole('alert').waitFor()
  await page.getByRole('button', { name: 'Disable provider' }).click()
  await rowOf(page, 'provider').getByRole('alert').waitFor()
  expect(await logIn('provider', 'provider')).toBe(200)
  await close()
})

test('a name that no user can have is said at the field, and not sent', async () => {
  const { page, faults, close } = await openPage(browser, `${server.url}/app/users`)
  await signIn(page, 'provider')
  const name = page.getByRole('textbox', { name: 'User name (small' })
  await name.waitFor()
  const sent: string[] = []
  page.on('request', request => request.method() === 'POST' && sent.push(request.url()))
  await name.fill('Ada Lovelace')
  await page.keyboard.press('Enter')
  await page.getByText('must be 1 to 64 small letters').waitFor()
  expect(await name.getAttribute('aria-invalid')).toBe('true')
  expect(await findViolations(page)).toEqual([])
  expect(sent).toEqual([])
  await name.fill('ada')
  await page.keyboard.press('Enter')
  await rowOf(page, 'ada').waitFor()
  expect(faults).toEqual([])
  await close()
})

describe('the view of users', () => {
  test.each(APPEARANCES)('looks right: $name', async ({ name, options }) => {
    const { page, faults, close } = await openPage(browser, `${server.url}/app/users`, options)
    await signIn(page, 'provider')
    await page.locator('.rows > li').first().waitFor()
    await takeScreenshot(page, `app-users-${name}`)
    expect(await findViolations(page)).toEqual([])
    expect(await scrollsSideways(page)).toBe(false)
    expect(faults).toEqual([])
    await close()
  })
})
