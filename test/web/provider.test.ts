import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { z } from 'zod'
import { DynamoPurgeStore } from '#adapters/dynamodb/purge-store.ts'
import { startEngine, type TestEngine } from '../adapters/dynamodb/engine.ts'
import { startServer, type TestServer } from '../e2e/server.ts'
import { toRun } from '../runs.ts'
import { APPEARANCES, findViolations, launch, openPage, scrollsSideways, signIn, takeScreenshot } from './browser.ts'

let engine: TestEngine
let server: TestServer
let browser: Browser
let token: string
beforeAll(async () => {
  engine = await startEngine()
  const environment = { REGISTRY_SAMPLE: '0', DYNAMODB_ENDPOINT: engine.endpoint, REGISTRY_PURGE_EVERY: '7200' }
  ;[server, browser] = await Promise.all([startServer(environment), launch()])
  token = await server.token('provider')
  const body = { surname: 'Quisenberry', given_name: 'Adaline', dob: '1979-08-21' }
  await server.api('POST', '/v1/customers', { token, body })
})
afterAll(async () => {
  await Promise.all([server.stop(), browser.close()])
  await engine.stop()
})

async function openApp(path: string, user: 'agent' | 'provider' = 'provider', options: BrowserContextOptions = {}) {
  const opened = await openPage(browser, `${server.url}/app${path}`, options)
  await signIn(opened.page, user)
  return opened
}

const send = (method: 'POST' | 'PUT', path: string, body: object) => server.api(method, path, { token, body })
const stateOf = async (path: string) =>
  (await server.api('GET', path, { token })).as(z.looseObject({ state: z.string() })).state
const rowOf = (page: Page, text: string) => page.getByRole('listitem').filter({ hasText: text })

describe('what waits for a decision', () => {
  test('is authorised or rejected with one click each', async () => {
    await send('POST', '/v1/fields', { name: 'loyalty', label: 'Loyalty', type: 'choice', choices: ['Silver', 'Gold'] })
    await send('POST', '/v1/fields', { name: 'shoe_size', label: 'Shoe size', type: 'number' })
    await send('POST', '/v1/types', { name: 'CLUB', label: 'Club' })
    const { page, faults, close } = await openApp('/pending')
    await rowOf(page, 'Loyalty').getByText('choice · Silver, Gold').waitFor()
    await page.getByRole('link', { name: 'To decide 3', exact: true }).waitFor()
    await page.getByRole('button', { name: 'Authorise Loyalty' }).click()
    await page.getByRole('button', { name: 'Reject Shoe size' }).click()
    await page.getByRole('button', { name: 'Authorise Club' }).click()
    for (const label of ['Loyalty', 'Shoe size', 'Club']) await rowOf(page, label).waitFor({ state: 'detached' })
    await page.getByRole('link', { name: 'To decide', exact: true }).waitFor()
    expect(await stateOf('/v1/fields/loyalty')).toBe('authorised')
    expect(await stateOf('/v1/fields/shoe_size')).toBe('rejected')
    expect(await stateOf('/v1/types/CLUB')).toBe('authorised')
    expect(faults).toEqual([])
    await close()
  })

  test('includes who is due, and the runs of the purge that failed', async () => {
    const purges = new DynamoPurgeStore(engine.tables())
    const { page, faults, close } = await openApp('/pending')
    const card = page.locator('section').filter({ hasText: 'Retention' })
    await card.getByText('There was no run.').waitFor()
    await card.getByText('Time between runs: 2 hours').waitFor()
    await purges.putRun(toRun({ at: '2026-01-01T00:00:00.000Z', failed: true, due: 12 }))
    await purges.putRun(toRun({ at: '2026-01-01T01:00:00.000Z', failed: true, due: 13, location: 'loc9' }))
    await page.reload()
    await signIn(page, 'provider')
    await card.getByText('Runs that failed, one after another: 2.').waitFor()
    await card.getByText('Due: 13').waitFor()
    await card.getByText('failed', { exact: true }).waitFor()
    await page.getByRole('link', { name: 'To decide 2', exact: true }).waitFor()
    await takeScreenshot(page, 'pending-runs')
    expect(await findViolations(page)).toEqual([])
    const kept = { held: 0, merged: 0, changed: 0, unheard: 1, waiting: 4 }
    await purges.putRun(toRun({ at: '2026-01-01T02:00:00.000Z', kept }))
    await page.reload()
    await signIn(page, 'provider')
    await card.getByText('Waiting for deletion: 5').waitFor()
    await page.getByRole('link', { name: 'To decide', exact: true }).waitFor()
    await card.getByRole('link', { name: 'Show policy and runs' }).click()
    await page.getByRole('heading', { name: 'Retention', exact: true }).waitFor()
    await page.locator('.run').nth(2).waitFor()
    expect(faults).toEqual([])
    await close()
  })

  test('is not offered to an agent', async () => {
    const { page, close } = await openApp('', 'agent')
    const views = page.getByRole('navigation', { name: 'Views' })
    await views.getByRole('link', { name: 'Search' }).waitFor()
    expect(await views.getByRole('link', { name: 'To decide' }).count()).toBe(0)
    await close()
  })
})

