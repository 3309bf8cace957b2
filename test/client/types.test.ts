import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from '@jest/globals'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const EXPECTED = '// @ts-expect-error'

/** Compiles a text as a file in a new folder under test/ and returns the compiler's output. */
async function compile(text: string): Promise<string> {
  const folder = await mkdtemp(`${ROOT}test/compile-`)
  try {
    await writeFile(`${folder}/mistakes.ts`, text)
    await writeFile(
      `${folder}/tsconfig.json`,
      JSON.stringify({ extends: '../../tsconfig.json', include: ['mistakes.ts'] }),
    )
    const compiler = promisify(execFile)(`${ROOT}node_modules/.bin/tsc`, ['--project', folder], { cwd: ROOT })
    return await compiler.then(
      ({ stdout }) => stdout,
      (error: { stdout: string }) => error.stdout,
    )
  } finally {
    await rm(folder, { recursive: true })
  }
}

test('the compiler refuses every mistake in the use of the client', async () => {
  const source = await readFile(new URL('mistakes.ts', import.meta.url), 'utf8')
  const mistakes = source.split(EXPECTED).length - 1
  const reports = await compile(source.replaceAll(EXPECTED, '//'))
  expect(mistakes).toBeGreaterThan(0)
  expect(reports.match(/^\S+\(\d+,\d+\): error TS/gm)).toHaveLength(mistakes)
})
