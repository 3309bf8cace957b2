import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import decodeQr from 'qr/decode.js'
import * as z from 'zod'
import { startServer, type TestServer } from '../e2e/server.ts'
import { findViolations, launch, openPage } from './browser.ts'

const SLOW_MS = 2000

let server: TestServer
let browser: Browser
beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer({ REGISTRY_SAMPLE: '0' }), launch()])
  const body = { surname: 'Quisenberry', given_name: 'Adaline', dob: '1979-08-21' }
  await server.api('POST', '/v1/customers', { token: await server.token('agent'), body })
})
afterAll(() => Promise.all([server.stop(), browser.close()]))

const answer = (page: Page) => page.getByRole('heading', { name: 'Yes, you are on the list' })

async function ask(page: Page): Promise<void> {
  await page.getByLabel('Surname').fill('Quisenberry')
  await page.getByLabel('Given name').fill('Adaline')
  await page.getByLabel('Date of birth').fill('1979-08-21')
  await page.getByRole('button', { name: 'Ask', exact: true }).click()
}

/** Opens the public page, and asks. */
async function openReceipt(options: BrowserContextOptions = {}) {
  const opened = await openPage(browser, server.url, options)
  await ask(opened.page)
  await answer(opened.page).waitFor()
  const receipt = (await opened.page.locator('code').textContent()) ?? ''
  return { ...opened, receipt }
}

const picture = z.object({ width: z.number(), height: z.number(), points: z.base64() })

/** An element as it is shown: four bytes for each point. */
async function takePicture(page: Page, selector: string) {
  const png = (await page.locator(selector).screenshot()).toString('base64')
  const taken = await page.evaluate(`(async () => {
    const image = new Image()
    image.src = 'data:image/png;base64,${png}'
    await image.decode()
    const { width, height } = image
    const context = new OffscreenCanvas(width, height).getContext('2d')
    context.drawImage(image, 0, 0)
    const { buffer } = context.getImageData(0, 0, width, height).data
    return { width, height, points: new Uint8Array(buffer).toBase64() }
  })()`)
  const { width, height, points } = picture.parse(taken)
  return { width, height, data: new Uint8Array(Buffer.from(points, 'base64')) }
}

test.each<[string, BrowserContextOptions]>([
  ['light and wide', {}],
  ['dark and narrow', { colorScheme: 'dark', viewport: { width: 390, height: 844 } }],
])('the QR code of a receipt is read from a page that is %s, and leads to its check', async (_, options) => {
  const { page, faults, close, receipt } = await openReceipt(options)
  const link = decodeQr(await takePicture(page, 'svg.qr'), { timeLimit: 10_000 })
  expect(link).toBe(`${server.url}/verify#${receipt}`)
  await page.goto(link)
  await page.getByRole('button', { name: 'Check', exact: true }).click()
  await page.getByRole('heading', { name: 'The receipt is genuine' }).waitFor()
  expect(faults).toEqual([])
  await close()
})

test('a receipt is copied whole, and the button says so', async () => {
  const { page, faults, close, receipt } = await openReceipt({ permissions: ['clipboard-read', 'clipboard-write'] })
  await page.getByRole('button', { name: 'Copy' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Copied' }).waitFor()
  expect(await page.evaluate('navigator.clipboard.readText()')).toBe(receipt)
  await page.getByRole('link', { name: 'Check a receipt' }).click()
  await page.getByLabel('Receipt').focus()
  await page.keyboard.press('Control+V')
  await page.getByRole('button', { name: 'Check', exact: true }).click()
  await page.getByRole('heading', { name: 'The receipt is genuine' }).waitFor()
  expect(faults).toEqual([])
  await close()
})

test('a question is asked once if the registry takes two seconds, and the page says that it waits', async () => {
  const { page, faults, close } = await openPage(browser, server.url)
  const asked: string[] = []
  await page.route('**/v1/lookup', async route => {
    asked.push(route.request().url())
    await wait(SLOW_MS)
    await route.continue().catch(() => undefined)
  })
  await ask(page)
  const waiting = page.getByRole('button', { name: 'Asking …' })
  await waiting.waitFor()
  expect(await waiting.isDisabled()).toBe(true)
  await page.getByLabel('Surname').press('Enter')
  expect(await findViolations(page)).toEqual([])
  await answer(page).waitFor()
  expect(asked).toHaveLength(1)
  expect(await page.getByLabel('Surname').inputValue()).toBe('Quisenberry')
  expect(faults).toEqual([])
  await close()
})

test('a receipt is checked once if the registry takes two seconds, and the page says that it waits', async () => {
  const { page, faults, close, receipt } = await openReceipt()
  await page.goto(`${server.url}/verify#${receipt}`)
  const asked: string[] = []
  await page.route('**/v1/lookup/verify', async route => {
    asked.push(route.request().url())
    await wait(SLOW_MS)
    await route.continue().catch(() => undefined)
  })
  await page.getByRole('button', { name: 'Check', exact: true }).click()
  const waiting = page.getByRole('button', { name: 'Checking …' })
  await waiting.waitFor()
  expect(await waiting.isDisabled()).toBe(true)
  await page.getByRole('heading', { name: 'The receipt is genuine' }).waitFor()
  expect(asked).toHaveLength(1)
  expect(faults).toEqual([])
  await close()
})
