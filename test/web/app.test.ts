import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Browser, BrowserContextOptions } from 'playwright-core'
import { z } from 'zod'
import { startServer, type TestServer } from '../e2e/server.ts'
import {
  APPEARANCES,
  findAllViolations,
  findViolations,
  launch,
  openAccount,
  openPage,
  scrollsSideways,
  signIn,
  signOut,
  takeScreenshot,
} from './browser.ts'

const HOSTILE = '<img src=x onerror="document.title=1">'
const LONG = 'Bartholomew'.repeat(18)

let server: TestServer
let browser: Browser
const ids: Record<string, string> = {}
beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer({ REGISTRY_SAMPLE: '0' }), launch()])
  const token = await server.token('agent')
  const people = {
    adaline: { surname: 'Quisenberry', given_name: 'Adaline', dob: '1979-08-21', document_number: 'QX 4711' },
    hostile: { surname: HOSTILE, given_name: LONG, dob: '1951' },
    arabic: { surname: 'القحطاني', given_name: 'زهرة', details: {} },
  }
  for (const [name, body] of Object.entries(people))
    ids[name] = (await server.api('POST', '/v1/customers', { token, body })).as(z.looseObject({ id: z.string() })).id
  const body = { surname: 'Quisenberry-Holt' }
  await server.api('PATCH', `/v1/customers/${ids.adaline}`, { token, body })
})
afterAll(() => Promise.all([server.stop(), browser.close()]))

async function openApp(path = '/app', options: BrowserContextOptions = {}) {
  const opened = await openPage(browser, server.url + path, options)
  await signIn(opened.page)
  return opened
}

