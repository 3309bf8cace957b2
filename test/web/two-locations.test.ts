import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { z } from 'zod'
import { Locations } from '../e2e/locations.ts'
import { until } from '../e2e/until.ts'
import { launch, openPage, signIn, type WatchedPage } from './browser.ts'

const BOUND = 30_000

let locations: Locations
let browser: Browser
beforeAll(async () => {
  ;[locations, browser] = await Promise.all([Locations.start({ REGISTRY_SAMPLE: '0' }, 2), launch()])
})
afterAll(() => Promise.all([locations.stop(), browser.close()]))

async function openAt(number: number, path: string, user: string): Promise<WatchedPage> {
  const opened = await openPage(browser, `${locations.at(number).url}/app${path}`)
  await signIn(opened.page, user)
  return opened
}

/** Reloads a view until it shows a text. Tokens are in memory only, so that each time somebody signs in. */
async function showsAfterReload(page: Page, user: string, text: string): Promise<void> {
  const shows = async () => {
    await page.reload()
    await signIn(page, user)
    await page.locator('main h1').waitFor()
    await page.waitForLoadState('networkidle')
    return page.getByText(text).first().isVisible()
  }
  await until(shows, BOUND, text)
}

async function saveDocumentNumber(page: Page, text: string): Promise<void> {
  await page.getByRole('link', { name: 'Edit' }).click()
  await page.getByLabel('Document number').fill(text)
  await page.keyboard.press('Control+Enter')
  await page.getByRole('link', { name: 'Edit' }).waitFor()
  await page.getByText(text).first().waitFor()
}

test('two agents at two locations go on while these are cut off, and the provider settles what met', async () => {
  const here = await openAt(1, '/customers/new', 'agent')
  await here.page.getByText('at loc1').waitFor()
  await here.page.getByLabel('Surname').fill('Quisenberry')
  await here.page.keyboard.press('Control+Enter')
  await here.page.getByRole('heading', { name: 'Quisenberry' }).waitFor()
  const path = new URL(here.page.url()).pathname.replace('/app', '')
  const token = await locations.at(2).token('agent')
  const isThere = async () => (await locations.at(2).api('GET', `/v1${path}`, { token })).status === 200
  await until(isThere, BOUND, 'the customer at the other location')

  const there = await openAt(2, path, 'agent')
  await there.page.getByText('at loc2').first().waitFor()
  await there.page.getByRole('heading', { name: 'Quisenberry' }).waitFor()

  await locations.runCommand('cut', 'loc2')
  const provider = await openAt(1, '/locations', 'provider')
  await saveDocumentNumber(here.page, 'QX 100')
  await saveDocumentNumber(there.page, 'QX 200')
  // Neither has heard of the other's change.
  expect(await here.page.getByText('QX 200').count()).toBe(0)
  expect(await there.page.getByText('QX 100').count()).toBe(0)

  await locations.runCommand('heal', 'loc2')
  await provider.page.getByRole('link', { name: 'To decide' }).click()
  await showsAfterReload(provider.page, 'provider', 'QX 100')
  const lost = provider.page.locator('.side').filter({ hasText: 'QX 100' })
  await lost.getByRole('button').click()
  await lost.waitFor({ state: 'detached' })

  const number = z.looseObject({ document_number: z.string().nullable() })
  const isSettled = async () =>
    (await locations.at(2).api('GET', `/v1${path}`, { token })).as(number).document_number === 'QX 100'
  await until(isSettled, BOUND, 'the decision at the other location')
  for (const { page, faults, close } of [here, there, provider]) {
    if (page !== provider.page) {
      await page.goto(`${new URL(page.url()).origin}/app${path}`)
      await signIn(page)
      await page.locator('dl.values').getByText('QX 100').waitFor()
    }
    expect(faults).toEqual([])
    await close()
  }
}, 180_000)
