import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { z } from 'zod'
import { policyAnswer, runAnswer } from '#contract/schemas/retention.ts'
import { startServer, type TestServer } from '../e2e/server.ts'
import { until } from '../e2e/until.ts'
import { APPEARANCES, findViolations, launch, openPage, scrollsSideways, signIn, takeScreenshot } from './browser.ts'

const BOUND = 20_000

let server: TestServer
let browser: Browser
let token: string
beforeAll(async () => {
  // A day of the policy lasts a second.
  const environment = { REGISTRY_SAMPLE: '0', REGISTRY_DAY_SECONDS: '1', REGISTRY_PURGE_EVERY: '86400' }
  ;[server, browser] = await Promise.all([startServer(environment), launch()])
  token = await server.token('provider')
})
afterAll(() => Promise.all([server.stop(), browser.close()]))

const customer = z.looseObject({ id: z.string(), state: z.string() })
const create = async (body: object) => (await server.api('POST', '/v1/customers', { token, body })).as(customer).id
const stateOf = async (id: string) => (await server.api('GET', `/v1/customers/${id}`, { token })).as(customer).state
const policy = async () => (await server.api('GET', '/v1/retention', { token })).as(policyAnswer)

const countDue = async () => {
  const body = { dry_run: true, policy: { days: 1, types: { INSTITUTION: null } } }
  return (await server.api('POST', '/v1/retention/runs', { token, body })).as(runAnswer).due
}

async function openApp(path: string, options: BrowserContextOptions = {}) {
  const opened = await openPage(browser, `${server.url}/app${path}`, options)
  await signIn(opened.page, 'provider')
  return opened
}
const choose = (page: Page, type: string, mode: string) =>
  page.getByRole('combobox', { name: type, exact: true }).selectOption(mode)

test('a policy is previewed, set and run, and the run is cancelled', async () => {
  const person = await create({ surname: 'Quisenberry', given_name: 'Adaline' })
  const institution = await create({ surname: 'Quisenberry Mills', type: 'INSTITUTION' })
  const { page, faults, close } = await openApp('/retention')
  await until(async () => (await countDue()) === 1, BOUND, 'the person to be due')
  await choose(page, 'In general', 'after')
  await page.getByLabel('Days: In general').fill('1')
  await choose(page, 'INSTITUTION', 'never')
  await page.getByRole('button', { name: 'Preview who leaves' }).click()
  const preview = page.locator('section').filter({ hasText: 'Who would leave by this policy · Due: 1' })
  await preview.getByRole('link', { name: 'Quisenberry, Adaline' }).waitFor()
  expect(await preview.getByRole('link').count()).toBe(1)
  expect(await policy()).toEqual({ days: null, types: {} })

  const dialog = page.getByRole('dialog')
  await page.getByRole('button', { name: 'Set the policy' }).click()
  await dialog.getByText('It takes effect with the next run.').waitFor()
  expect(await findViolations(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Set the policy' }).click()
  await page.getByText('The policy is set.').waitFor()
  expect(await policy()).toEqual({ days: 1, types: { INSTITUTION: null } })

  await page.getByRole('button', { name: 'Start a run' }).click()
  await dialog.getByRole('button', { name: 'Start a run' }).click()
  const run = page.locator('.run').filter({ hasText: 'Expired: 1' })
  await run.waitFor()
  await takeScreenshot(page, 'retention-run')
  expect([await stateOf(person), await stateOf(institution)]).toEqual(['expired', 'active'])
  await run.getByRole('button', { name: 'Cancel the run' }).click()
  await dialog.getByRole('button', { name: 'Cancel the run' }).click()
  await page.getByText('Taken back: 1. Already deleted: 0.').waitFor()
  expect(await stateOf(person)).toBe('active')
  expect(faults).toEqual([])
  await close()
})

test('a policy that the registry would refuse is neither previewed nor set; why is said at the days', async () => {
  const before = await policy()
  const { page, faults, close } = await openApp('/retention')
  await choose(page, 'In general', 'after')
  await choose(page, 'PERSON', 'after')
  const [general, person] = [page.getByLabel('Days: In general'), page.getByLabel('Days: PERSON')]
  await general.fill('0')
  await person.fill('a year')
  const sent: string[] = []
  page.on('request', request => request.method() !== 'GET' && sent.push(request.url()))
  await page.getByRole('button', { name: 'Preview who leaves' }).click()
  await page.getByText('must be at least 1').waitFor()
  await page.getByText('must be a number').waitFor()
  expect([await general.getAttribute('aria-invalid'), await person.getAttribute('aria-invalid')]).toEqual([
    'true',
    'true',
  ])
  await takeScreenshot(page, 'retention-faults')
  expect(await findViolations(page)).toEqual([])
  await person.fill('1.5')
  await page.getByRole('button', { name: 'Set the policy' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Set the policy' }).click()
  await page.getByText('must be a whole number').waitFor()
  expect(sent).toEqual([])
  expect(await policy()).toEqual(before)
  expect(faults).toEqual([])
  await close()
})

test('a customer who has expired is taken back with one click', async () => {
  const id = await create({ surname: 'Ravensworth', given_name: 'Rose' })
  await server.api('PUT', '/v1/retention', { token, body: { days: 1, types: { INSTITUTION: null } } })
  const hasExpired = async () => {
    await server.api('POST', '/v1/retention/runs', { token, body: {} })
    return (await stateOf(id)) === 'expired'
  }
  await until(hasExpired, BOUND, 'the customer to expire')
  await server.api('PUT', '/v1/retention', { token, body: { days: null, types: {} } })
  const { page, faults, close } = await openApp(`/customers/${id}`)
  await page.getByText('This customer has expired').waitFor()
  expect(await findViolations(page)).toEqual([])
  await page.getByRole('button', { name: 'Restore' }).click()
  await page.getByText('This customer has expired').waitFor({ state: 'detached' })
  expect(await stateOf(id)).toBe('active')
  expect(faults).toEqual([])
  await close()
})

describe('the view of retention', () => {
  test.each(APPEARANCES)('looks right: $name', async ({ name, options }) => {
    const { page, faults, close } = await openApp('/retention', options)
    await page.locator('#policy').waitFor()
    await page.locator('.run').first().waitFor()
    await takeScreenshot(page, `app-retention-${name}`)
    expect(await findViolations(page)).toEqual([])
    expect(await scrollsSideways(page)).toBe(false)
    expect(faults).toEqual([])
    await close()
  })
})