describe('signing in', () => {
  test('is refused with a wrong password, and says so', async () => {
    const { page, close } = await openPage(browser, `${server.url}/app`)
    await signIn(page, 'agent', 'wrong')
    await page.getByText('The user name or the password is wrong.').waitFor()
    expect(await findViolations(page)).toEqual([])
    await close()
  })

  test('stores no token, and a link into the app still leads there', async () => {
    const { page, close } = await openApp(`/app/customers/${ids.adaline}`)
    await page.getByRole('heading', { name: 'Quisenberry-Holt, Adaline' }).waitFor()
    expect(
      await page.evaluate('JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])'),
    ).not.toMatch(/eyJ/)
    await close()
  })

  test('again after the end of a session loses nothing', async () => {
    const { page, faults, close } = await openPage(browser, `${server.url}/app`)
    await page.clock.install()
    await page.reload()
    await signIn(page)
    await page.getByLabel('Search customers').fill('quisenb')
    await page.getByRole('link', { name: /Quisenberry/ }).waitFor()
    await page.clock.fastForward('59:55')
    await page.getByText('Your session has ended').waitFor()
    expect(await findAllViolations(page)).toEqual([])
    expect(await page.locator('#username').inputValue()).toBe('agent')
    await page.locator('#password').fill('agent')
    await page.getByRole('dialog').getByRole('button', { name: 'Sign in' }).click()
    await page.getByText('Your session has ended').waitFor({ state: 'detached' })
    expect(await page.getByLabel('Search customers').inputValue()).toBe('quisenb')
    expect(faults).toEqual([])
    await close()
  })

  test('lasts while the page is used: a warning comes two minutes before the end, and the focus goes back after it', async () => {
    const { page, faults, close } = await openPage(browser, `${server.url}/app`)
    await page.clock.install()
    await page.reload()
    await signIn(page)
    const box = page.getByLabel('Search customers')
    await box.fill('quisenb')
    const warning = page.getByRole('dialog', { name: 'Are you still there?' })
    await page.clock.fastForward('27:50')
    expect(await warning.count()).toBe(0)
    await page.clock.fastForward('00:20')
    await warning.waitFor()
    await warning.getByText('2 minutes').waitFor()
    // A screen reader reads what a dialog that gets the focus is labelled and described by.
    const described = await warning.getAttribute('aria-describedby')
    expect(await page.locator(`#${described}`).textContent()).toMatch(/Your session ends in 2 minutes$/)
    const stay = warning.getByRole('button', { name: 'Stay signed in' })
    expect(await stay.evaluate(button => button === button.ownerDocument.activeElement)).toBe(true)
    await takeScreenshot(page, 'idle-warning', false)
    expect(await findAllViolations(page)).toEqual([])
    // As a screen reader does it, without a key or a pointer.
    await stay.dispatchEvent('click')
    await warning.waitFor({ state: 'detached' })
    expect(await box.evaluate(input => input === input.ownerDocument.activeElement)).toBe(true)
    await page.clock.fastForward('28:10')
    await warning.waitFor()
    await page.clock.fastForward('01:20')
    await warning.getByText(/^\d\d seconds$/).waitFor()
    await page.clock.fastForward('00:45')
    await page.getByText('Your session has ended').waitFor()
    expect(await warning.count()).toBe(0)
    await page.locator('#password').fill('agent')
    await page.getByRole('dialog').getByRole('button', { name: 'Sign in' }).click()
    await page.getByText('Your session has ended').waitFor({ state: 'detached' })
    expect(await box.inputValue()).toBe('quisenb')
    expect(await box.evaluate(input => input === input.ownerDocument.activeElement)).toBe(true)
    expect(faults).toEqual([])
    await close()
  })

  test('is undone in every page of the user by signing out in one', async () => {
    const { page, faults, close } = await openApp()
    await page.getByLabel('Search customers').waitFor()
    const openBeside = async (user: string) => {
      const beside = await page.context().newPage()
      await beside.goto(`${server.url}/app`)
      await signIn(beside, user)
      await beside.getByLabel('Search customers').fill('quisenb')
      return beside
    }
    const [own, others] = [await openBeside('agent'), await openBeside('provider')]
    await signOut(page)
    await page.locator('#username').waitFor()
    const dialog = own.getByRole('dialog')
    await dialog.getByText('Your session has ended').waitFor()
    await dialog.locator('#password').fill('agent')
    await dialog.getByRole('button', { name: 'Sign in' }).click()
    await dialog.waitFor({ state: 'detached' })
    expect(await own.getByLabel('Search customers').inputValue()).toBe('quisenb')
    await others.getByRole('link', { name: /Quisenberry/ }).waitFor()
    expect(await others.getByRole('dialog').count()).toBe(0)
    expect(faults).toEqual([])
    await close()
  })

  test('is undone on every device at once, after a question', async () => {
    const [here, there, others] = [await openApp(), await openApp(), await openPage(browser, `${server.url}/app`)]
    await signIn(others.page, 'provider')
    for (const { page } of [here, there, others]) await page.getByLabel('Search customers').fill('quisenb')
    await openAccount(here.page)
    expect(await findAllViolations(here.page)).toEqual([])
    await takeScreenshot(here.page, 'account-menu', false)
    await here.page.getByRole('button', { name: 'End all sessions' }).click()
    const question = here.page.getByRole('dialog')
    await question.getByText('You are signed out here and on every other device.').waitFor()
    expect(await findAllViolations(here.page)).toEqual([])
    await question.getByRole('button', { name: 'End all sessions' }).click()
    await here.page.locator('#username').waitFor()
    expect(await there.page.getByText('Your session has ended').count()).toBe(0)
    await there.page.getByLabel('Search customers').fill('quisenbe')
    await there.page.getByText('Your session has ended').waitFor()
    await others.page.getByLabel('Search customers').fill('quisenbe')
    await others.page.getByRole('link', { name: /Quisenberry/ }).waitFor()
    expect(await others.page.getByText('Your session has ended').count()).toBe(0)
    for (const { faults, close } of [here, there, others]) {
      expect(faults).toEqual([])
      await close()
    }
  })

  test('is undone by signing out, which forgets what was searched', async () => {
    const { page, close } = await openApp()
    await page.getByLabel('Search customers').fill('quisenb')
    await signOut(page)
    await signIn(page, 'provider')
    expect(await page.getByLabel('Search customers').inputValue()).toBe('')
    await close()
  })
})

