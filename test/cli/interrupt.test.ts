import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { startServer, type TestServer } from '../e2e/server.ts'
import { type Failure, FlakyProxy } from './flaky-proxy.ts'
import { Folder, runRegistry } from './run.ts'

let server: TestServer
let proxy: FlakyProxy
let folder: Folder

beforeAll(async () => {
  ;[server, folder] = await Promise.all([startServer({ REGISTRY_SAMPLE: '0' }), Folder.create()])
  proxy = await new FlakyProxy(server.url).open()
})
afterAll(async () => {
  await proxy.close()
  await Promise.all([server.stop(), folder.remove()])
})

test('Ctrl-C says how far it came, and the next run does the rest', async () => {
  const rows = Array.from({ length: 1001 }, (_, n) => `${n},Interrupted ${n}\n`).join('')
  const file = await folder.write('long.csv', `id,surname\n${rows}`)
  let answered = 0
  const lost = Array.from({ length: 100 }, (): Failure => 'lost request')
  const main = fileURLToPath(new URL('../../cli/main.ts', import.meta.url))
  const child = spawn(
    process.execPath,
    [main, 'ingest', file, '--source', 'i', '--url', proxy.url, '--parallel', '1'],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  // After the first batch no request arrives any more, so that the command waits to try again.
  proxy.onResponse = async path => {
    if (path !== '/v1/batches' || ++answered > 1) return
    proxy.reset('/v1/batches', lost)
    child.kill('SIGINT')
    // npm passes on a signal that the terminal sends as well.
    child.kill('SIGINT')
  }
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const [code] = await once(child, 'close')
  expect(code).toBe(130)
  expect(stderr).toMatch(
    /long\.csv: stopped: \d+ rows were answered; run it again for the rest: those change nothing\n$/,
  )
  proxy.reset('', [])
  const { stdout } = await runRegistry(['ingest', file, '--source', 'i', '--url', server.url])
  const { created, unchanged } = JSON.parse(stdout)
  expect(unchanged).toBeGreaterThanOrEqual(500)
  expect(created + unchanged).toBe(1001)
})
