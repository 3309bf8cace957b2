/**
 * `npm run -s bench:web -- [--customers 50000] [--queries 200] [--data FOLDER]`: measures the web page in Chromium, with a list of generated
 * customers: the bytes of each entry; on a processor that is slowed down four times, how soon the largest element is painted and a field can
 * be used; the time from the last key of a search to its results; the time to append a page to the list; the heap after 200 navigations; and
 * the longest task. `--data` keeps the list for the next measurement. The last line is JSON, times in milliseconds.
 */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs, promisify } from 'node:util'
import type { Browser, Page } from 'playwright-core'
import * as z from 'zod'
import { type Api, apiAt } from '../e2e/api.ts'
import { freePorts } from '../e2e/free-ports.ts'
import { freshFolder, LocalServer } from '../e2e/server.ts'
import { until } from '../e2e/until.ts'
import { launch, signIn } from '../web/browser.ts'
import { readHeap, readLoad, readLongestTask, record, summarize, timeToResults, timeToRow } from './page-timing.ts'
import { round } from './quantiles.ts'
import { addCustomers } from './run-program.ts'

const TIMEOUT_MS = 900_000
const SLOWDOWN = 4
const LOADS = 5
const KEY_MS = 80
const LIST_PAGES = 40
/** As the page has it. */
const PAGE_SIZE = 50
const NAVIGATIONS = 200
/** Views and results are cached by then. */
const NAVIGATIONS_BEFORE = 40
const TARGETS: Readonly<Record<string, number>> = {
  keystroke_p95: 120,
  list_page_p95: 100,
  longest_task: 200,
  heap_growth: 0.1,
}

const { values } = parseArgs({
  options: {
    customers: { type: 'string', default: '50000' },
    queries: { type: 'string', default: '200' },
    data: { type: 'string' },
  },
})
const count = z.coerce.number().int().min(1)
const [customers, queries] = [count.parse(values.customers), count.parse(values.queries)]

/** Reads the size of each entry from the tool that limits it. */
async function readSizes(): Promise<Record<string, number>> {
  const { stdout } = await promisify(execFile)('npx', ['--no-install', 'size-limit', '--json'])
  const sizes = z.array(z.object({ name: z.string(), size: z.number() })).parse(JSON.parse(stdout))
  return Object.fromEntries(sizes.map(({ name, size }) => [name, size]))
}

async function openPage(browser: Browser, url: string, slowdown = 1): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1280, height: 900 } })
  const page = await context.newPage()
  await record(page)
  const session = await context.newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
  await page.goto(url)
  return page
}

async function openApp(browser: Browser, url: string): Promise<Page> {
  const page = await openPage(browser, `${url}/app`)
  await signIn(page)
  await page.locator('#search').waitFor()
  return page
}

/** Loads an entry without a cache, several times. */
async function measureLoads(browser: Browser, url: string) {
  const loads: Awaited<ReturnType<typeof readLoad>>[] = []
  for (let n = 0; n < LOADS; n++) {
    const page = await openPage(browser, url, SLOWDOWN)
    loads.push(await readLoad(page))
    await page.context().close()
  }
  const medianOf = (key: 'lcp' | 'interactive' | 'longestTask') => summarize(loads.map(it => it[key])).p50
  return { lcp: medianOf('lcp'), interactive: medianOf('interactive'), longest_task: medianOf('longestTask') }
}

async function measureKeystrokes(page: Page, texts: readonly string[]) {
  const box = page.locator('#search')
  const times: number[] = []
  for (const text of texts) {
    await box.fill('')
    await box.pressSequentially(text.slice(0, -1), { delay: KEY_MS })
    const [time] = await Promise.all([timeToResults(page, text), box.press(text.slice(-1))])
    times.push(time)
  }
  return summarize(times)
}

async function openList(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Customers', exact: true }).click()
  await page.getByRole('heading', { name: 'Customers', exact: true }).waitFor()
  await page.locator('.hit').nth(1).waitFor()
}

