import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { z } from 'zod'
import { verifyCertificateAnswer } from '#contract/schemas/retention.ts'
import { startServer, type TestServer } from '../e2e/server.ts'
import { findViolations, launch, openPage, scrollsSideways, signIn, takeScreenshot } from './browser.ts'

const GONE = 410

let server: TestServer
let browser: Browser
let token: string
beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer({ REGISTRY_SAMPLE: '0' }), launch()])
  token = await server.token('provider')
})
afterAll(() => Promise.all([server.stop(), browser.close()]))

const create = async (body: object) =>
  (await server.api('POST', '/v1/customers', { token, body })).as(z.looseObject({ id: z.string() })).id

async function openApp(path: string, user = 'provider') {
  const opened = await openPage(browser, `${server.url}/app${path}`)
  await signIn(opened.page, user)
  return opened
}

test('a held customer is listed and cannot be erased; without the hold it is, with a certificate that is genuine', async () => {
  const id = await create({ surname: 'Quisenberry', given_name: 'Adaline' })
  const { page, faults, close } = await openApp(`/customers/${id}`)
  await page.getByLabel('Reason').fill('A court asked')
  await page.getByLabel('Until (optional)').fill('2099-12-31')
  await page.getByRole('button', { name: 'Hold the customer' }).click()
  await page.getByRole('button', { name: 'End the hold' }).waitFor()
  const dialog = page.getByRole('dialog')
  await page.getByRole('button', { name: 'Erase for ever' }).click()
  await dialog.getByRole('button', { name: 'Erase for ever' }).click()
  await page.getByRole('alert').waitFor()
  await takeScreenshot(page, 'customer-held')
  expect(await findViolations(page)).toEqual([])

  await page.getByRole('link', { name: 'Retention' }).click()
  const row = page.getByRole('listitem').filter({ hasText: 'A court asked' })
  await row.getByText('Dec 31, 2099').or(row.getByText('31 Dec 2099')).waitFor()
  await row.getByRole('button', { name: 'End the hold' }).click()
  await dialog.getByRole('button', { name: 'End the hold' }).click()
  await row.waitFor({ state: 'detached' })

  await page.goBack()
  await page.getByRole('button', { name: 'Hold the customer' }).waitFor()
  await page.getByRole('button', { name: 'Erase for ever' }).click()
  await dialog.getByText('This cannot be undone.').waitFor()
  await dialog.getByRole('button', { name: 'Erase for ever' }).click()
  await page.getByRole('heading', { name: 'Certificate of erasure' }).waitFor()
  expect(await page.getByText('Quisenberry').count()).toBe(0)
  await takeScreenshot(page, 'certificate')
  expect(await findViolations(page)).toEqual([])
  expect(await scrollsSideways(page)).toBe(false)
  expect((await server.api('GET', `/v1/customers/${id}`, { token })).status).toBe(GONE)
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download' }).click()
  const { certificate } = JSON.parse(await readFile(await (await download).path(), 'utf8'))
  const verified = (await server.api('POST', '/v1/retention/verify', { body: { certificate } })).as(
    verifyCertificateAnswer,
  )
  expect(verified).toMatchObject({ valid: true, erasure: { ids: [id] } })

  await page.emulateMedia({ media: 'print' })
  expect(await page.getByRole('button', { name: 'Print' }).isVisible()).toBe(false)
  expect(await page.getByText('Signed certificate').isVisible()).toBe(true)
  await takeScreenshot(page, 'certificate-print')
  expect(faults).toEqual([])
  await close()
})

test('a hold without a reason, or until a day that has passed, is refused at the field', async () => {
  const id = await create({ surname: 'Penhallow' })
  const { page, faults, close } = await openApp(`/customers/${id}`)
  const [reason, until] = [page.getByLabel('Reason'), page.getByLabel('Until (optional)')]
  await until.fill('2020-01-01')
  const sent: string[] = []
  page.on('request', request => request.method() === 'PUT' && sent.push(request.url()))
  await page.getByRole('button', { name: 'Hold the customer' }).click()
  await page.getByText('is empty').waitFor()
  expect(await reason.getAttribute('aria-invalid')).toBe('true')
  await reason.fill('x'.repeat(501))
  await page.getByText('must be at most 500 characters').waitFor()
  expect(await findViolations(page)).toEqual([])
  expect(sent).toEqual([])
  await reason.fill('A court asked')
  await page.getByRole('button', { name: 'Hold the customer' }).click()
  await page.getByText('is in the past').waitFor()
  expect(await until.getAttribute('aria-invalid')).toBe('true')
  await until.fill('2099-12-31')
  await page.getByRole('button', { name: 'Hold the customer' }).click()
  await page.getByRole('button', { name: 'End the hold' }).waitFor()
  expect(faults).toEqual([])
  await close()
})

test('an agent can neither hold nor erase', async () => {
  const id = await create({ surname: 'Ravensworth' })
  const { page, close } = await openApp(`/customers/${id}`, 'agent')
  await page.locator('.timeline > li').first().waitFor()
  expect(await page.getByRole('button', { name: /Hold the customer|Erase/ }).count()).toBe(0)
  await close()
})
