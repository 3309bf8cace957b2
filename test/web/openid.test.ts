import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { startServer, type TestServer } from '../e2e/server.ts'
import { until } from '../e2e/until.ts'
import { findAllViolations, findViolations, launch, openPage, signOut, takeScreenshot } from './browser.ts'
import { type Issuer, startIssuer } from './issuer.ts'

/** So short that every request a second later renews it. */
const TOKEN_SECONDS = 11

let issuer: Issuer
let server: TestServer
let browser: Browser
beforeAll(async () => {
  // The issuer warns of being one for tests.
  for (const level of ['info', 'warn'] as const) jest.spyOn(console, level).mockImplementation(() => undefined)
  issuer = await startIssuer(TOKEN_SECONDS)
  ;[server, browser] = await Promise.all([
    startServer({ REGISTRY_SAMPLE: '0', REGISTRY_OIDC: issuer.configuration }),
    launch(),
  ])
  issuer.serve(server.url)
})
afterAll(() => Promise.all([server.stop(), browser.close(), issuer.stop()]))
beforeEach(() => {
  issuer.grants.length = 0
})

/** Fills in the issuer's own form. */
async function signInAtIssuer(page: Page, user: string): Promise<void> {
  await page.locator('input[name=login]').fill(user)
  await page.locator('input[name=password]').fill('any')
  await page.locator('button[type=submit]').click()
}

async function openApp(path: string, user = 'ada') {
  const opened = await openPage(browser, `${server.url}/app${path}`)
  await opened.page.getByRole('button', { name: 'Sign in' }).click()
  await signInAtIssuer(opened.page, user)
  return opened
}

/** Signs in in the window that the dialog of an ended session opens. */
async function signInInWindow(page: Page, user: string): Promise<void> {
  const [opened] = await Promise.all([
    page.waitForEvent('popup'),
    page.getByRole('dialog').getByRole('button', { name: 'Sign in' }).click(),
  ])
  const closed = opened.waitForEvent('close')
  await signInAtIssuer(opened, user)
  await closed
}

describe('a sign-in at an OpenID Connect issuer', () => {
  test('leads back to the view that was asked for, and leaves no token and no code behind', async () => {
    const { page, faults, close } = await openPage(browser, `${server.url}/app/customers?type=person`)
    await page.getByRole('button', { name: 'Sign in' }).waitFor()
    expect(await findViolations(page)).toEqual([])
    await takeScreenshot(page, 'openid')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.locator('input[name=login]').waitFor()
    expect(new URL(page.url()).origin).not.toBe(server.url)
    await signInAtIssuer(page, 'ada')
    await page.getByText('ada', { exact: true }).waitFor()
    expect(page.url()).toBe(`${server.url}/app/customers?type=person`)
    expect(
      await page.evaluate('JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])'),
    ).not.toMatch(/eyJ|verifier/)
    await page.goBack()
    expect(page.url()).not.toMatch(/code=/)
    expect(faults).toEqual([])
    await close()
  })

  test('is not completed with an answer to another one', async () => {
    const { page, close } = await openPage(browser, `${server.url}/app`)
    await page.route('**/auth?*', route => {
      const url = new URL(route.request().url())
      url.searchParams.set('state', 'another')
      return route.continue({ url: url.href })
    })
    await page.getByRole('button', { name: 'Sign in' }).click()
    await signInAtIssuer(page, 'ada')
    await page.getByText('The sign-in did not succeed').waitFor()
    expect(await findViolations(page)).toEqual([])
    expect(issuer.grants).toEqual([])
    await close()
  })

  test('lasts beyond its first token, which is renewed before it ends', async () => {
    const { page, faults, close } = await openApp('')
    await page.getByLabel('Search customers').fill('anybody')
    await page.getByText('Nobody was found').waitFor()
    await until(
      async () => {
        await page.getByLabel('Search customers').fill(`anybody ${Date.now()}`)
        return issuer.grants.filter(it => it === 'refresh_token').length >= 2
      },
      20_000,
      'two renewals',
    )
    await page.getByText('Nobody was found').waitFor()
    expect(faults).toEqual([])
    await close()
  })

  test('ends with signing out, also at the issuer', async () => {
    const { page, close } = await openApp('')
    await page.getByLabel('Search customers').waitFor()
    const before = issuer.revoked()
    await signOut(page)
    await page.waitForURL(/session\/end/)
    expect(issuer.revoked()).toBe(before + 1)
    await close()
  })
})

describe('a session that ends in the middle of a form', () => {
  test('goes on after a sign-in in another window, and nothing is lost', async () => {
    const { page, faults, close } = await openApp('/customers/new')
    await page.getByLabel('Surname').fill('Quisenberry')
    await issuer.revokeAll()
    const dialog = page.getByRole('dialog')
    // The page looks for duplicates as one types. Its token is still valid for a moment after the issuer has forgotten it.
    const names = ['Ada', 'Adaline']
    await until(
      async () => {
        if (await dialog.isVisible()) return true
        const name = names.reverse()[0] ?? ''
        await Promise.all([page.waitForResponse(/\/(match|token)$/), page.getByLabel('Given name').fill(name)])
        return false
      },
      20_000,
      'the end of the session',
    )
    const typed = await page.getByLabel('Given name').inputValue()
    await dialog.getByText('Your session has ended').waitFor()
    expect(await findAllViolations(page)).toEqual([])
    await signInInWindow(page, 'grace')
    await dialog.getByText('Somebody else has signed in').waitFor()
    await signInInWindow(page, 'ada')
    await dialog.waitFor({ state: 'detached' })
    expect(await page.getByLabel('Surname').inputValue()).toBe('Quisenberry')
    expect(await page.getByLabel('Given name').inputValue()).toBe(typed)
    await page.keyboard.press('Control+Enter')
    await page.getByRole('heading', { name: `Quisenberry, ${typed}` }).waitFor()
    expect(faults).toEqual([])
    await close()
  })

  test('also ends when nobody uses the page, and its tokens with it', async () => {
    const { page, faults, close } = await openPage(browser, `${server.url}/app`)
    await page.clock.install()
    await page.getByRole('button', { name: 'Sign in' }).click()
    await signInAtIssuer(page, 'ada')
    await page.getByLabel('Search customers').fill('quisenb')
    const before = issuer.revoked()
    await page.clock.fastForward('29:00')
    await page.mouse.move(10, 10)
    await page.clock.fastForward('29:00')
    expect(await page.getByText('Your session has ended').count()).toBe(0)
    await page.clock.fastForward('01:10')
    await page.getByText('Your session has ended').waitFor()
    await until(() => issuer.revoked() > before, 5000, 'the revocation')
    expect(await page.getByLabel('Search customers').inputValue()).toBe('quisenb')
    expect(faults).toEqual([])
    await close()
  })
})
