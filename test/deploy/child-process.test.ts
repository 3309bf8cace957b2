import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { isAlive } from '../e2e/server.ts'
import { until } from '../e2e/until.ts'
import { runProcess, startProcess, stopProcess } from './child-process.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'child-'))
})
afterAll(() => rm(folder, { recursive: true }))

const TIMEOUT_MS = 10_000

test('a process that fails is told by the end of what it said', async () => {
  const log = join(folder, 'failing')
  await expect(runProcess({ command: 'sh', args: ['-c', 'echo told; exit 3'], log })).rejects.toThrow(
    /ended with 3:\ntold/,
  )
})

test('what is ended takes along what it started', async () => {
  const log = join(folder, 'parent')
  const child = startProcess({ command: 'sh', args: ['-c', 'sleep 600 & echo $!; wait'], log })
  const readLog = async () => (await readFile(log, 'utf8')).trim()
  await until(async () => (await readLog()) !== '', TIMEOUT_MS, 'the process of the process')
  const started = Number(await readLog())
  expect(isAlive(started)).toBe(true)
  await stopProcess(child)
  await until(() => !isAlive(started), TIMEOUT_MS, 'it to be gone')
})