test('a field is requested by an agent, authorised, removed after saying what happens, and authorised again', async () => {
  const asked = await openApp('/fields', 'agent')
  await asked.page.getByRole('textbox', { name: 'Label' }).first().fill('Favourite colour')
  await asked.page.getByRole('textbox', { name: 'Name (small' }).fill('colour')
  await asked.page.getByRole('button', { name: 'Request a field' }).click()
  await asked.page.getByText('Requested: Favourite colour.').waitFor()
  expect(await asked.page.getByRole('button', { name: 'Authorise Favourite colour' }).count()).toBe(0)
  await asked.close()

  const { page, faults, close } = await openApp('/fields')
  await page.getByRole('button', { name: 'Authorise Favourite colour' }).click()
  await page.getByRole('button', { name: 'Remove Favourite colour' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('The values are hidden, not deleted.').waitFor()
  expect(await findViolations(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  expect(await stateOf('/v1/fields/colour')).toBe('authorised')
  await page.getByRole('button', { name: 'Remove Favourite colour' }).click()
  await dialog.getByRole('button', { name: 'Remove' }).click()
  await rowOf(page, 'Favourite colour').getByText('removed').waitFor()
  expect(await stateOf('/v1/fields/colour')).toBe('removed')
  // A removal can be undone, and there is nothing to reject.
  expect(await page.getByRole('button', { name: 'Reject Favourite colour' }).count()).toBe(0)
  await page.getByRole('button', { name: 'Authorise Favourite colour' }).click()
  await page.getByRole('button', { name: 'Remove Favourite colour' }).waitFor()
  expect(await stateOf('/v1/fields/colour')).toBe('authorised')
  expect(faults).toEqual([])
  await close()
})

test('a field is requested once by Ctrl+Enter, from any of its inputs', async () => {
  const { page, faults, close } = await openApp('/fields', 'agent')
  await page.getByRole('textbox', { name: 'Label' }).first().fill('Size of shirt')
  await page.getByRole('textbox', { name: 'Name (small' }).fill('shirt')
  await page.getByLabel('Kind of values').selectOption('choice')
  await page.getByLabel('Choices, one a line').fill('S\nM')
  const sent: string[] = []
  page.on('request', request => request.method() === 'POST' && sent.push(request.url()))
  for (let n = 0; n < 3; n++) await page.keyboard.press('Control+Enter')
  await page.getByText('Requested: Size of shirt.').waitFor()
  expect(sent).toEqual([`${server.url}/v1/fields`])
  expect(await stateOf('/v1/fields/shirt')).toBe('requested')
  expect(faults).toEqual([])
  await close()
})

describe('the views of the provider', () => {
  const VIEWS = ['pending', 'fields']
  test.each(APPEARANCES)('look right: $name', async ({ name, options }) => {
    await send('POST', '/v1/fields', { name: `asked_${name.replace('-', '_')}`, label: 'Asked', type: 'text' })
    const { page, faults, close } = await openApp('/pending', 'provider', options)
    await page.locator('.rows > li').first().waitFor()
    for (const view of VIEWS) {
      await page.locator(`.nav a[href$="/${view}"]`).click()
      await page.waitForLoadState('networkidle')
      await page.locator('main h1').waitFor()
      await takeScreenshot(page, `app-${view}-${name}`)
      expect(await findViolations(page)).toEqual([])
      expect(await scrollsSideways(page)).toBe(false)
    }
    expect(faults).toEqual([])
    await close()
  })
})
