import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { isAlive } from '../e2e/server.ts'
import { until } from '../e2e/until.ts'
import { begin, end, run } from './child.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'child-'))
})
afterAll(() => rm(folder, { recursive: true }))

const BOUND = 10_000

test('a process that fails is told by the end of what it said', async () => {
  const log = join(folder, 'failing')
  await expect(run({ command: 'sh', args: ['-c', 'echo told; exit 3'], log })).rejects.toThrow(/ended with 3:\ntold/)
})

test('what is ended takes along what it started', async () => {
  const log = join(folder, 'parent')
  const child = begin({ command: 'sh', args: ['-c', 'sleep 600 & echo $!; wait'], log })
  const said = async () => (await readFile(log, 'utf8')).trim()
  await until(async () => (await said()) !== '', BOUND, 'the process of the process')
  const started = Number(await said())
  expect(isAlive(started)).toBe(true)
  await end(child)
  await until(() => !isAlive(started), BOUND, 'it to be gone')
})
