import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { startServer, type TestServer } from '../e2e/server.ts'
import {
  APPEARANCES,
  findAllViolations,
  findViolations,
  launch,
  openPage,
  scrollsSideways,
  takeScreenshot,
} from './browser.ts'

/** The dates that are compared for a name in a day. */
const GUESSES = 10

let server: TestServer
let browser: Browser
beforeAll(async () => {
  ;[server, browser] = await Promise.all([
    startServer({ REGISTRY_SAMPLE: '0', REGISTRY_LOOKUP_BUDGET: '40' }),
    launch(),
  ])
  const body = { surname: 'Quisenberry', given_name: 'Adaline', dob: '1979-08-21', document_number: 'QX 4711' }
  await server.api('POST', '/v1/customers', { token: await server.token('agent'), body })
})
afterAll(() => Promise.all([server.stop(), browser.close()]))

const ask = async (page: Page, stated: Record<string, string>) => {
  for (const [label, value] of Object.entries(stated)) await page.getByLabel(label).fill(value)
  await page.getByRole('button', { name: 'Ask', exact: true }).click()
}

describe('Am I listed?', () => {
  test('says yes, and gives a receipt that can be checked', async () => {
    const { page, faults, close } = await openPage(browser, server.url, { acceptDownloads: true })
    await ask(page, { Surname: 'quisenberry', 'Given name': 'ADALINE', 'Date of birth': '21.08.1979' })
    await page.getByRole('heading', { name: 'Yes, you are on the list' }).waitFor()
    await takeScreenshot(page, 'lookup-listed')
    expect(await findViolations(page)).toEqual([])
    expect(page.url()).toBe(`${server.url}/`)

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download' }).click(),
    ])
    const file = await readFile(await download.path(), 'utf8')
    const link = /^Check it at: (\S+)$/m.exec(file)?.[1] ?? ''
    const receipt = await page.locator('code').textContent()
    expect(link).toBe(`${server.url}/verify#${receipt}`)
    expect(file).toContain(receipt)
    expect(file).not.toMatch(/quisenberry|adaline|1979/i)

    await page.goto(link)
    await page.getByText('Also check whom it is about').click()
    await page.getByLabel('Surname').fill('Quisenberry')
    await page.getByLabel('Given name').fill('Adaline')
    await page.getByLabel('Date of birth').fill('1979-08-21')
    await page.getByRole('button', { name: 'Check' }).click()
    await page.getByRole('heading', { name: 'The receipt is genuine' }).waitFor()
    await page.getByText('Yes, it was given for them').waitFor()
    await takeScreenshot(page, 'verify-valid')
    expect(await findViolations(page)).toEqual([])
    expect(faults).toEqual([])
    await close()
  })

  test('says possibly for the name alone, and no for nobody', async () => {
    const { page, close } = await openPage(browser, server.url)
    await ask(page, { Surname: 'Quisenberry', 'Given name': 'Adaline' })
    await page.getByRole('heading', { name: /^Possibly/ }).waitFor()
    await page.getByRole('button', { name: 'Ask about somebody else' }).click()
    expect(await page.getByLabel('Surname').inputValue()).toBe('')
    await ask(page, { Surname: 'Zwolinski', 'Given name': 'Kunigunde' })
    await page.getByRole('heading', { name: 'No, you are not on the list' }).waitFor()
    await close()
  })

  test('stays possible when too many dates were tried for a name, and says until when', async () => {
    const name = { surname: 'Ravensworth', given_name: 'Rosamund' }
    const token = await server.token('agent')
    await server.api('POST', '/v1/customers', { token, body: { ...name, dob: '1979-08-21' } })
    for (let day = 10; day < 10 + GUESSES; day += 1)
      await server.api('POST', '/v1/lookup', { body: { ...name, dob: `1979-07-${day}` } })
    const { page, close } = await openPage(browser, server.url)
    await ask(page, { Surname: name.surname, 'Given name': name.given_name, 'Date of birth': '1979-08-21' })
    await page.getByRole('heading', { name: /^Possibly/ }).waitFor()
    await page.getByText('the answer stays “possibly” until the next day (UTC): then ask again.').waitFor()
    await close()
  })

  test('says at the field what is wrong, and keeps what was typed', async () => {
    const { page, close } = await openPage(browser, server.url)
    await ask(page, { Surname: 'Quisenberry' })
    await page.getByText('Fill in at least two fields. 1 is filled in.').waitFor()
    await ask(page, { 'Date of birth': '31.02.1979' })
    await page.getByText('Some fields cannot be read').waitFor()
    expect(await page.getByLabel('Date of birth').getAttribute('aria-invalid')).toBe('true')
    expect(await page.getByLabel('Surname').inputValue()).toBe('Quisenberry')
    expect(await findViolations(page)).toEqual([])
    await close()
  })

  test('says that the registry cannot be reached, and keeps what was typed', async () => {
    const { page, close } = await openPage(browser, server.url)
    await page.getByLabel('Surname').waitFor()
    await page.context().setOffline(true)
    await ask(page, { Surname: 'Quisenberry', 'Given name': 'Adaline' })
    await page.getByText('The registry cannot be reached').waitFor()
    expect(await page.getByLabel('Surname').inputValue()).toBe('Quisenberry')
    await page.context().setOffline(false)
    await page.getByRole('button', { name: 'Ask', exact: true }).click()
    await page.getByRole('heading', { name: /^Possibly/ }).waitFor()
    await close()
  })

  test('says when a network may ask again that has used its questions', async () => {
    const body = { surname: 'Zwolinski', given_name: 'Kunigunde' }
    const ask = async () => (await server.api('POST', '/v1/lookup', { body })).status
    for (let asked = 0; asked < 41 && (await ask()) !== 429; asked += 1);
    const { page, close } = await openPage(browser, server.url)
    await page.getByLabel('Surname').fill(body.surname)
    await page.getByLabel('Given name').fill(body.given_name)
    await page.getByRole('button', { name: 'Ask', exact: true }).click()
    const notice = page.getByText('Your network has used its questions for today. You can ask again from')
    await notice.waitFor()
    await takeScreenshot(page, 'lookup-limit')
    expect(await findAllViolations(page)).toEqual([])
    await close()
  })
})

