import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { Agent } from '../e2e/agent.ts'
import { startServer, type TestServer } from '../e2e/server.ts'
import { until } from '../e2e/until.ts'
import { findAllViolations, launch, openPage, signIn, type WatchedPage } from './browser.ts'

/**
 * Every view and every dialog, each in light and dark and in both directions, with one sign-in. The tests of conflicts, of issuers, of sessions,
 * of users and of the public page's limit check so the states that only they have.
 */
const BOUND = 20_000
const ADALINE = { surname: 'Quisenberry', given_name: 'Adaline', dob: '1979-08-21' }

let server: TestServer
let browser: Browser
const ids: Record<string, string> = {}
const pathOf = (name: string) => `/customers/${ids[name]}`

beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer({ REGISTRY_SAMPLE: '0' }), launch()])
  const provider = await Agent.logIn(server, 'provider')
  const definitions = [
    ['fields', { name: 'loyalty', label: 'Loyalty', type: 'choice', choices: ['Silver', 'Gold'], searchable: true }],
    ['fields', { name: 'shoe_size', label: 'Shoe size', type: 'number' }],
    ['types', { name: 'CLUB', label: 'Club' }],
  ] as const
  for (const [kind, body] of definitions) await provider.send('POST', `/v1/${kind}`, body)
  await provider.send('POST', '/v1/fields/loyalty/authorise')
  const add = async (name: string, body: object) => {
    ids[name] = (await provider.create(body)).id
  }
  await add('adaline', { ...ADALINE, valid_from: '2020-01-01', details: { loyalty: 'Gold' } })
  await add('twin', { ...ADALINE, given_name: 'Adeline', document_number: 'QX 4711' })
  await add('stays', { surname: 'Trevelyan', given_name: 'Ada' })
  await add('goes', { surname: 'Trevelyan', given_name: 'Adela', dob: '1950' })
  await add('deleted', { surname: 'Zeller', given_name: 'Gone' })
  await add('held', { surname: 'Holloway', given_name: 'Hal' })
  await add('erased', { surname: 'Farewell', given_name: 'Faye' })
  await provider.send('PATCH', `/v1${pathOf('adaline')}`, { document_number: 'QX 4712', note: 'new passport' })
  await provider.send('POST', '/v1/duplicates', { ids: [ids.stays, ids.goes], decision: 'same' })
  await provider.send('DELETE', `/v1${pathOf('deleted')}`)
  await provider.send('PUT', `/v1${pathOf('held')}/hold`, { reason: 'A court asked' })
  const price = { price: '19.90', currency: 'EUR', timestamp: '2026-01-02' }
  await provider.send('POST', '/buy', { username: 'Ada Q.', userid: ids.adaline, ...price })
  const isReady = async () => {
    const [purchases, pairs, holds] = await Promise.all([
      provider.send('GET', `/v1/purchases?user=${ids.adaline}`),
      provider.send('GET', '/v1/duplicates'),
      provider.send('GET', '/v1/holds'),
    ])
    const [twin = '', held = ''] = [ids.twin, ids.held]
    return purchases.text.includes('19.90') && pairs.text.includes(twin) && holds.text.includes(held)
  }
  await until(isReady, BOUND, 'purchases, duplicates and holds')
  await provider.send('GET', `/v1${pathOf('adaline')}/duplicates`)
}, 60_000)
afterAll(() => Promise.all([server.stop(), browser.close()]))

/** Goes to an address of the app without leaving the session. */
async function go(page: Page, path: string): Promise<void> {
  await page.evaluate(`history.pushState({}, '', '/app${path}')`)
  await page.locator('main h1').waitFor()
}
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
const openDialog = async (page: Page, name: string) => {
  await press(page, name)
  await page.getByRole('dialog').waitFor()
}

type State = [name: string, open: (page: Page) => Promise<unknown>]

