import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { z } from 'zod'
import { startServer, type TestServer } from '../e2e/server.ts'
import { findViolations, launch, openPage, scrollsSideways, signIn, takeScreenshot } from './browser.ts'

let server: TestServer
let browser: Browser
beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer({ REGISTRY_SAMPLE: '0' }), launch()])
})
afterAll(() => Promise.all([server.stop(), browser.close()]))

test('a customer is shown as it was, and as it was known then', async () => {
  const token = await server.token('agent')
  const first = { surname: 'Early', given_name: 'Nan', valid_from: '2020-01-01' }
  const { id } = (await server.api('POST', '/v1/customers', { token, body: first })).as(
    z.looseObject({ id: z.string() }),
  )
  const later = { surname: 'Later', valid_from: '2022-01-01' }
  await server.api('PATCH', `/v1/customers/${id}`, { token, body: later })
  const { page, faults, close } = await openPage(browser, `${server.url}/app/customers/${id}`, { timezoneId: 'UTC' })
  await signIn(page)
  const showsName = (name: string) => page.getByRole('heading', { name }).waitFor()
  await showsName('Later, Nan')
  await page.getByLabel('As of').fill('2021-06-01T00:00')
  await showsName('Early, Nan')
  expect(new URL(page.url()).searchParams.get('as_of')).toContain('2021-06-01T00:00:00.000Z')
  expect(await page.getByRole('link', { name: 'Edit' }).count()).toBe(0)
  await takeScreenshot(page, 'time')
  expect(await findViolations(page)).toEqual([])
  expect(await scrollsSideways(page)).toBe(false)
  await page.getByLabel('As of').fill('2019-06-01T00:00')
  await page.getByText('The customer was not on the list at that time.').waitFor()
  await page.getByRole('button', { name: 'Back to now' }).click()
  await showsName('Later, Nan')
  await page.getByRole('link', { name: /^Created/ }).click()
  await showsName('Early, Nan')
  expect(faults).toEqual([])
  await close()
})
