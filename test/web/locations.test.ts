import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { Locations } from '../e2e/locations.ts'
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

const BOUND = 60_000

let locations: Locations
let browser: Browser
beforeAll(async () => {
  ;[locations, browser] = await Promise.all([Locations.start({ REGISTRY_SAMPLE: '0' }, 2), launch()])
})
afterAll(() => Promise.all([locations.stop(), browser.close()]))

const rowOf = (page: Page, name: string) => page.getByRole('listitem').filter({ hasText: name })

describe('the view of locations', () => {
  test.each(APPEARANCES)('looks right: $name', async ({ name, options }) => {
    const { page, faults, close } = await openPage(browser, `${locations.at(1).url}/app/locations`, options)
    await signIn(page, 'provider')
    await rowOf(page, 'loc2').waitFor()
    await page.locator('.card dl.values').waitFor()
    await takeScreenshot(page, `app-locations-${name}`)
    expect(await findViolations(page)).toEqual([])
    expect(await scrollsSideways(page)).toBe(false)
    expect(faults).toEqual([])
    await close()
  })
})

test('a registry that cannot be reached is said, and read again by itself when it can', async () => {
  const { page, close } = await openPage(browser, `${locations.at(1).url}/app/locations`)
  await signIn(page, 'provider')
  await rowOf(page, 'loc2').waitFor()
  await page.context().setOffline(true)
  await page.getByText('The registry cannot be reached').first().waitFor()
  await page.context().setOffline(false)
  await page.getByText('The registry cannot be reached').first().waitFor({ state: 'detached', timeout: BOUND })
  await close()
}, 90_000)

test('a location that stops is shown as down without a reload, also to an agent, and can be removed', async () => {
  const { page, faults, close } = await openPage(browser, `${locations.at(1).url}/app/locations`)
  await signIn(page, 'provider')
  await page.locator('.bar').getByText('at loc1').waitFor()
  await rowOf(page, 'loc1').getByText('here').waitFor()
  await rowOf(page, 'loc2').getByText('up', { exact: true }).waitFor()
  await locations.runCommand('kill', 'loc2')
  await rowOf(page, 'loc2').getByText('down', { exact: true }).waitFor({ timeout: BOUND })
  const agent = await openPage(browser, `${locations.at(1).url}/app`)
  await signIn(agent.page)
  await agent.page.getByRole('link', { name: 'Locations' }).click()
  await rowOf(agent.page, 'loc2').getByText('down', { exact: true }).waitFor()
  await rowOf(agent.page, 'loc1').getByText('up', { exact: true }).waitFor()
  await rowOf(agent.page, 'loc1').getByText('here').waitFor()
  expect(await agent.page.locator('.rows').textContent()).not.toMatch(/after|behind|conflicts|Remove/)
  expect(await findAllViolations(agent.page)).toEqual([])
  expect(agent.faults).toEqual([])
  await agent.close()
  await page.getByRole('button', { name: 'Remove loc2' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
  await rowOf(page, 'loc2').waitFor({ state: 'detached' })
  expect(faults).toEqual([])
  await close()
}, 90_000)