const PUBLIC_STATES: State[] = [
  ['the question', async page => page.getByLabel('Surname').waitFor()],
  [
    'a question that cannot be read',
    async page => {
      await page.getByLabel('Surname').fill('Quisenberry')
      await page.getByLabel('Date of birth').fill('31.02.1979')
      await press(page, 'Ask')
      await page.locator('[aria-invalid=true]').waitFor()
    },
  ],
  [
    'the answer with its receipt',
    async page => {
      await page.getByLabel('Given name').fill('Adaline')
      await page.getByLabel('Date of birth').fill('1979-08-21')
      await press(page, 'Ask')
      await page.getByRole('heading', { name: 'Yes, you are on the list' }).waitFor()
    },
  ],
  [
    'a genuine receipt',
    async page => {
      const receipt = await page.locator('code').textContent()
      await page.goto(`${server.url}/verify#${receipt}`)
      await page.getByText('Also check whom it is about').click()
      await press(page, 'Check')
      await page.getByRole('heading', { name: 'The receipt is genuine' }).waitFor()
    },
  ],
  [
    'a receipt that is not genuine',
    async page => {
      await page.goto('about:blank')
      await page.goto(`${server.url}/verify#e30.AAAA`)
      await press(page, 'Check')
      await page.getByRole('heading', { name: 'The receipt is not genuine' }).waitFor()
    },
  ],
]

const SIGN_IN_STATES: State[] = [
  ['the sign-in', async page => page.locator('#username').waitFor()],
  [
    'a refused sign-in',
    async page => {
      await signIn(page, 'provider', 'wrong')
      await page.getByText('The user name or the password is wrong.').waitFor()
    },
  ],
]

