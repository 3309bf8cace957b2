import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { z } from 'zod'
import { startServer, type TestServer } from '../e2e/server.ts'
import { APPEARANCES, findViolations, launch, openPage, scrollsSideways, signIn, takeScreenshot } from './browser.ts'

const NIGHT_BEFORE = '2026-01-05T08:30'

let server: TestServer
let browser: Browser
let token: string
beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer({ REGISTRY_SAMPLE: '0' }), launch()])
  const provider = await server.token('provider')
  token = await server.token('agent')
  const field = { name: 'loyalty', label: 'Loyalty', type: 'choice', choices: ['Silver', 'Gold'] }
  await server.api('POST', '/v1/fields', { token: provider, body: field })
  await server.api('POST', '/v1/fields/loyalty/authorise', { token: provider })
  await server.api('POST', '/v1/fields', {
    token: provider,
    body: { name: 'visits', label: 'Visits', type: 'number' },
  })
  await server.api('POST', '/v1/fields/visits/authorise', { token: provider })
})
afterAll(() => Promise.all([server.stop(), browser.close()]))

const customer = z.looseObject({ id: z.string(), surname: z.string().nullable() })
const create = async (body: object) => (await server.api('POST', '/v1/customers', { token, body })).as(customer).id
const read = async (id: string) => (await server.api('GET', `/v1/customers/${id}`, { token })).as(customer)

async function openApp(path: string, options: BrowserContextOptions = {}) {
  const opened = await openPage(browser, `${server.url}/app${path}`, options)
  await signIn(opened.page)
  return opened
}

const heading = (page: Page, name: string) => page.getByRole('heading', { name })
const idIn = (page: Page): string => new URL(page.url()).pathname.split('/').at(-1) ?? ''

describe('a new customer', () => {
  test('is entered by keyboard alone, with custom fields, and saved with Ctrl+Enter', async () => {
    const { page, faults, close } = await openApp('/customers/new')
    await page.getByLabel('Surname').focus()
    await page.keyboard.type('Quisenberry')
    await page.keyboard.press('Tab')
    await page.keyboard.type('Adaline')
    await page.keyboard.press('Tab')
    await page.keyboard.type('21 August 1979')
    await page.getByLabel('Loyalty').selectOption('Gold')
    await page.getByLabel('Visits').fill('12')
    await page.getByLabel('Note').focus()
    await page.keyboard.type('came to the desk')
    await page.keyboard.press('Control+Enter')
    await heading(page, 'Quisenberry, Adaline').waitFor()
    await page.getByText('came to the desk').waitFor()
    expect(await read(idIn(page))).toMatchObject({ dob: '1979-08-21', details: { loyalty: 'Gold', visits: 12 } })
    expect(faults).toEqual([])
    await close()
  })

  test('is checked at the field when it is left, and again by the API', async () => {
    const { page, faults, close } = await openApp('/customers/new')
    await page.getByLabel('Date of birth').fill('yesterday or so')
    await page.getByLabel('Document number').focus()
    await page.getByText('is not a date').waitFor()
    expect(await findViolations(page)).toEqual([])
    await page.keyboard.press('Control+Enter')
    await page.locator('input:focus[aria-invalid=true]').waitFor()
    await page.getByLabel('Date of birth').fill('2999-01-01')
    await page.getByLabel('Surname').fill('Quill')
    await page.keyboard.press('Control+Enter')
    await page.getByText('is in the future').waitFor()
    expect(await page.getByLabel('Date of birth').getAttribute('aria-invalid')).toBe('true')
    await page.getByLabel('Date of birth').fill('1999-01-01')
    await page.getByLabel('Visits').fill('many')
    await page.keyboard.press('Control+Enter')
    await page.getByText('must be a number').waitFor()
    expect(await page.getByLabel('Visits').getAttribute('aria-invalid')).toBe('true')
    await page.getByLabel('Visits').fill('3')
    await page.keyboard.press('Control+Enter')
    await heading(page, 'Quill').waitFor()
    expect(faults).toEqual([])
    await close()
  })

  test('needs something that identifies it, and the form says so', async () => {
    const { page, close } = await openApp('/customers/new')
    await page.getByLabel('Date of birth').fill('1999')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('alert').getByText('needs at least one of surname, given_name, document_number').waitFor()
    await close()
  })

  test('is still in the form after a look at another view, until it is discarded', async () => {
    const { page, close } = await openApp('/customers/new')
    await page.getByLabel('Surname').fill('Halfway')
    await page.getByRole('link', { name: 'Search', exact: true }).click()
    await page.getByRole('link', { name: 'New customer' }).click()
    expect(await page.getByLabel('Surname').inputValue()).toBe('Halfway')
    await page.getByRole('button', { name: 'Discard' }).click()
    await page.getByRole('link', { name: 'New customer' }).click()
    expect(await page.getByLabel('Surname').inputValue()).toBe('')
    await close()
  })
})

