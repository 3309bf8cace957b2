import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { Agent } from '../e2e/agent.ts'
import { startServer, type TestServer } from '../e2e/server.ts'
import { until } from '../e2e/until.ts'
import { APPEARANCES, findViolations, launch, openPage, scrollsSideways, signIn, takeScreenshot } from './browser.ts'

const BOUND = 20_000

let server: TestServer
let browser: Browser
let agent: Agent
beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer({ REGISTRY_SAMPLE: '0' }), launch()])
  agent = await Agent.logIn(server)
})
afterAll(() => Promise.all([server.stop(), browser.close()]))

const create = async (body: object) => (await agent.create(body)).id

async function openApp(path: string, options: BrowserContextOptions = {}) {
  const opened = await openPage(browser, `${server.url}/app${path}`, options)
  await signIn(opened.page)
  return opened
}

/** Two customers who are probably the same: the one who stays, and the one who has a number besides. */
async function createTwins(surname: string): Promise<[stays: string, goes: string]> {
  const ids = [await create({ surname }), await create({ surname })].toSorted()
  const [stays = '', goes = ''] = ids
  const body = { given_name: 'Adaline', dob: '1979-08-21' }
  await agent.send('PATCH', `/v1/customers/${stays}`, body)
  const other = { given_name: 'Adeline', dob: '1979-08-21', document_number: `QX ${surname}` }
  await agent.send('PATCH', `/v1/customers/${goes}`, other)
  const duplicates = async () => (await agent.send('GET', `/v1/customers/${stays}/duplicates`)).text
  await until(async () => (await duplicates()).includes(goes), BOUND, 'the duplicate to be found')
  return [stays, goes]
}

/** The cells of a field: the one who stays, the one who goes, the result. */
const cellsOf = (page: Page, field: string) =>
  page.getByRole('row').filter({ hasText: field }).locator('td bdi').allTextContents()

