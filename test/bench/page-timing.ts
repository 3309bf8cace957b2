import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import * as z from 'zod'
import { until } from '../e2e/until.ts'
import { atQuantile, round } from './quantiles.ts'

const RECORDER = fileURLToPath(new URL('page-recorder.js', import.meta.url))
/** Without a long task for so long, a page has become interactive. */
const QUIET_MS = 1500
const TIMEOUT_MS = 60_000

const recorder = z.object({
  longestTask: z.number(),
  lastTaskEnd: z.number(),
  largestPaint: z.number(),
  inputAt: z.number(),
})
const milliseconds = z.number()

/** Makes a page record its long tasks (from 50 ms), its largest paint and its first input field, from its start. */
export async function record(page: Page): Promise<void> {
  await page.addInitScript({ path: RECORDER })
}

const readRecorder = async (page: Page) => recorder.parse(await page.evaluate('recorder'))

/** The longest task so far, in milliseconds; 0 if none was long. */
export const readLongestTask = async (page: Page): Promise<number> => (await readRecorder(page)).longestTask

/** The milliseconds from the navigation to the largest paint, and to when a field can be filled in and no long task delays that. */
export async function readLoad(page: Page): Promise<{ lcp: number; interactive: number; longestTask: number }> {
  const isQuiet = async () =>
    page.evaluate(
      `recorder.inputAt > 0 && performance.now() - Math.max(recorder.inputAt, recorder.lastTaskEnd) > ${QUIET_MS}`,
    )
  await until(async () => (await isQuiet()) === true, TIMEOUT_MS, 'the page to be quiet')
  const { largestPaint, inputAt, lastTaskEnd, longestTask } = await readRecorder(page)
  return { lcp: largestPaint, interactive: Math.max(inputAt, lastTaskEnd), longestTask }
}

/** Resolves, when the search box has this text and its results are painted, to the time since the last key. */
export const timeToResults = async (page: Page, text: string): Promise<number> =>
  milliseconds.parse(await page.evaluate(`timeToResults(${JSON.stringify(text)})`))

/** Scrolls to the end of the list until there is a row of this index, and resolves when that is painted to the time since then. */
export const timeToRow = async (page: Page, index: number): Promise<number> =>
  milliseconds.parse(await page.evaluate(`timeToRow(${index})`))

export function summarize(times: readonly number[]) {
  const sorted = times.toSorted((a, b) => a - b)
  const at = (quantile: number) => round(atQuantile(sorted, quantile), 1)
  return { p50: at(0.5), p95: at(0.95), max: at(1) }
}

/** The heap of a page after a garbage collection, in bytes. */
export async function readHeap(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.enable')
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  await session.detach()
  return usedSize
}
