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

test('a failed process is reported with the end of its output', async () => {
  const log = join(folder, 'failing')
  await expect(runProcess({ command: 'sh', args: ['-c', 'echo told; exit 3'], log })).rejects.toThrow(
    /ended with 3:\ntold/,
  )
})

test('stopping a process also stops its children', async () => {
  const log = join(folder, 'parent')
  const child = startProcess({ command: 'sh', args: ['-c', 'sleep 600 & echo $!; wait'], log })
  const readLog = async () => (await readFile(log, 'utf8')).trim()
  await until(async () => (await readLog()) !== '', TIMEOUT_MS, 'the child process')
  const childPid = Number(await readLog())
  expect(isAlive(childPid)).toBe(true)
  await stopProcess(child)
  await until(() => !isAlive(childPid), TIMEOUT_MS, 'the child process to exit')
})