const STATES: State[] = [
  ['the search', async page => page.getByText('Type at least two characters').waitFor()],
  [
    'results of a search, which agree, nearly agree and differ',
    async page => {
      await page.locator('#search').fill('Quisenbery Adaline 22.08.1979')
      await page.locator('.reason.near').first().waitFor()
    },
  ],
  [
    'a search by field with a fault',
    async page => {
      await page.locator('search summary').click()
      await page.getByLabel('Date of birth').fill('yesterday or so')
      await page.getByLabel('Surname').fill('Quisenberry')
      await page.getByText('is not a date').waitFor()
    },
  ],
  [
    'a search that finds nobody',
    async page => {
      await press(page, 'Clear the fields')
      await page.locator('#search').fill('xxxxxxxxxx')
      await page.getByText('Nobody was found').waitFor()
    },
  ],
  [
    'a registry that cannot be reached',
    async page => {
      await page.context().setOffline(true)
      await page.locator('#search').fill('quisenb')
      await page.getByText('The registry cannot be reached').waitFor()
      await page.context().setOffline(false)
    },
  ],
  [
    'the keys',
    async page => {
      await press(page, 'Keys')
      await page.getByRole('dialog').getByText('Go to the search').waitFor()
    },
  ],
  [
    'the list, with a saved view',
    async page => {
      await go(page, '/customers?state=all')
      await page.getByLabel('Name of this view').fill('Everybody')
      await page.keyboard.press('Enter')
      await page.getByRole('link', { name: 'Everybody' }).waitFor()
      await page.locator('.hit').nth(3).waitFor()
    },
  ],
  [
    'an empty list',
    async page => {
      await go(page, '/customers?changed_since=2999-01-01')
      await page.getByText('No customer agrees with the filters.').waitFor()
    },
  ],
  [
    'a customer with all sections open',
    async page => {
      await go(page, pathOf('adaline'))
      await page.getByRole('cell', { name: 'QX 4712' }).waitFor()
      for (const section of await page.locator('main summary').all()) await section.click()
      await page.locator('.decision').first().waitFor()
      await page.getByText('1 purchase').waitFor()
    },
  ],
  ['the question whether to erase a customer', page => openDialog(page, 'Erase for ever')],
  [
    'a customer at another time',
    async page => {
      await go(page, `${pathOf('adaline')}?as_of=2021-06-01T00:00:00Z`)
      await page.getByRole('link', { name: 'Correct the past' }).waitFor()
    },
  ],
  [
    'a time before a customer was on the list',
    async page => {
      await go(page, `${pathOf('adaline')}?as_of=2001-06-01T00:00:00Z`).catch(() => undefined)
      await page.getByText('The customer was not on the list at that time.').waitFor()
    },
  ],
  [
    'the correction of a customer in the past',
    async page => {
      await go(page, `${pathOf('adaline')}/edit?as_of=2021-06-01T00:00:00Z`)
      await page.getByText(/^What you change here is valid from/).waitFor()
    },
  ],
  [
    'a deleted customer',
    async page => {
      await go(page, pathOf('deleted'))
      await page.getByText('This customer is deleted.').waitFor()
    },
  ],
  [
    'a merged customer',
    async page => {
      await go(page, pathOf('goes'))
      const notice = page.getByText('This customer was merged into another one.')
      // The lesser id stays.
      if (!(await notice.isVisible())) await go(page, pathOf('stays'))
      await notice.waitFor()
    },
  ],
  [
    'the question whether to split customers',
    async page => {
      await page.getByRole('button', { name: /^Split off/ }).click()
      await page.getByRole('dialog').waitFor()
    },
  ],
  [
    'a held customer who cannot be erased',
    async page => {
      await go(page, pathOf('held'))
      await openDialog(page, 'Erase for ever')
      await page.getByRole('dialog').getByRole('button', { name: 'Erase for ever' }).click()
      await page.getByRole('alert').waitFor()
    },
  ],
  ['the question whether to end a hold', page => openDialog(page, 'End the hold')],
  [
    'the certificate of an erasure',
    async page => {
      await go(page, pathOf('erased'))
      await openDialog(page, 'Erase for ever')
      await page.getByRole('dialog').getByRole('button', { name: 'Erase for ever' }).click()
      await page.getByRole('heading', { name: 'Certificate of erasure' }).waitFor()
    },
  ],
  [
    'a customer who does not exist',
    async page => {
      await go(page, '/customers/00000000-0000-4000-8000-000000000000').catch(() => undefined)
      await page.getByText('There is no such customer.').waitFor()
    },
  ],
  [
    'a new customer with a fault, beside a likely duplicate',
    async page => {
      await go(page, '/customers/new')
      await page.getByLabel('Surname').fill('Quisenberry')
      await page.getByLabel('Given name').fill('Adaline')
      await page.getByLabel('Date of birth').fill('yesterday or so')
      await page.getByLabel('Document number').focus()
      await page.getByText('is not a date').waitFor()
      await page.getByRole('link', { name: 'Quisenberry, Adaline' }).waitFor()
    },
  ],
  [
    'a change that meets a newer version',
    async page => {
      await go(page, `${pathOf('adaline')}/edit`)
      await page.getByLabel('Surname').fill('Quisenberry-Holt')
      const token = await server.token('agent')
      await server.api('PATCH', `/v1${pathOf('adaline')}`, { token, body: { surname: 'Quisenberry-Bell' } })
      await page.keyboard.press('Control+Enter')
      await page.locator('.versions').waitFor()
    },
  ],
  [
    'the likely duplicates',
    async page => {
      await go(page, '/duplicates')
      await page
        .getByRole('link', { name: /^Compare/ })
        .first()
        .waitFor()
    },
  ],
  [
    'two customers beside each other',
    async page => {
      await page
        .getByRole('link', { name: /^Compare/ })
        .first()
        .click()
      await page.getByRole('columnheader', { name: 'Is merged' }).waitFor()
    },
  ],
  [
    'the list at two times',
    async page => {
      await go(page, '/changes?from=2019-01-01T00:00:00Z')
      await page.locator('tbody tr').nth(3).waitFor()
    },
  ],
  [
    'the purchases of a customer',
    async page => {
      await go(page, `/purchases?user=${ids.adaline}`)
      await page.locator('tbody tr').first().waitFor()
    },
  ],
  ['the maintenance', page => go(page, '/maintenance')],
  ['the import', page => go(page, '/import')],
  [
    'a file that is none',
    async page => {
      const buffer = Buffer.from([0x89, 0x50, 0x4e, 0x47])
      await page.locator('input[type=file]').setInputFiles({ name: 'picture.png', mimeType: 'image/png', buffer })
      await page.getByRole('alert').waitFor()
    },
  ],
  [
    'the preview of an import with a refused row',
    async page => {
      const buffer = Buffer.from('id;surname;dob\n1;Byron;1788\n2;Nobody;2999\n')
      await page.locator('input[type=file]').setInputFiles({ name: 'a.csv', mimeType: 'text/csv', buffer })
      await page.getByLabel('Source').fill('crm')
      await page.keyboard.press('Enter')
      await page.getByText('Preview: nothing was written.').waitFor()
    },
  ],
  [
    'a finished import',
    async page => {
      await press(page, 'Import these rows')
      await page.getByText('The file is imported.').waitFor()
    },
  ],
  [
    'what waits for a decision',
    async page => {
      await go(page, '/pending')
      await page.getByRole('button', { name: 'Authorise Shoe size' }).waitFor()
      await page.getByText('There was no run.').waitFor()
    },
  ],
  [
    'fields and types',
    async page => {
      await go(page, '/fields')
      await page.getByRole('button', { name: 'Authorise Club' }).waitFor()
    },
  ],
  ['the question whether to remove a field', page => openDialog(page, 'Remove Loyalty')],
  [
    'the audit, compared with its seals, with charts',
    async page => {
      await go(page, '/audit')
      await page.locator('.entry').first().waitFor()
      await press(page, 'Check the log')
      await page.getByText('The log agrees with its seals').waitFor()
      await page.locator('summary', { hasText: 'Charts' }).click()
      await page.locator('canvas').nth(3).waitFor()
    },
  ],
  [
    'entries of the audit with all details',
    async page => {
      await go(page, '/audit?action=search')
      await page.locator('.entry summary').first().waitFor()
      for (const entry of await page.locator('.entry summary').all()) await entry.click()
    },
  ],
  [
    'entries of the audit that are about a customer and show others',
    async page => {
      await go(page, '/audit?action=customerDuplicates')
      await page
        .locator('.entry', { has: page.getByRole('link') })
        .locator('summary')
        .first()
        .waitFor()
    },
  ],
  [
    'the preview of a policy',
    async page => {
      await go(page, '/retention')
      await page.getByText('A court asked').waitFor()
      await page.getByRole('combobox', { name: 'In general', exact: true }).selectOption('after')
      await press(page, 'Preview who leaves')
      await page.getByText('Nobody would leave.').waitFor()
    },
  ],
  ['the question whether to set a policy', page => openDialog(page, 'Set the policy')],
  ['the question whether to run the purge', page => openDialog(page, 'Start a run')],
  [
    'the runs of the purge',
    async page => {
      await openDialog(page, 'Start a run')
      await page.getByRole('dialog').getByRole('button', { name: 'Start a run' }).click()
      await page.locator('.run').waitFor()
    },
  ],
  [
    'the locations',
    async page => {
      await go(page, '/locations')
      await page.locator('.card dl.values').waitFor()
    },
  ],
  [
    'users, with a one-time password',
    async page => {
      await go(page, '/users')
      await page.getByRole('textbox', { name: 'User name (small' }).fill('grace')
      await page.keyboard.press('Enter')
      await page.getByRole('region', { name: 'One-time password of grace' }).waitFor()
    },
  ],
  ['the question whether to reset a password', page => openDialog(page, 'Reset password for grace')],
  ['the question whether to remove a user', page => openDialog(page, 'Remove grace')],
]

describe.each([
  ['of the public page', '', PUBLIC_STATES, false],
  ['of the sign-in', '/app', SIGN_IN_STATES, false],
  ['of the app', '/app', STATES, true],
] as const)(
  'no violation is found in the views %s, in light and dark, in both directions:',
  (_, path, states, isIn) => {
    let opened: WatchedPage
    beforeAll(async () => {
      opened = await openPage(browser, server.url + path, { viewport: { width: 1280, height: 900 } })
      if (isIn) await signIn(opened.page, 'provider')
    })
    afterAll(() => opened.close())

    test.each(states)('%s', async (_, open) => {
      const { page, faults } = opened
      await open(page)
      expect(await findAllViolations(page)).toEqual([])
      // A dialog that a test has opened.
      await page.keyboard.press('Escape')
      expect(faults).toEqual([])
    })
  },
)
