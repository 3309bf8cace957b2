import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Browser, Page, Route } from 'playwright-core'
import { z } from 'zod'
import { startServer, type TestServer } from '../e2e/server.ts'
import { findViolations, launch, openPage, signIn } from './browser.ts'

const SLOW_MS = 2000
const UNAVAILABLE = 503
/** Nobody has it. */
const NO_ID = '00000000-0000-4000-8000-000000000000'

let server: TestServer
let browser: Browser
let token: string
let id: string
beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer({ REGISTRY_SAMPLE: '0' }), launch()])
  token = await server.token('agent')
  const body = { surname: 'Quisenberry', given_name: 'Adaline', dob: '1979-08-21' }
  const response = await server.api('POST', '/v1/customers', { token, body })
  id = response.as(z.looseObject({ id: z.string() })).id
})
afterAll(() => Promise.all([server.stop(), browser.close()]))

/** Delays every request to the API. */
const slowDown = (page: Page) =>
  page.route('**/v1/**', async route => {
    await wait(SLOW_MS)
    // The page may have given the request up.
    await route.continue().catch(() => undefined)
  })

/** Answers as a gateway without an API behind it: with HTML. */
const refuse = (route: Route) =>
  route.fulfill({ status: UNAVAILABLE, contentType: 'text/html', body: '<h1>503 Service Unavailable</h1>' })

describe('an API that answers after two seconds', () => {
  test('does not keep anybody from typing, and shows only the results of what was typed last', async () => {
    const { page, faults, close } = await openPage(browser, `${server.url}/app`)
    await signIn(page)
    await page.getByLabel('Search customers').waitFor()
    await slowDown(page)
    const box = page.getByLabel('Search customers')
    await box.fill('nobody at all')
    await box.fill('quisenb')
    await page.locator('search[aria-busy=true]').waitFor()
    expect(await findViolations(page)).toEqual([])
    await page.getByRole('link', { name: 'Quisenberry, Adaline' }).waitFor()
    expect(await box.inputValue()).toBe('quisenb')
    expect(faults).toEqual([])
    await close()
  })

  test.each(['/customers', '/pending', '/locations'])('is waited for in %s, which says so', async path => {
    const { page, faults, close } = await openPage(browser, `${server.url}/app`)
    await signIn(page, 'provider')
    const link = page.locator(`nav a[href="/app${path}"]`)
    await link.waitFor()
    await page.waitForLoadState('networkidle')
    await slowDown(page)
    await link.click()
    const loading = page.getByText('Loading …')
    await loading.waitFor()
    expect(await findViolations(page)).toEqual([])
    await loading.waitFor({ state: 'detached' })
    expect(await page.locator('main h1').count()).toBe(1)
    expect(faults).toEqual([])
    await close()
  })

  test('gets a change once, however often it is saved', async () => {
    const { page, faults, close } = await openPage(browser, `${server.url}/app/customers/new`)
    await signIn(page)
    await page.getByLabel('Surname').fill('Twice')
    await page.getByLabel('Given name').fill('Clicked')
    await slowDown(page)
    for (let n = 0; n < 3; n++) await page.keyboard.press('Control+Enter')
    await page.getByRole('heading', { name: 'Twice, Clicked' }).waitFor()
    const found = await server.api('POST', '/v1/search', { token, body: { surname: 'Twice', given_name: 'Clicked' } })
    expect(found.as(z.object({ items: z.array(z.unknown()) })).items).toHaveLength(1)
    expect(faults).toEqual([])
    await close()
  })
})

describe('an API that nothing answers at', () => {
  test('is said once in every view, until it answers again; then the page goes on by itself', async () => {
    const { page, faults, close } = await openPage(browser, `${server.url}/app`)
    await signIn(page)
    await page.getByLabel('Search customers').waitFor()
    await page.waitForLoadState('networkidle')
    const paths = ['**/v1/**', '**/healthz'] as const
    for (const path of paths) await page.route(path, route => route.abort())
    await page.getByLabel('Search customers').fill('quisenb')
    const banner = page.getByText('The registry does not answer.')
    await banner.waitFor()
    expect(await findViolations(page)).toEqual([])
    await page.getByRole('link', { name: 'New customer' }).click()
    await page.getByLabel('Search customers').waitFor({ state: 'detached' })
    expect(await banner.count()).toBe(1)
    await page.goBack()
    for (const path of paths) await page.unroute(path)
    await banner.waitFor({ state: 'detached' })
    await page.getByRole('link', { name: 'Quisenberry, Adaline' }).waitFor()
    expect(faults).toEqual([])
    await close()
  })

  test('is asked again for what it left unanswered, once it answers again', async () => {
    const { page, faults, close } = await openPage(browser, `${server.url}/app`)
    await signIn(page)
    const search = page.getByLabel('Search customers')
    await search.waitFor()
    let requests = 0
    // The first is never answered. The route stays: without routes, the browser would go on with it.
    await page.route('**/v1/search', async route => (++requests > 1 ? route.continue() : undefined))
    const asked = page.waitForRequest('**/v1/search')
    await search.fill('quisenb')
    await asked
    await page.route('**/healthz', route => route.abort())
    await page.evaluate("dispatchEvent(new Event('online'))")
    const banner = page.getByText('The registry does not answer.')
    await banner.waitFor()
    await page.unroute('**/healthz')
    await banner.waitFor({ state: 'detached' })
    await page.getByRole('link', { name: 'Quisenberry, Adaline' }).waitFor()
    expect(faults).toEqual([])
    await close()
  })

  test('is not said if only one of its operations fails', async () => {
    const { page, faults, close } = await openPage(browser, `${server.url}/app`)
    await signIn(page)
    await page.getByLabel('Search customers').waitFor()
    await page.route('**/v1/search', refuse)
    const asked = page.waitForResponse('**/healthz')
    await page.getByLabel('Search customers').fill('quisenb')
    await asked
    await page.getByText('The registry cannot answer at the moment').waitFor()
    expect(await page.getByText('The registry does not answer.').count()).toBe(0)
    expect(faults).toEqual([])
    await close()
  })
})

