import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from '@jest/globals'

const SCRIPT = fileURLToPath(new URL('first-call.mjs', import.meta.url))
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'first-call-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** Measures the first call of a function with this source. */
async function measure(source: string, event = '{}') {
  const file = join(folder, 'handler.mjs')
  await writeFile(file, source)
  const { stdout } = await promisify(execFile)(process.execPath, [SCRIPT, file, event])
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '')
}

/** Keeps the processor busy for this many milliseconds. */
const busy = (ms: number) => `for (const until = performance.now() + ${ms}; performance.now() < until; );`

test('time before the handler is the import, and time in the handler is the call', async () => {
  const {
    import: imported,
    init_ms,
    call,
    failure,
  } = await measure(`${busy(120)} export const handler = async () => { ${busy(40)} }`)
  expect(failure).toBeNull()
  expect(imported.ms).toBeGreaterThanOrEqual(120)
  expect(init_ms).toBeGreaterThan(imported.ms)
  expect(call.ms).toBeGreaterThanOrEqual(40)
  expect(call.ms).toBeLessThan(imported.ms)
})

test.each([
  ['a response of HTTP with an error', 'async () => ({ statusCode: 503 })', 'status 503'],
  ['records that were not processed', 'async () => ({ batchItemFailures: [{}] })', 'records not processed'],
  ['an error', "async () => { throw new TypeError('x') }", 'TypeError'],
])('%s is no successful call', async (_name, handler, failure) => {
  expect(await measure(`export const handler = ${handler}`)).toMatchObject({ failure })
})

test('the function gets the event, and its output is not taken for the result', async () => {
  const source = 'export const handler = async ({ code }) => { console.log("a line"); return { statusCode: code } }'
  expect(await measure(source, '{"code":404}')).toMatchObject({ failure: 'status 404' })
})