describe('searching', () => {
  test('as you type shows scores and why, by keyboard alone, with no name in the address', async () => {
    const { page, faults, close } = await openApp()
    await page.getByLabel('Search customers').waitFor()
    await page.keyboard.press('/')
    await page.keyboard.type('Quisenbery 21.08.1979')
    await page.locator('.reason.near', { hasText: 'Quisenbery' }).waitFor()
    expect(await page.locator('.reason.near mark').allTextContents()).toEqual(['r'])
    await page.locator('.reason.agrees', { hasText: '1979-08-21' }).waitFor()
    await page
      .getByText(/^\d+%$/)
      .first()
      .waitFor()
    await takeScreenshot(page, 'search')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Quisenberry-Holt, Adaline' }).waitFor()
    expect(page.url()).toBe(`${server.url}/app/customers/${ids.adaline}`)
    await page.goBack()
    expect(await page.getByLabel('Search customers').inputValue()).toBe('Quisenbery 21.08.1979')
    expect(faults).toEqual([])
    await close()
  })

  test('shows a hostile name as text', async () => {
    const { page, faults, close } = await openApp()
    await page.getByLabel('Search customers').fill(LONG.slice(0, 11))
    await page.getByRole('link', { name: HOSTILE }).click()
    await page.getByRole('heading', { name: HOSTILE }).waitFor()
    expect(await page.locator('img').count()).toBe(0)
    expect(await scrollsSideways(page)).toBe(false)
    expect(await page.title()).toBe('Customer registry')
    expect(faults).toEqual([])
    await close()
  })

  test('says that the registry cannot be reached, and goes on by itself when it can', async () => {
    const { page, close } = await openApp()
    await page.getByLabel('Search customers').waitFor()
    await page.context().setOffline(true)
    await page.getByLabel('Search customers').fill('quisenb')
    await page.getByText('The registry cannot be reached').waitFor()
    await page.getByText('You are offline.').waitFor()
    await takeScreenshot(page, 'offline')
    expect(await findViolations(page)).toEqual([])
    await page.context().setOffline(false)
    await page.getByRole('link', { name: /Quisenberry/ }).waitFor()
    await page.getByText('You are offline.').waitFor({ state: 'detached' })
    expect(await page.getByLabel('Search customers').inputValue()).toBe('quisenb')
    await close()
  })
})

test('a customer has a history of versions', async () => {
  const { page, close } = await openApp(`/app/customers/${ids.adaline}`)
  const versions = page.locator('.timeline > li')
  await versions.nth(1).waitFor()
  expect(await versions.allTextContents()).toEqual([
    expect.stringMatching(/^Changed.*agent at loc1Changed: Surname$/),
    expect.stringMatching(/^Created.*agent at loc1$/),
  ])
  await close()
})

test('an address that is no view says so, and leads to the search', async () => {
  const { page, faults, close } = await openApp('/app/custmers/1')
  await page.getByRole('heading', { name: 'There is no such view' }).waitFor()
  expect(await findAllViolations(page)).toEqual([])
  await page.getByRole('link', { name: 'Back to the search' }).click()
  await page.getByLabel('Search customers').waitFor()
  expect(faults).toEqual([])
  await close()
})

test('? shows the keys', async () => {
  const { page, close } = await openApp()
  await page.getByRole('heading', { name: 'Search' }).click({ force: true })
  await page.keyboard.press('?')
  await page.getByRole('dialog').getByText('Go to the search').waitFor()
  expect(await findViolations(page)).toEqual([])
  await close()
})

describe('the views of the app', () => {
  test.each(APPEARANCES)('look right: $name', async ({ name, options }) => {
    const { page, faults, close } = await openPage(browser, `${server.url}/app`, options)
    await page.locator('#username').waitFor()
    await takeScreenshot(page, `app-sign-in-${name}`)
    const check = async (view: string) => {
      await takeScreenshot(page, `app-${view}-${name}`)
      expect(await findViolations(page)).toEqual([])
      expect(await scrollsSideways(page)).toBe(false)
    }
    await signIn(page)
    await page.locator('#search').fill('quisenbery 1979')
    await page.locator('.hit').first().waitFor()
    await check('search')
    await page.locator('.hit a').first().click()
    await page.locator('.timeline > li').nth(1).waitFor()
    await check('customer')
    expect(faults).toEqual([])
    await close()
  })
})