describe('a change', () => {
  test('can be valid from an earlier time, and a field can be emptied', async () => {
    const id = await create({ surname: 'Marlow', given_name: 'Tess', dob: '1980', valid_from: '2025-01-01' })
    const { page, faults, close } = await openApp(`/customers/${id}`, { timezoneId: 'Europe/Berlin' })
    await page.getByRole('link', { name: 'Edit' }).click()
    await page.getByLabel('Given name').fill('')
    await page.getByLabel('Surname').fill('Marlow-Reed')
    await page.getByLabel('Valid from').fill(NIGHT_BEFORE)
    await page.getByLabel('Note').fill('married')
    await page.keyboard.press('Control+Enter')
    await heading(page, 'Marlow-Reed').waitFor()
    expect(await read(id)).toMatchObject({
      surname: 'Marlow-Reed',
      given_name: null,
      dob: '1980',
      valid_from: '2026-01-05T07:30:00.000Z',
    })
    expect(faults).toEqual([])
    await close()
  })

  test('that meets a newer version shows what was, theirs and yours, and loses nothing', async () => {
    const id = await create({ surname: 'Okafor', given_name: 'Ada', document_number: 'NG 1' })
    const { page, faults, close } = await openApp(`/customers/${id}/edit`)
    await page.getByLabel('Surname').fill('Okafor-Bell')
    await page.getByLabel('Date of birth').fill('1971')
    const theirs = { surname: 'Okafor-Lind', document_number: 'NG 2' }
    await server.api('PATCH', `/v1/customers/${id}`, { token, body: theirs })
    await page.keyboard.press('Control+Enter')
    const row = page.getByRole('row').filter({ hasText: 'Surname' })
    await row.waitFor()
    expect(await row.locator('td bdi').allTextContents()).toEqual(['Okafor', 'Okafor-Lind', 'Okafor-Bell'])
    await takeScreenshot(page, 'newer-version')
    expect(await findViolations(page)).toEqual([])
    await page.getByRole('button', { name: 'Back to the form' }).click()
    expect(await page.getByLabel('Surname').inputValue()).toBe('Okafor-Bell')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('radio', { name: 'Surname, Theirs: Okafor-Lind' }).check()
    await page.keyboard.press('Control+Enter')
    await heading(page, 'Okafor-Lind, Ada').waitFor()
    expect(await read(id)).toMatchObject({ surname: 'Okafor-Lind', document_number: 'NG 2', dob: '1971' })
    expect(faults).toEqual([])
    await close()
  })
})

test('likely duplicates are beside the form while it is filled in, and a look at one loses nothing', async () => {
  const id = await create({ surname: 'Kowalczyk', given_name: 'Zofia', dob: '1988-02-03' })
  const { page, faults, close } = await openApp('/customers/new')
  const beside = page.getByRole('region', { name: 'Likely duplicates' })
  await page.getByLabel('Surname').fill('Kovalczyk')
  await page.getByLabel('Given name').fill('Zofia')
  await page.getByLabel('Date of birth').fill('3 Feb 1988')
  await beside.locator('.reason.near', { hasText: 'Kovalczyk' }).waitFor()
  await takeScreenshot(page, 'duplicates')
  expect(await findViolations(page)).toEqual([])
  await beside.getByRole('link', { name: 'Kowalczyk, Zofia' }).click()
  await heading(page, 'Kowalczyk, Zofia').waitFor()
  await page.goBack()
  expect(await page.getByLabel('Surname').inputValue()).toBe('Kovalczyk')
  await page.getByRole('button', { name: 'Discard' }).click()
  await page.goto(`${server.url}/app/customers/${id}/edit`)
  await signIn(page)
  await beside.getByText('Nobody on the list is like this.').waitFor()
  expect(faults).toEqual([])
  await close()
})