describe('an answer that there is no such thing', () => {
  test('is of a customer in the reader’s language', async () => {
    const { page, faults, close } = await openPage(browser, `${server.url}/app/customers/${NO_ID}/edit`)
    await signIn(page)
    await page.getByText('There is no such customer.').waitFor()
    await page.getByLabel('Language').selectOption('Deutsch')
    await page.getByText('Diesen Kunden gibt es nicht.').waitFor()
    expect(faults).toEqual([])
    await close()
  })

  test('tells an erased customer from one who never was', async () => {
    const provider = await server.token('provider')
    const created = await server.api('POST', '/v1/customers', { token, body: { surname: 'Farewell' } })
    const erased = created.as(z.looseObject({ id: z.string() })).id
    await server.api('POST', `/v1/customers/${erased}/erase`, { token: provider })
    const { page, faults, close } = await openPage(browser, `${server.url}/app/customers/${erased}`)
    await signIn(page)
    await page.getByText('This customer was erased.').waitFor()
    expect(await page.getByText('There is no such customer.').count()).toBe(0)
    expect(faults).toEqual([])
    await close()
  })

  test('is said in the words of the API where nothing of a customer is shown', async () => {
    const { page, faults, close } = await openPage(browser, `${server.url}/app/users`)
    const detail = 'This deployment does not manage users'
    await page.route('**/v1/users*', route =>
      route.fulfill({ status: 404, contentType: 'application/problem+json', body: JSON.stringify({ detail }) }),
    )
    await signIn(page, 'provider')
    await page.getByText(detail).waitFor()
    expect(await page.getByText('There is no such customer.').count()).toBe(0)
    expect(faults).toEqual([])
    await close()
  })
})

describe('an API that fails', () => {
  test('is said in a search, which goes on when it answers again', async () => {
    const { page, faults, close } = await openPage(browser, `${server.url}/app`)
    await signIn(page)
    await page.getByLabel('Search customers').waitFor()
    await page.route('**/v1/search', refuse)
    await page.getByLabel('Search customers').fill('quisenb')
    await page.getByText('The registry cannot answer at the moment').waitFor()
    expect(await findViolations(page)).toEqual([])
    await page.unroute('**/v1/search')
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByRole('link', { name: 'Quisenberry, Adaline' }).waitFor()
    expect(faults).toEqual([])
    await close()
  })

  test.each(['/customers', '/fields', '/pending', '/audit', '/retention', '/users', '/locations'])(
    'is said in %s',
    async path => {
      const { page, faults, close } = await openPage(browser, `${server.url}/app${path}`)
      await page.route('**/v1/**', route =>
        /\/v1\/(me|auth\/token)$/.test(route.request().url()) ? route.continue() : refuse(route),
      )
      await signIn(page, 'provider')
      await page.getByText('The registry cannot answer at the moment').first().waitFor()
      expect(await findViolations(page)).toEqual([])
      expect(faults).toEqual([])
      await close()
    },
  )

  test('is said where the views that the user may use are not known', async () => {
    const { page, faults, close } = await openPage(browser, `${server.url}/app`)
    await page.route('**/v1/me', refuse)
    await signIn(page)
    await page.getByText('The registry cannot answer at the moment').waitFor()
    expect(await findViolations(page)).toEqual([])
    await page.unroute('**/v1/me')
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByRole('link', { name: 'New customer' }).waitFor()
    expect(faults).toEqual([])
    await close()
  })

  test('loses nothing that was typed into a form', async () => {
    const { page, faults, close } = await openPage(browser, `${server.url}/app/customers/${id}/edit`)
    await signIn(page)
    await page.getByLabel('Surname').fill('Quisenberry-Holt')
    await page.route('**/v1/customers/*', refuse)
    await page.keyboard.press('Control+Enter')
    await page.getByText('The registry cannot answer at the moment').first().waitFor()
    expect(await page.getByLabel('Surname').inputValue()).toBe('Quisenberry-Holt')
    await page.unroute('**/v1/customers/*')
    await page.keyboard.press('Control+Enter')
    await page.getByRole('heading', { name: 'Quisenberry-Holt, Adaline' }).waitFor()
    expect(faults).toEqual([])
    await close()
  })

  test('is said to a member of the public, in words that are not its own', async () => {
    const { page, faults, close } = await openPage(browser, server.url)
    await page.route('**/v1/lookup', refuse)
    await page.getByLabel('Surname').fill('Quisenberry')
    await page.getByLabel('Given name').fill('Adaline')
    await page.getByRole('button', { name: 'Ask', exact: true }).click()
    await page.getByRole('alert').waitFor()
    expect(await page.getByRole('alert').textContent()).not.toMatch(/503|Service/)
    expect(await page.getByLabel('Surname').inputValue()).toBe('Quisenberry')
    expect(faults).toEqual([])
    await close()
  })
})
