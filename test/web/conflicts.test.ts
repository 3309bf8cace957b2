import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { z } from 'zod'
import { Locations } from '../e2e/locations.ts'
import { until } from '../e2e/until.ts'
import {
  findAllViolations,
  launch,
  openPage,
  scrollsSideways,
  signIn,
  takeScreenshot,
  type WatchedPage,
} from './browser.ts'

const BOUND = 20_000
const MAX_STATUS = 399

let locations: Locations
let browser: Browser
beforeAll(async () => {
  ;[locations, browser] = await Promise.all([Locations.start({ REGISTRY_SAMPLE: '0' }, 2), launch()])
})
afterAll(() => Promise.all([locations.stop(), browser.close()]))

const customer = z.looseObject({ id: z.string(), document_number: z.string().nullable() })

/** A customer whose document number is changed at two locations that do not reach each other: QX 200 holds. */
async function createConflict(): Promise<{ page: WatchedPage; readNumber: () => Promise<string | null> }> {
  const [here, there] = [locations.at(1), locations.at(2)]
  const tokens = [await here.token('provider'), await there.token('provider')] as const
  const created = await here.api('POST', '/v1/customers', { token: tokens[0], body: { surname: 'Quisenberry' } })
  const path = `/v1/customers/${created.as(customer).id}`
  const isThere = async () => (await there.api('GET', path, { token: tokens[1] })).status <= MAX_STATUS
  await until(isThere, BOUND, 'the customer to be at the other location')
  await locations.runCommand('cut', 'loc2')
  await here.api('PATCH', path, { token: tokens[0], body: { document_number: 'QX 100' } })
  await there.api('PATCH', path, { token: tokens[1], body: { document_number: 'QX 200' } })
  await locations.runCommand('heal', 'loc2')
  const conflicts = async () => (await here.api('GET', '/v1/conflicts', { token: tokens[0] })).text
  await until(async () => (await conflicts()).includes('QX 100'), BOUND, 'the conflict to be listed')

  const page = await openPage(browser, `${here.url}/app/pending`)
  await signIn(page.page, 'provider')
  const readNumber = async () => (await here.api('GET', path, { token: tokens[0] })).as(customer).document_number
  return { page, readNumber }
}

test('changes of one field at two locations are shown side by side, and the one that lost can be put in force', async () => {
  const {
    page: { page, faults, close },
    readNumber,
  } = await createConflict()
  const [kept, lost] = [page.locator('.side').nth(0), page.locator('.side').nth(1)]
  await kept.getByText('QX 200').waitFor()
  await lost.getByText('QX 100').waitFor()
  await takeScreenshot(page, 'conflict')
  expect(await findAllViolations(page)).toEqual([])
  expect(await scrollsSideways(page)).toBe(false)
  await lost.getByRole('button').click()
  await kept.waitFor({ state: 'detached' })
  expect(await readNumber()).toBe('QX 100')
  expect(faults).toEqual([])
  await close()
})

test('the change that holds is confirmed', async () => {
  const {
    page: { page, faults, close },
    readNumber,
  } = await createConflict()
  const kept = page.locator('.side').nth(0)
  await kept.getByText('QX 200').waitFor()
  await kept.getByRole('button', { name: 'Confirm this' }).click()
  await kept.waitFor({ state: 'detached' })
  expect(await readNumber()).toBe('QX 200')
  expect(faults).toEqual([])
  await close()
})