test('a customer is deleted with one click, and restored with another', async () => {
  const id = await create({ surname: 'Achterberg', given_name: 'Joris' })
  const { page, faults, close } = await openApp(`/customers/${id}`)
  await page.getByRole('button', { name: 'Delete', exact: true }).click()
  await page.getByText('This customer is deleted.').waitFor()
  expect(await read(id)).toMatchObject({ state: 'deleted' })
  expect(await page.getByRole('link', { name: 'Edit' }).count()).toBe(0)
  expect(await findViolations(page)).toEqual([])
  await page.getByRole('button', { name: 'Restore' }).click()
  await page.getByRole('button', { name: 'Delete', exact: true }).waitFor()
  expect(await read(id)).toMatchObject({ state: 'active', surname: 'Achterberg' })
  expect(faults).toEqual([])
  await close()
})

test('a customer is deleted and restored with a note each, by keyboard alone', async () => {
  const id = await create({ surname: 'Verbruggen', given_name: 'Lotte' })
  const { page, faults, close } = await openApp(`/customers/${id}`)
  const open = page.getByRole('button', { name: 'Delete with a note' })
  await open.focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Delete with a note' })
  await page.keyboard.press('Escape')
  await open.and(page.locator(':focus')).waitFor()
  await page.keyboard.press('Enter')
  await takeScreenshot(page, 'delete-note', false)
  expect(await findViolations(page)).toEqual([])
  await dialog.getByLabel('Note').fill('a note \u202e that looks like another')
  const sent: string[] = []
  page.on('request', request => request.method() === 'DELETE' && sent.push(request.url()))
  await page.keyboard.press('Enter')
  await dialog.getByText('contains control or invisible characters').waitFor()
  expect(sent).toEqual([])
  await dialog.getByLabel('Note').fill('entered twice')
  await page.keyboard.press('Enter')
  await page.getByText('This customer is deleted.').waitFor()
  await page.locator('.timeline').getByText('entered twice').waitFor()
  await page.getByLabel('Note').fill('was not entered twice')
  await takeScreenshot(page, 'restore-note')
  expect(await findViolations(page)).toEqual([])
  await page.keyboard.press('Control+Enter')
  await page.getByText('This customer is deleted.').waitFor({ state: 'detached' })
  await page.locator('.timeline').getByText('was not entered twice').waitFor()
  expect(await read(id)).toMatchObject({ state: 'active' })
  expect(faults).toEqual([])
  await close()
})

describe('the forms', () => {
  test.each(APPEARANCES)('look right: $name', async ({ name, options }) => {
    const id = await create({ surname: 'Ferrante', given_name: 'Nell', details: { loyalty: 'Silver' } })
    const { page, faults, close } = await openApp(`/customers/${id}/edit`, options)
    const check = async (view: string) => {
      await takeScreenshot(page, `app-${view}-${name}`)
      expect(await findViolations(page)).toEqual([])
      expect(await scrollsSideways(page)).toBe(false)
    }
    await page.locator('.edit-fields input').first().fill('Ferrante-Hale')
    await page.locator('.edit-fields input').nth(2).fill('?')
    await page.locator('.edit-fields input').nth(1).focus()
    await page.locator('.fault').waitFor()
    await check('edit')
    await page.locator('.edit-fields input').nth(2).fill('1969')
    await server.api('PATCH', `/v1/customers/${id}`, { token, body: { surname: 'Ferrante-Voss' } })
    await page.keyboard.press('Control+Enter')
    await page.locator('.versions').waitFor()
    await check('versions')
    expect(faults).toEqual([])
    await close()
  })
})
