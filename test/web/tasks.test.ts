import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { Agent } from '../e2e/agent.ts'
import { Locations } from '../e2e/locations.ts'
import { until } from '../e2e/until.ts'
import { ActionCounter } from './actions.ts'
import { launch, openPage, signIn } from './browser.ts'

const BOUND = 20_000

let locations: Locations
let browser: Browser
let provider: Agent
let id: string
beforeAll(async () => {
  ;[locations, browser] = await Promise.all([Locations.start({ REGISTRY_SAMPLE: '0' }, 2), launch()])
  provider = await Agent.logIn(locations.at(1), 'provider')
  const body = { surname: 'Quisenberry', given_name: 'Adaline', dob: '1979-08-20', valid_from: '2025-01-01' }
  id = (await provider.create(body)).id
  const isFound = async () => (await provider.send('POST', '/v1/search', { q: 'quisenb' })).text.includes(id)
  await until(isFound, BOUND, 'the customer to be found')
}, 60_000)
afterAll(() => Promise.all([locations.stop(), browser.close()]))

async function openApp(user: 'agent' | 'provider') {
  const { page, faults, close } = await openPage(browser, `${locations.at(1).url}/app`)
  await signIn(page, user)
  await page.locator('#search').waitFor()
  await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Search' }).waitFor()
  return { page, faults, close, counter: await ActionCounter.on(page) }
}

/** Each task begins in the view that follows the sign-in. */
async function searchByHalfAName(page: Page, counter: ActionCounter): Promise<void> {
  await counter.step('go to the search box', () => page.keyboard.press('/'))
  await counter.step('type half a name', () => page.keyboard.type('quisenb'))
  await page.getByRole('link', { name: 'Quisenberry, Adaline' }).waitFor()
}

test('somebody is found by half a name, and the date of birth is corrected, with seven actions besides the typing', async () => {
  const { page, faults, counter, close } = await openApp('agent')
  await searchByHalfAName(page, counter)
  await counter.step('go to the result', () => page.keyboard.press('ArrowDown'))
  await counter.step('open it', () => page.keyboard.press('Enter'))
  await counter.step('edit', () => page.getByRole('link', { name: 'Edit' }).click())
  await counter.step('choose the date', () => page.getByLabel('Date of birth').click())
  await counter.step('select what it says', () => page.keyboard.press('Control+A'))
  await counter.step('type the right one', () => page.keyboard.type('21.08.1979'))
  await counter.step('save', () => page.keyboard.press('Control+Enter'))
  await page.getByRole('heading', { name: 'Quisenberry, Adaline' }).waitFor()
  expect(await provider.read(id)).toMatchObject({ dob: '1979-08-21' })
  expect(counter.steps).toEqual([
    'go to the search box: 1',
    'type half a name: 0',
    'go to the result: 1',
    'open it: 1',
    'edit: 1',
    'choose the date: 1',
    'select what it says: 1',
    'type the right one: 0',
    'save: 1',
  ])
  expect(await counter.count()).toEqual({ actions: 7, typed: 'quisenb21.08.1979'.length })
  expect(faults).toEqual([])
  await close()
})

test('a field is authorised with two actions', async () => {
  await provider.send('POST', '/v1/fields', { name: 'shoe_size', label: 'Shoe size', type: 'number' })
  const { page, faults, counter, close } = await openApp('provider')
  const authorise = page.getByRole('button', { name: 'Authorise Shoe size' })
  await counter.step('show what waits', () => page.getByRole('link', { name: /^To decide/ }).click())
  await counter.step('authorise', () => authorise.click())
  await authorise.waitFor({ state: 'detached' })
  expect((await provider.send('GET', '/v1/fields/shoe_size')).text).toContain('"authorised"')
  expect(counter.steps).toEqual(['show what waits: 1', 'authorise: 1'])
  expect(faults).toEqual([])
  await close()
})

test('who looked at a customer last week is found with four actions besides the typing', async () => {
  await (await Agent.logIn(locations.at(1))).read(id)
  const { page, faults, counter, close } = await openApp('provider')
  await searchByHalfAName(page, counter)
  await counter.step('open the result', () => page.getByRole('link', { name: 'Quisenberry, Adaline' }).click())
  await counter.step('ask who looked', () => page.getByRole('link', { name: 'Who looked at this customer' }).click())
  await counter.step('choose last week', () => page.getByRole('button', { name: 'Last 7 days' }).click())
  await page.locator('.entry').filter({ hasText: 'getCustomer' }).filter({ hasText: 'agent' }).first().waitFor()
  expect(new URL(page.url()).searchParams.get('from')).not.toBeNull()
  expect(counter.steps).toEqual([
    'go to the search box: 1',
    'type half a name: 0',
    'open the result: 1',
    'ask who looked: 1',
    'choose last week: 1',
  ])
  expect(faults).toEqual([])
  await close()
})

test('a conflict is settled with two actions', async () => {
  const there = await Agent.logIn(locations.at(2), 'provider')
  await until(async () => (await there.get(id)).status === 200, BOUND, 'the customer to be at the other location')
  await locations.runCommand('cut', 'loc2')
  await provider.send('PATCH', `/v1/customers/${id}`, { document_number: 'QX 100' })
  await there.send('PATCH', `/v1/customers/${id}`, { document_number: 'QX 200' })
  await locations.runCommand('heal', 'loc2')
  const conflicts = async () => (await provider.send('GET', '/v1/conflicts')).text
  await until(async () => (await conflicts()).includes('QX 100'), BOUND, 'the conflict to be listed')
  const { page, faults, counter, close } = await openApp('provider')
  const lost = page.locator('.side').nth(1)
  await counter.step('show what waits', () => page.getByRole('link', { name: /^To decide/ }).click())
  await lost.getByText('QX 100').waitFor()
  await counter.step('take the other value', () => lost.getByRole('button').click())
  await lost.waitFor({ state: 'detached' })
  expect(await provider.read(id)).toMatchObject({ document_number: 'QX 100' })
  expect(counter.steps).toEqual(['show what waits: 1', 'take the other value: 1'])
  expect(faults).toEqual([])
  await close()
}, 60_000)
