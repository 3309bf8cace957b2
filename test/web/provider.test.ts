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
const definition = z.looseObject({ name: z.string() })
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

test('a type is requested and rejected, and another one removed after saying what happens, unless customers have it', async () => {
  await send('POST', '/v1/types', { name: 'SOCIETY', label: 'Society' })
  await send('POST', '/v1/types', { name: 'FACTORY', label: 'Factory' })
  await server.api('POST', '/v1/types/FACTORY/authorise', { token })
  const { page, faults, close } = await openApp('/fields')
  await page.getByRole('button', { name: 'Reject Society' }).click()
  await rowOf(page, 'Society').getByText('rejected').waitFor()
  expect(await stateOf('/v1/types/SOCIETY')).toBe('rejected')
  await page.getByRole('button', { name: 'Remove Factory' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('No customer can have this type any more.').waitFor()
  expect(await findViolations(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  expect(await stateOf('/v1/types/FACTORY')).toBe('authorised')

  const customer = await send('POST', '/v1/customers', { surname: 'Smithy', type: 'FACTORY' })
  const { id } = customer.as(z.looseObject({ id: z.string() }))
  await page.getByRole('button', { name: 'Remove Factory' }).click()
  await dialog.getByRole('button', { name: 'Remove' }).click()
  await rowOf(page, 'Factory').getByRole('alert').waitFor()
  expect(await stateOf('/v1/types/FACTORY')).toBe('authorised')
  await server.api('PATCH', `/v1/customers/${id}`, { token, body: { type: 'INSTITUTION' } })
  await page.getByRole('button', { name: 'Remove Factory' }).click()
  await dialog.getByRole('button', { name: 'Remove' }).click()
  await rowOf(page, 'Factory').getByText('removed').waitFor()
  expect(await stateOf('/v1/types/FACTORY')).toBe('removed')
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

/** The paths of the requests of a page that change something. */
function watchWrites(page: Page): string[] {
  const sent: string[] = []
  page.on('request', request => request.method() !== 'GET' && sent.push(new URL(request.url()).pathname))
  return sent
}

describe('a request', () => {
  test('for a field is checked at the fields as the API does it, and sent only if it can be accepted', async () => {
    const { page, faults, close } = await openApp('/fields', 'agent')
    const label = page.getByRole('textbox', { name: 'Label' }).first()
    const name = page.getByRole('textbox', { name: 'Name (small' })
    await label.waitFor()
    const sent = watchWrites(page)
    await label.fill('Reference')
    await name.fill('Reference Number')
    await page.getByLabel('Privacy').focus()
    await page.getByText('is not a field name').waitFor()
    await name.fill('surname')
    await page.getByText('is taken: a customer has a member of that name').waitFor()
    await page.getByLabel('Kind of values').selectOption('choice')
    await page.getByLabel('Choices, one a line').fill('A\nA')
    await page.keyboard.press('Control+Enter')
    await page.getByText('names a choice twice').waitFor()
    expect(await name.getAttribute('aria-invalid')).toBe('true')
    expect(await name.evaluate(input => input === input.ownerDocument.activeElement)).toBe(true)
    expect(await findViolations(page)).toEqual([])
    expect(sent).toEqual([])
    await name.fill('reference')
    await page.getByLabel('Kind of values').selectOption('phone')
    await page.getByLabel('Country').fill('XX')
    await page.keyboard.press('Control+Enter')
    // Which codes are countries only the API knows.
    await page.getByText('is not an ISO 3166 country code such as BE').waitFor()
    expect(await page.getByLabel('Country').getAttribute('aria-invalid')).toBe('true')
    await page.getByLabel('Country').fill('be')
    await page.keyboard.press('Control+Enter')
    await page.getByText('Requested: Reference.').waitFor()
    expect((await server.api('GET', '/v1/fields/reference', { token })).as(definition)).toMatchObject({
      type: 'phone',
      country: 'BE',
    })
    expect(faults).toEqual([])
    await close()
  })

  test('for a field has all that the API takes', async () => {
    const { page, faults, close } = await openApp('/fields', 'agent')
    await page.getByRole('textbox', { name: 'Label' }).first().fill('Contract')
    await page.getByRole('textbox', { name: 'Name (small' }).fill('contract')
    await page.getByLabel('Pattern').fill('C-\\d+')
    await page.getByLabel('Required').check()
    await page.getByLabel('Searchable').check()
    await page.getByLabel('Privacy').selectOption('not personal')
    await page.keyboard.press('Control+Enter')
    await page.getByText('Requested: Contract.').waitFor()
    expect((await server.api('GET', '/v1/fields/contract', { token })).as(definition)).toMatchObject({
      ...{ label: 'Contract', type: 'text', choices: null, pattern: 'C-\\d+', country: null },
      ...{ required: true, searchable: true, pii: 'none' },
    })
    expect(faults).toEqual([])
    await close()
  })

  test('for a type is checked at the fields', async () => {
    const { page, faults, close } = await openApp('/fields', 'agent')
    const form = page.locator('form', { hasText: 'Request a type' })
    await form.getByLabel('Name (capital').waitFor()
    const sent = watchWrites(page)
    await form.getByLabel('Name (capital').fill('choir')
    await page.keyboard.press('Control+Enter')
    await form.getByText('is not a type').waitFor()
    await form.getByText('is empty').waitFor()
    expect(sent).toEqual([])
    await form.getByLabel('Name (capital').fill('CHOIR')
    await form.getByLabel('Label').fill('Choir')
    await page.keyboard.press('Control+Enter')
    await page.getByText('Requested: Choir.').waitFor()
    expect(sent).toEqual(['/v1/types'])
    expect(faults).toEqual([])
    await close()
  })
})

describe('what only the provider may do', () => {
  test('is said in the view of fields and types to an agent, and not to the provider', async () => {
    const { page, close } = await openApp('/fields', 'agent')
    await page.getByText('Only the provider decides on them').waitFor()
    await close()
    const own = await openApp('/fields')
    await own.page.getByRole('button', { name: 'Request a type' }).waitFor()
    await own.page.getByRole('link', { name: 'Users' }).waitFor()
    expect(await own.page.getByText('Only the provider decides on them').count()).toBe(0)
    await own.close()
  })

  test.each(['/pending', '/retention', '/users', '/maintenance'])('has no view at %s for an agent', async path => {
    const { page, faults, close } = await openApp(path, 'agent')
    await page.getByRole('heading', { name: 'This view is not for your role' }).waitFor()
    expect(await findViolations(page)).toEqual([])
    await page.getByRole('link', { name: 'Search' }).click()
    await page.getByLabel('Search customers').waitFor()
    expect(faults).toEqual([])
    await close()
  })
})

describe('a definition', () => {
  test('of a field is changed by the provider from its row, by keyboard alone; only the change is sent', async () => {
    await send('POST', '/v1/fields', { name: 'plan', label: 'Plan', type: 'choice', choices: ['Basic'], pii: 'none' })
    await server.api('POST', '/v1/fields/plan/authorise', { token })
    const { page, faults, close } = await openApp('/fields')
    await page.getByRole('button', { name: 'Change Plan' }).focus()
    await page.keyboard.press('Enter')
    const form = page.getByRole('form', { name: 'Change Plan' })
    await form.locator('input:focus').waitFor()
    expect(await form.getByLabel('Choices, one a line').inputValue()).toBe('Basic')
    // Its values have a type already.
    expect(await form.getByLabel('Kind of values').count()).toBe(0)
    await takeScreenshot(page, 'field-change')
    expect(await findViolations(page)).toEqual([])
    const sent = watchWrites(page)
    await form.getByLabel('Label').fill('')
    await page.keyboard.press('Control+Enter')
    await form.getByText('is empty').waitFor()
    expect(sent).toEqual([])
    await form.getByLabel('Label').fill('Plan')
    await form.getByLabel('Choices, one a line').fill('Basic\nExtra')
    const patched = page.waitForRequest(request => request.method() === 'PATCH')
    await page.keyboard.press('Control+Enter')
    expect((await patched).postDataJSON()).toEqual({ choices: ['Basic', 'Extra'] })
    await rowOf(page, 'Plan').getByText('choice · Basic, Extra').waitFor()
    await form.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Change Plan' }).and(page.locator(':focus')).waitFor()
    expect(faults).toEqual([])
    await close()
  })

  test('of a requested field may get another type', async () => {
    await send('POST', '/v1/fields', { name: 'hat', label: 'Hat size', type: 'choice', choices: ['S', 'M'] })
    const { page, faults, close } = await openApp('/fields')
    await page.getByRole('button', { name: 'Change Hat size' }).click()
    const form = page.getByRole('form', { name: 'Change Hat size' })
    await form.getByLabel('Kind of values').selectOption('number')
    await form.getByRole('button', { name: 'Save' }).click()
    await form.waitFor({ state: 'detached' })
    await rowOf(page, 'Hat size').getByText('number', { exact: true }).waitFor()
    expect((await server.api('GET', '/v1/fields/hat', { token })).as(definition)).toMatchObject({ choices: null })
    expect(faults).toEqual([])
    await close()
  })

  test('of a type gets another label', async () => {
    await send('POST', '/v1/types', { name: 'BAND', label: 'Band' })
    const { page, faults, close } = await openApp('/fields')
    await page.getByRole('button', { name: 'Change Band' }).click()
    const form = page.getByRole('form', { name: 'Change Band' })
    await form.getByLabel('Label').fill('Bands and orchestras')
    await form.getByRole('button', { name: 'Save' }).click()
    await rowOf(page, 'Bands and orchestras').getByText('BAND', { exact: true }).waitFor()
    expect(faults).toEqual([])
    await close()
  })

  test('is changed neither by an agent, nor if it is built in', async () => {
    await send('POST', '/v1/types', { name: 'CIRCLE', label: 'Circle' })
    const asked = await openApp('/fields', 'agent')
    await rowOf(asked.page, 'Circle').waitFor()
    expect(await asked.page.getByRole('button', { name: /^Change/ }).count()).toBe(0)
    await asked.close()
    const { page, close } = await openApp('/fields')
    await page.getByRole('button', { name: 'Change Circle' }).waitFor()
    expect(await page.getByRole('button', { name: 'Change Person' }).count()).toBe(0)
    await close()
  })
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
