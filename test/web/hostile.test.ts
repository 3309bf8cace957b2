import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { z } from 'zod'
import { startServer, type TestServer } from '../e2e/server.ts'
import { APPEARANCES, findViolations, launch, openPage, scrollsSideways, signIn } from './browser.ts'

/** Names that do harm where they are taken for anything but text. They share a surname's word, by which all are found. */
const NAMES = {
  markup: '<img src=x onerror="document.title=1">',
  long: 'Bartholomew'.repeat(19).slice(0, 200),
  emoji: '👩‍👩‍👧‍👦🏴‍☠️ Ada 🙂',
  template: '{{constructor.constructor("document.title=1")()}}',
  rightToLeft: 'שלום <b>Ada</b> 12',
}
const WORD = 'Quisenberry'
const FIELD = 'nickname'
const WIDE = APPEARANCES[0].options
const NARROW = { viewport: { width: 390, height: 844 }, locale: 'ar' }

let server: TestServer
let browser: Browser
const ids: Record<string, string> = {}
beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer({ REGISTRY_SAMPLE: '0' }), launch()])
  const provider = await server.token('provider')
  await server.api('POST', '/v1/fields', {
    token: provider,
    body: { name: FIELD, label: NAMES.markup, type: 'text' },
  })
  await server.api('POST', `/v1/fields/${FIELD}/authorise`, { token: provider })
  for (const [name, given_name] of Object.entries(NAMES)) {
    const body = { surname: WORD, given_name, details: { [FIELD]: NAMES.markup }, note: NAMES.markup }
    const response = await server.api('POST', '/v1/customers', { token: provider, body })
    ids[name] = response.as(z.looseObject({ id: z.string() })).id
  }
})
afterAll(() => Promise.all([server.stop(), browser.close()]))

/** A view is as it should be: nothing ran, nothing was made of the names, and nothing is wider than the window. */
async function expectHarmless(page: Page): Promise<void> {
  expect(await page.locator('main img').count()).toBe(0)
  expect(await page.title()).not.toBe('1')
  expect(await scrollsSideways(page)).toBe(false)
  expect(await findViolations(page)).toEqual([])
}

/** How the API has a name: normalized. */
async function readName(name: string): Promise<string> {
  const token = await server.token('agent')
  const response = await server.api('GET', `/v1/customers/${ids[name]}`, { token })
  return response.as(z.looseObject({ given_name: z.string() })).given_name
}

describe.each([
  ['wide', WIDE],
  ['narrow, from right to left', NARROW],
])('hostile names are text: %s', (_, options) => {
  test('in the search and in the list', async () => {
    const { page, faults, close } = await openPage(browser, `${server.url}/app`, options)
    await signIn(page)
    await page.locator('#search').fill(WORD)
    await page.locator('.hit').nth(4).waitFor()
    for (const name of Object.keys(NAMES))
      expect(await page.locator('.hit a bdi').allTextContents()).toContain(`${WORD}, ${await readName(name)}`)
    await expectHarmless(page)
    await page.locator('nav a[href="/app/customers"]').click()
    await page.locator('main h1:not(.visually-hidden)').waitFor()
    await page.locator('.hit').nth(4).waitFor()
    expect(await page.locator('.hit a bdi').allTextContents()).toContain(`${WORD}, ${NAMES.markup}`)
    await expectHarmless(page)
    expect(faults).toEqual([])
    await close()
  })

  test.each(Object.keys(NAMES))('in the view of a customer and in the form: %s', async name => {
    const { page, faults, close } = await openPage(browser, `${server.url}/app/customers/${ids[name]}`, options)
    await signIn(page)
    const given = await readName(name)
    await page.locator('h1').getByText(`${WORD}, ${given}`).waitFor()
    await page.locator('.timeline > li').first().waitFor()
    // The direction of a name, or an override in it, does not reach beyond it.
    expect(await page.locator('h1 bdi').count()).toBe(1)
    await expectHarmless(page)
    await page.locator('main a[href$="/edit"]').first().click()
    await page.locator('form .edit-fields input').first().waitFor()
    expect(await page.locator('form .edit-fields input').nth(1).inputValue()).toBe(given)
    await expectHarmless(page)
    expect(faults).toEqual([])
    await close()
  })

  test.each(['/pending', '/fields', '/audit', '/retention'])('in %s', async path => {
    const { page, faults, close } = await openPage(browser, `${server.url}/app${path}`, options)
    await signIn(page, 'provider')
    await page.locator('main h1').waitFor()
    await page.waitForLoadState('networkidle')
    await expectHarmless(page)
    expect(faults).toEqual([])
    await close()
  })
})

test('a right-to-left override cannot be entered, and the form says so', async () => {
  const { page, faults, close } = await openPage(browser, `${server.url}/app/customers/new`)
  await signIn(page)
  // What follows would be shown from right to left.
  await page.getByLabel('Surname').fill('Ada \u202etxt.exe')
  await page.keyboard.press('Control+Enter')
  await page.getByText('contains control or invisible characters').waitFor()
  expect(await page.getByLabel('Surname').getAttribute('aria-invalid')).toBe('true')
  await expectHarmless(page)
  expect(faults).toEqual([])
  await close()
})