/** Scrolls to the end of the list, again and again. */
async function measureListPages(page: Page) {
  await openList(page)
  const times: number[] = []
  for (let n = 1; n <= LIST_PAGES; n++) times.push(await timeToRow(page, n * PAGE_SIZE))
  return summarize(times)
}

/** Goes to and fro between views by their links. */
async function navigate(page: Page, times: number): Promise<void> {
  for (let n = 0; n < times; n += 4) {
    await page.getByRole('link', { name: 'Search', exact: true }).click()
    await page.locator('.hit a').first().click()
    await page.locator('.timeline > li').first().waitFor()
    await page.getByRole('link', { name: 'New customer', exact: true }).click()
    await page.locator('form .edit-fields input').first().waitFor()
    await openList(page)
  }
}

/**
 * The heap of the page as it grows with navigations. The browser compiles nothing meanwhile: compiled code is in the heap too, and there is more
 * of it the longer a page is used.
 */
async function measureHeap(url: string, text: string) {
  await using browser = await launch('--js-flags=--jitless')
  const page = await openApp(browser, url)
  await page.locator('#search').fill(text)
  await page.locator('.hit').first().waitFor()
  await navigate(page, NAVIGATIONS_BEFORE)
  const before = await readHeap(page)
  await navigate(page, NAVIGATIONS)
  const after = await readHeap(page)
  const megabytes = (bytes: number) => round(bytes / 2 ** 20, 1)
  return { before_mb: megabytes(before), after_mb: megabytes(after), growth: round(after / before - 1, 3) }
}

/** Beginnings of names of the list, as one types them. The last letter is one of every keyboard. */
async function readTexts({ api }: Api, token: string): Promise<string[]> {
  const page = z.object({ items: z.array(z.object({ surname: z.string(), given_name: z.string().nullable() })) })
  const { items } = (await api('GET', '/v1/customers?limit=100', { token })).as(page)
  return Array.from({ length: queries }, (_, n) => {
    const { surname = '', given_name } = items[n % items.length] ?? {}
    const text = n % 2 === 0 ? surname.slice(0, 3 + (n % 4)) : `${surname} ${(given_name ?? '').slice(0, 2)}`
    return text.replace(/[^a-z]+$/i, '')
  })
}

async function measure(url: string, browser: Browser) {
  const client = apiAt(url)
  const token = await client.token('agent')
  const search = { token, body: { q: 'maria' } }
  await until(async () => (await client.api('POST', '/v1/search', search)).status === 200, TIMEOUT_MS, 'the search')
  const texts = await readTexts(client, token)
  const load_slowed_4x = {
    public: await measureLoads(browser, url),
    app: await measureLoads(browser, `${url}/app`),
  }
  const page = await openApp(browser, url)
  await measureKeystrokes(page, texts.slice(0, 20))
  const keystroke = await measureKeystrokes(page, texts)
  const list_page = await measureListPages(page)
  const longest_task = round(await readLongestTask(page), 1)
  await page.context().close()
  const heap = await measureHeap(url, texts[0] ?? '')
  return { customers, bytes: await readSizes(), load_slowed_4x, keystroke, list_page, longest_task, heap }
}

const folder = values.data ?? (await freshFolder())
const isLoaded = existsSync(join(folder, 'loc1', 'tables.db'))
const server = new LocalServer(await freePorts(), folder, { REGISTRY_SAMPLE: '0' })
const browser = await launch()
try {
  await server.run.ready(TIMEOUT_MS)
  const url = `http://127.0.0.1:${server.port}`
  if (!isLoaded) await addCustomers(url, customers)
  const result = await measure(url, browser)
  const { keystroke, list_page, longest_task, heap } = result
  const measured = {
    keystroke_p95: keystroke.p95,
    list_page_p95: list_page.p95,
    longest_task,
    heap_growth: heap.growth,
  }
  for (const [name, value] of Object.entries(measured))
    console.log(`${name}: ${value} (at most ${TARGETS[name]})${value > (TARGETS[name] ?? 0) ? ' MISSED' : ''}`)
  console.log(JSON.stringify(result))
} finally {
  await browser.close()
  await server.end()
  if (values.data === undefined) await rm(folder, { recursive: true })
}
