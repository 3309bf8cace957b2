import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { type ErasureAnswer, erasureAnswer } from '#contract/schemas/retention.ts'
import { Agent } from '../e2e/agent.ts'
import { startServer, type TestServer } from '../e2e/server.ts'
import {
  APPEARANCES,
  findAllViolations,
  findViolations,
  launch,
  openPage,
  scrollsSideways,
  signIn,
  takeScreenshot,
} from './browser.ts'

const OTHER_ID = '00000000-0000-4000-8000-000000000000'

let server: TestServer
let browser: Browser
let erasure: ErasureAnswer
beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer({ REGISTRY_SAMPLE: '0' }), launch()])
  const provider = await Agent.logIn(server, 'provider')
  const { id } = await provider.create({ surname: 'Farewell', given_name: 'Faye' })
  erasure = (await provider.send('POST', `/v1/customers/${id}/erase`)).as(erasureAnswer)
})
afterAll(() => Promise.all([server.stop(), browser.close()]))

const fileOf = (content: object) => JSON.stringify(content, null, 2)
const genuine = (page: Page) => page.getByRole('heading', { name: 'The certificate is genuine' })
const notGenuine = (page: Page) => page.getByRole('heading', { name: 'The certificate is not genuine' })
const drop = async (page: Page, text: string) => {
  const dataTransfer = await page.evaluateHandle(`(() => {
    const transfer = new DataTransfer()
    transfer.items.add(new File([${JSON.stringify(text)}], 'erasure.json', { type: 'application/json' }))
    return transfer
  })()`)
  await page.locator('form').dispatchEvent('dragover', { dataTransfer })
  await page.locator('form').dispatchEvent('drop', { dataTransfer })
}

describe('a certificate of erasure', () => {
  test('that is pasted is checked by keyboard: it is genuine, and says whom and that nothing was found', async () => {
    const { page, faults, close } = await openPage(browser, server.url)
    await page.getByRole('link', { name: 'Check an erasure' }).click()
    await page.getByLabel('Certificate').fill(`${erasure.certificate.slice(0, 40)}\n${erasure.certificate.slice(40)}\n`)
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await genuine(page).waitFor()
    await page.getByText('Everything was erased: nothing was found afterwards').waitFor()
    await page.getByText(erasure.ids[0] ?? '').waitFor()
    await page.locator(`time[datetime="${erasure.erased_at}"]`).first().waitFor()
    await takeScreenshot(page, 'certificate-valid')
    expect(await findAllViolations(page)).toEqual([])
    expect(page.url()).toBe(`${server.url}/certificate`)
    expect(faults).toEqual([])
    await close()
  })

  test('that is dropped as a file is shown as it was signed, whatever else the file says', async () => {
    const { page, faults, close } = await openPage(browser, `${server.url}/certificate`)
    await page.getByLabel('Certificate').waitFor()
    await drop(page, fileOf({ ...erasure, ids: [OTHER_ID] }))
    await genuine(page).waitFor()
    expect(await page.locator('.facts').textContent()).toContain(erasure.ids[0])
    expect(await page.locator('.facts').textContent()).not.toContain(OTHER_ID)
    expect(faults).toEqual([])
    await close()
  })

  test('that is chosen as a file is not genuine if it was changed, or is something else', async () => {
    const { page, faults, close } = await openPage(browser, `${server.url}/certificate`)
    const choose = async (content: string) =>
      page
        .locator('input[type=file]')
        .setInputFiles({ name: 'erasure.json', mimeType: 'application/json', buffer: Buffer.from(content) })
    const [payload = '', signature = ''] = erasure.certificate.split('.')
    const forged = Buffer.from(payload, 'base64url')
      .toString()
      .replace(erasure.ids[0] ?? '', OTHER_ID)
    await choose(fileOf({ ...erasure, certificate: `${Buffer.from(forged).toString('base64url')}.${signature}` }))
    await notGenuine(page).waitFor()
    await choose(fileOf(erasure))
    await genuine(page).waitFor()
    await choose('x'.repeat(30_000))
    await notGenuine(page).waitFor()
    expect(await findAllViolations(page)).toEqual([])
    expect(faults).toEqual([])
    await close()
  })

  test('that is missing is asked for, and what was pasted stays if the registry cannot be reached', async () => {
    const { page, close } = await openPage(browser, `${server.url}/certificate`)
    await page.getByRole('button', { name: 'Check', exact: true }).click()
    await page.getByText('Paste the certificate, or choose its file.').waitFor()
    await page.context().setOffline(true)
    await page.getByLabel('Certificate').fill(erasure.certificate)
    await page.getByRole('button', { name: 'Check', exact: true }).click()
    await page.getByText('The registry cannot be reached').waitFor()
    expect(await page.getByLabel('Certificate').inputValue()).toBe(erasure.certificate)
    await page.context().setOffline(false)
    await page.getByRole('button', { name: 'Check', exact: true }).click()
    await genuine(page).waitFor()
    await close()
  })

  test('is checked from the view of retention, in a window of its own', async () => {
    const { page, close } = await openPage(browser, `${server.url}/app/retention`)
    await signIn(page, 'provider')
    const opened = page.context().waitForEvent('page')
    await page.getByRole('link', { name: 'Check a certificate of erasure' }).click()
    await (await opened).getByRole('heading', { name: 'Check a certificate of erasure' }).waitFor()
    await close()
  })

  test.each(APPEARANCES)('looks right: $name', async ({ name, options }) => {
    const { page, faults, close } = await openPage(browser, `${server.url}/certificate`, options)
    await page.locator('#certificate').fill(erasure.certificate)
    await page.locator('button[type=submit]').click()
    await page.locator('.facts').waitFor()
    await takeScreenshot(page, `public-certificate-${name}`)
    expect(await findViolations(page)).toEqual([])
    expect(await scrollsSideways(page)).toBe(false)
    expect(faults).toEqual([])
    await close()
  })
})