describe('two customers who are the same', () => {
  test('are shown side by side with the result, and merged, by keyboard alone', async () => {
    const [stays, goes] = await createTwins('Ravensworth')
    const { page, faults, close } = await openApp(`/customers/${goes}`)
    await page.locator('summary', { hasText: 'Likely duplicates' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('link', { name: /^Merge with Ravensworth/ }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('columnheader', { name: 'Is merged' }).waitFor()
    expect(await cellsOf(page, 'Given name')).toEqual(['Adaline', 'Adeline', 'Adaline'])
    expect(await cellsOf(page, 'Document number')).toEqual(['—', 'QX Ravensworth', 'QX Ravensworth'])
    expect(await page.getByRole('row').filter({ hasText: 'only in the history' }).count()).toBe(1)
    expect(await agent.read(goes)).toMatchObject({ state: 'active' })
    await takeScreenshot(page, 'merge')
    expect(await findViolations(page)).toEqual([])
    await page.getByLabel('Note').focus()
    await page.keyboard.type('same passport')
    const sent = page.waitForRequest(request => request.url().endsWith('/v1/duplicates'))
    await page.keyboard.press('Control+Enter')
    expect((await sent).postDataJSON()).toMatchObject({ decision: 'same', note: 'same passport' })
    await page.getByRole('heading', { name: 'Ravensworth, Adaline' }).waitFor()
    expect(new URL(page.url()).pathname).toBe(`/app/customers/${stays}`)
    expect(await agent.read(goes)).toMatchObject({ state: 'merged', merged_into: stays })
    expect(await agent.read(stays)).toMatchObject({ given_name: 'Adaline', document_number: 'QX Ravensworth' })
    expect(faults).toEqual([])
    await close()
  })

  test('are split again from the one that stays, after saying what happens', async () => {
    const [stays, goes] = await createTwins('Penhallow')
    await agent.send('POST', '/v1/duplicates', { ids: [stays, goes], decision: 'same' })
    const { page, faults, close } = await openApp(`/customers/${stays}`)
    await page.locator('summary', { hasText: 'Merged customers' }).click()
    await page.getByRole('button', { name: 'Split off Penhallow, Adeline' }).click()
    await page.getByRole('dialog').getByText('gives back what it took over').waitFor()
    expect(await findViolations(page)).toEqual([])
    await page.getByRole('dialog').getByRole('button', { name: 'Split off' }).click()
    await page.locator('summary', { hasText: 'Merged customers' }).waitFor({ state: 'detached' })
    expect(await agent.read(goes)).toMatchObject({ state: 'active', merged_into: null })
    expect(await agent.read(stays)).toMatchObject({ document_number: null })
    expect(faults).toEqual([])
    await close()
  })

  test('are split from the view of the merged one, which leads to the one that stays', async () => {
    const [stays, goes] = await createTwins('Trevelyan')
    await agent.send('POST', '/v1/duplicates', { ids: [stays, goes], decision: 'same' })
    const { page, faults, close } = await openApp(`/customers/${goes}`)
    await page.getByRole('link', { name: 'Show that customer' }).click()
    await page.getByRole('heading', { name: 'Trevelyan, Adaline' }).waitFor()
    await page.goBack()
    await page.getByRole('button', { name: 'Split off Trevelyan, Adeline' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Split off' }).click()
    await page.getByText('This customer was merged').waitFor({ state: 'detached' })
    expect(await agent.read(goes)).toMatchObject({ state: 'active' })
    expect(faults).toEqual([])
    await close()
  })
})

test('pairs that wait for a decision are compared, or marked as different, from one list', async () => {
  const [first, other] = await createTwins('Lanyon')
  const [second] = await createTwins('Carlyon')
  const queue = async () => (await agent.send('GET', '/v1/duplicates?limit=100')).text
  await until(async () => [first, second].every(async id => (await queue()).includes(id)), BOUND, 'the pairs')
  const { page, faults, close } = await openApp('')
  await page.getByRole('link', { name: 'Duplicates' }).click()
  await page.getByRole('button', { name: 'Different: Lanyon, Ad' }).click()
  await page.getByRole('button', { name: 'Different: Lanyon, Ad' }).waitFor({ state: 'detached' })
  // A wrong decision is replaced by the other one.
  const notice = page.getByRole('status').filter({ hasText: 'Decided: Lanyon, Ad' })
  await notice.getByText('are different').waitFor()
  await takeScreenshot(page, 'decided-different')
  expect(await findViolations(page)).toEqual([])
  await notice.getByRole('link', { name: 'Merge them after all' }).click()
  await page.getByRole('button', { name: 'Merge', exact: true }).click()
  await page.getByRole('heading', { name: 'Lanyon' }).waitFor()
  const states = await Promise.all([first, other].map(async id => (await agent.read(id)).state))
  expect(states).toEqual(['active', 'merged'])
  await page.getByRole('link', { name: 'Duplicates' }).click()
  await page.getByRole('link', { name: 'Compare Carlyon, Ad' }).click()
  await page.getByRole('columnheader', { name: 'Is merged' }).waitFor()
  await page.getByRole('button', { name: 'They are different' }).click()
  await page.getByRole('heading', { name: 'Carlyon' }).waitFor()
  expect(await agent.read(second)).toMatchObject({ state: 'active', merged_into: null })
  expect(faults).toEqual([])
  await close()
})

describe('the views of duplicates', () => {
  test.each(APPEARANCES)('look right: $name', async ({ name, options }) => {
    const [stays, goes] = await createTwins(`Sandringham ${name}`)
    const { page, faults, close } = await openApp(`/customers/${stays}/merge/${goes}`, options)
    const check = async (view: string) => {
      await takeScreenshot(page, `app-${view}-${name}`)
      expect(await findViolations(page)).toEqual([])
      expect(await scrollsSideways(page)).toBe(false)
    }
    await page.locator('.versions').waitFor()
    await check('merge')
    await page.locator('.nav a[href$="/duplicates"]').click()
    await page.locator('.rows > li').first().waitFor()
    await check('pairs')
    await agent.send('POST', '/v1/duplicates', { ids: [stays, goes], decision: 'same' })
    await page.goto(`${server.url}/app/customers/${goes}`)
    await signIn(page)
    await page.locator('.notice.warn').waitFor()
    await check('merged')
    expect(faults).toEqual([])
    await close()
  })
})
