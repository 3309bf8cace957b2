import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { z } from 'zod'
import { startServer, type TestServer } from '../e2e/server.ts'
import { findViolations, launch, openPage, scrollsSideways, signIn, takeScreenshot } from './browser.ts'

/** The pictures of README.md. `npm run screenshots` stores them in docs/images. */
const README = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
const WIDE = { viewport: { width: 1100, height: 720 } }
const NARROW = { viewport: { width: 390, height: 720 } }

let server: TestServer
let browser: Browser
let token: string
beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer(), launch()])
  token = await server.token('agent')
})
afterAll(() => Promise.all([server.stop(), browser.close()]))

async function createLindqvist(): Promise<string> {
  const body = { surname: 'Lindqvist', given_name: 'Åsa', dob: '1979-08-01', valid_from: '2025-06-01' }
  const response = await server.api('POST', '/v1/customers', { token, body })
  return response.as(z.looseObject({ id: z.string() })).id
}

async function withPage(
  path: string,
  options: BrowserContextOptions,
  use: (page: Page) => Promise<void>,
  user?: string,
) {
  const { page, faults, close } = await openPage(browser, server.url + path, { timezoneId: 'UTC', ...options })
  if (user !== undefined) await signIn(page, user)
  await use(page)
  expect(await findViolations(page)).toEqual([])
  expect(await scrollsSideways(page)).toBe(false)
  expect(faults).toEqual([])
  await close()
}

async function takePicture(page: Page, name: string): Promise<void> {
  expect(README).toContain(`docs/images/${name}.png`)
  // Without a cursor that blinks, and a row that is pointed at.
  await page.evaluate('document.activeElement.blur()')
  await page.mouse.move(0, 0)
  await takeScreenshot(page, name, false)
}

async function search(page: Page, text: string): Promise<void> {
  await page.locator('#search').fill(text)
  await page.locator('search[aria-busy=false] .hit').first().waitFor()
}

test('a member of the public asks whether they are listed', () =>
  withPage('/', NARROW, async page => {
    await createLindqvist()
    await page.getByLabel('Surname').fill('Lindqvist')
    await page.getByLabel('Given name').fill('Åsa')
    await page.getByLabel('Date of birth').fill('1 August 1979')
    await page.getByRole('button', { name: 'Ask', exact: true }).click()
    await page.getByRole('heading', { name: /^Yes/ }).waitFor()
    await takePicture(page, 'lookup')
  }))

test('an agent searches with a misheard name', () =>
  withPage(
    '/app',
    WIDE,
    async page => {
      await search(page, 'Ekaterina Iwanowa')
      await takePicture(page, 'search')
    },
    'agent',
  ))

test('an agent searches in Arabic, where everything is mirrored', () =>
  withPage(
    '/app',
    { ...WIDE, locale: 'ar', colorScheme: 'dark' },
    async page => {
      await search(page, 'zahra rezaei')
      await takePicture(page, 'search-arabic')
    },
    'agent',
  ))

test('an agent pages through the list', () =>
  withPage(
    '/app/customers',
    { ...NARROW, colorScheme: 'dark' },
    async page => {
      await page.locator('.hit').nth(1).waitFor()
      await takePicture(page, 'list')
    },
    'agent',
  ))

test('a customer is shown with a history', async () => {
  const id = await createLindqvist()
  const body = { surname: 'Lindqvist-Berg', note: 'married' }
  await server.api('PATCH', `/v1/customers/${id}`, { token, body })
  await withPage(
    `/app/customers/${id}`,
    WIDE,
    async page => {
      await page.locator('.timeline > li').nth(1).waitFor()
      await takePicture(page, 'customer')
    },
    'agent',
  )
})

test('an agent decides between two changes of the same field', async () => {
  const id = await createLindqvist()
  await withPage(
    `/app/customers/${id}/edit`,
    { ...WIDE, colorScheme: 'dark' },
    async page => {
      await page.getByLabel('Surname').fill('Lindqvist-Berg')
      const body = { surname: 'Lindquist', document_number: 'SE 4711' }
      await server.api('PATCH', `/v1/customers/${id}`, { token, body })
      await page.keyboard.press('Control+Enter')
      await page.locator('.versions').waitFor()
      await takePicture(page, 'newer-version')
    },
    'agent',
  )
})