describe('a receipt', () => {
  test('that was changed is not genuine', async () => {
    const { page, close } = await openPage(browser, `${server.url}/verify#e30.AAAA`)
    await page.getByRole('button', { name: 'Check' }).click()
    await page.getByRole('heading', { name: 'The receipt is not genuine' }).waitFor()
    expect(await findViolations(page)).toEqual([])
    await close()
  })
})

describe('both public views', () => {
  const cases = APPEARANCES.flatMap(({ name, options }) => ['/', '/verify'].map(path => ({ name, options, path })))
  test.each(cases)('$path looks right: $name', async ({ name, options, path }) => {
    const { page, faults, close } = await openPage(browser, server.url + path, options)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await takeScreenshot(page, `public-${path === '/' ? 'ask' : 'verify'}-${name}`)
    expect(await findViolations(page)).toEqual([])
    expect(await scrollsSideways(page)).toBe(false)
    const root = page.locator('html')
    expect(await root.getAttribute('lang')).toBe('locale' in options ? options.locale : 'en')
    expect(await root.getAttribute('dir')).toBe('locale' in options && options.locale === 'ar' ? 'rtl' : 'ltr')
    expect(faults).toEqual([])
    await close()
  })

  test('a chosen language stays', async () => {
    const { page, close } = await openPage(browser, server.url)
    await page.getByLabel('Language').selectOption('Deutsch')
    await page.getByRole('heading', { name: 'Bin ich erfasst?' }).waitFor()
    await page.reload()
    await page.getByRole('heading', { name: 'Bin ich erfasst?' }).waitFor()
    await close()
  })

  test('without JavaScript, the page says what is needed', async () => {
    const { page, close } = await openPage(browser, server.url, { javaScriptEnabled: false })
    await page.getByText('This page needs JavaScript').waitFor()
    await close()
  })
})
