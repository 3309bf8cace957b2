import { mkdir } from 'node:fs/promises'
import axe from 'axe-core'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { chromiumPath } from './chromium.ts'

export const launch = async (...args: string[]): Promise<Browser> =>
  chromium.launch({
    executablePath: await chromiumPath(),
    args: ['--no-sandbox', '--no-zygote', '--disable-gpu', ...args],
  })

/** How long a page may take for a step while other work keeps the machine busy. What must be quick is measured by `npm run bench:web`. */
const TIMEOUT_MS = 30_000

/** A page, and what went wrong on it: script errors and violations of the content security policy. */
export interface WatchedPage {
  page: Page
  faults: string[]
  close(): Promise<void>
}

export async function openPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const context = await browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce', ...options })
  const page = await context.newPage()
  page.setDefaultTimeout(TIMEOUT_MS)
  const faults: string[] = []
  page.on('pageerror', error => faults.push(error.message))
  page.on('console', message => {
    // A refused request is a fault only if the page does not handle it, which the tests see.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) faults.push(message.text())
  })
  await page.goto(url)
  return { page, faults, close: () => context.close() }
}

/** Signs in to the app. The passwords of the demo users are their names. */
export async function signIn(page: Page, user = 'agent', password = user): Promise<void> {
  await page.locator('#username').fill(user)
  await page.locator('#password').fill(password)
  await page.locator('form button[type=submit]').first().click()
}

const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** The violations that axe finds on a page, each with its elements and how to mend them. */
export async function findViolations(page: Page): Promise<string[]> {
  if (!(await page.evaluate("'axe' in globalThis"))) await page.evaluate(axe.source)
  // Only the violations leave the page: what passes is much more.
  return page.evaluate(async tags => {
    // biome-ignore lint/suspicious/noExplicitAny: axe is a global of the page
    const { violations } = await (globalThis as any).axe.run({ runOnly: tags, resultTypes: ['violations'] })
    return violations.map(
      ({ id, nodes }: { id: string; nodes: { html: string; failureSummary: string }[] }) =>
        `${id}: ${nodes.map(it => `${it.html} ${it.failureSummary}`).join(' ')}`,
    )
  }, AXE_TAGS)
}

const SCHEMES = ['light', 'dark'] as const
/** The first is what a page begins with, and ends with. */
const DIRECTIONS = [
  ['en', 'ltr'],
  ['ar', 'rtl'],
] as const
/** How long a page may take to fit a new size of the window. */
const SETTLE_MS = 2000
const NARROW = { width: 390, height: 844 }

/**
 * The violations that axe finds on a page in the state that it is in: in light and dark, from left to right and from right to left. A page that
 * scrolls sideways in a narrow window, or has a field that is wider than its place, violates as well. The page must be in English.
 */
export async function findAllViolations(page: Page): Promise<string[]> {
  const violations: string[] = []
  const language = page.locator('select:has(option[value=ar])')
  for (const [code, direction] of DIRECTIONS) {
    await language.selectOption(code)
    await page.locator(`html[dir=${direction}][lang=${code}]`).waitFor()
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme })
      violations.push(...(await findViolations(page)).map(it => `${colorScheme}, ${direction}: ${it}`))
    }
    await page.emulateMedia({ colorScheme: SCHEMES[0] })
    const size = page.viewportSize()
    await page.setViewportSize(NARROW)
    if (await scrollsSideways(page)) violations.push(`${direction}: is wider than a narrow window`)
    if (await hasOverflowingFields(page)) violations.push(`${direction}, narrow: a field is wider than its place`)
    if (size) await page.setViewportSize(size)
    if (await hasOverflowingFields(page)) violations.push(`${direction}: a field is wider than its place`)
  }
  await language.selectOption(DIRECTIONS[0][0])
  return violations
}

/** Whether an input covers what is beside it. */
const hasOverflowingFields = (page: Page): Promise<boolean> =>
  page.evaluate("[...document.querySelectorAll('.field')].some(it => it.scrollWidth > it.clientWidth)")

const isWiderThanWindow = (page: Page): Promise<boolean> =>
  page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth')

/** Whether something stays wider than the window: charts take its size a moment later. */
export async function scrollsSideways(page: Page): Promise<boolean> {
  const deadline = Date.now() + SETTLE_MS
  while (await isWiderThanWindow(page)) {
    if (Date.now() > deadline) return true
    await page.waitForTimeout(50)
  }
  return false
}

const SCREENSHOTS = process.env.WEB_SCREENSHOTS

/** Opens the menu with the ways to sign out. */
export const openAccount = (page: Page): Promise<void> =>
  page.getByRole('banner').getByRole('button', { name: / at / }).click()

/** Signs out of an app that is in English. */
export async function signOut(page: Page): Promise<void> {
  await openAccount(page)
  await page.getByRole('button', { name: 'Sign out' }).click()
}

/** Stores a picture of the page, or of what its window shows, in the folder that WEB_SCREENSHOTS names, if it names one. */
export async function takeScreenshot(page: Page, name: string, fullPage = true): Promise<void> {
  if (SCREENSHOTS === undefined) return
  await mkdir(SCREENSHOTS, { recursive: true })
  await page.screenshot({ path: `${SCREENSHOTS}/${name}.png`, fullPage })
}

/** The appearances that every view is checked in. */
export const APPEARANCES = [
  { name: 'wide', options: { viewport: { width: 1280, height: 900 } } },
  { name: 'narrow-dark', options: { viewport: { width: 390, height: 844 }, colorScheme: 'dark' } },
  { name: 'arabic', options: { viewport: { width: 1280, height: 900 }, locale: 'ar' } },
  { name: 'german-narrow', options: { viewport: { width: 390, height: 844 }, locale: 'de' } },
] as const satisfies readonly { name: string; options: BrowserContextOptions }[]
