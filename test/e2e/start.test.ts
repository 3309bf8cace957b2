import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterEach, expect, test } from '@jest/globals'
import { describeLocalServer } from './conditional-tests.ts'
import { freePorts } from './free-ports.ts'
import { freshFolder, getLocalServer, ServerProcess, startServer } from './server.ts'

describeLocalServer('a failed start prints one line:', () => {
  const folders: string[] = []
  const folder = async () => {
    const path = await freshFolder()
    folders.push(path)
    return path
  }
  afterEach(async () => {
    for (const path of folders.splice(0)) await rm(path, { recursive: true, force: true })
  })

  /** Expects one line on stderr that contains the words, nothing on stdout, and exit code 1. */
  async function expectOneLine(environment: Record<string, string>, ...words: string[]) {
    const { code, stdout, stderr } = await new ServerProcess(environment).exit
    expect({ code, stdout, lines: stderr.trim().split('\n').length, stderr }).toMatchObject({
      code: 1,
      stdout: '',
      lines: 1,
    })
    for (const word of words) expect(stderr).toContain(word)
    expect(stderr).not.toMatch(/\.[tj]s:\d|\bat /)
  }

  test('a busy port, without leaving the engine running', async () => {
    const busy = createServer().listen(0, '127.0.0.1')
    await once(busy, 'listening')
    const address = busy.address()
    const port = String(typeof address === 'object' ? address?.port : '')
    const data = await folder()
    await expectOneLine({ REGISTRY_PORT: port, REGISTRY_DATA: data }, port, 'REGISTRY_PORT')
    expect(existsSync(join(data, 'loc1', 'lock.json'))).toBe(false)
    busy.close()
    await once(busy, 'close')
    const run = new ServerProcess({ REGISTRY_PORT: port, REGISTRY_DATA: data })
    await run.ready()
    run.signal('SIGINT')
    expect((await run.exit).code).toBe(0)
  })

  test('a data folder in use, whose owner keeps running', async () => {
    const server = await startServer()
    const local = getLocalServer(server)
    try {
      await expectOneLine(
        { REGISTRY_PORT: String(await freePorts()), REGISTRY_DATA: local.folder },
        local.folder,
        'REGISTRY_DATA',
        String(local.run.pid),
      )
      expect((await server.api('GET', '/ping')).status).toBe(200)
    } finally {
      await server.stop()
    }
  })

  test('a missing table engine', async () => {
    // Simulates a machine without the engine's package: it cannot be resolved and is not on the path.
    const importHook =
      "import { registerHooks } from 'node:module'; registerHooks({ resolve(name, context, next) { if (name.startsWith('@dynoxide/')) throw new Error('there is none'); return next(name, context) } })"
    const environment = {
      REGISTRY_PORT: String(await freePorts()),
      REGISTRY_DATA: await folder(),
      PATH: '/nowhere',
      NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(importHook)}`,
    }
    await expectOneLine(environment, 'table engine', 'DYNAMODB_ENDPOINT', process.platform)
  })

  test.each([
    ['an invalid port', { REGISTRY_PORT: 'abc' }, ['REGISTRY_PORT']],
    ['a port out of range', { REGISTRY_PORT: '70000' }, ['REGISTRY_PORT']],
    [
      'several invalid variables',
      { REGISTRY_SAMPLE: 'yes', REGISTRY_SEARCH_LIMIT: '0', REGISTRY_LOOKUP_BUDGET: '-1' },
      ['REGISTRY_SAMPLE', 'REGISTRY_SEARCH_LIMIT', 'REGISTRY_LOOKUP_BUDGET'],
    ],
    ['an endpoint that is not a URL', { DYNAMODB_ENDPOINT: 'localhost' }, ['DYNAMODB_ENDPOINT']],
  ])('%s', async (_, environment, words) => {
    const data = await folder()
    await expectOneLine({ REGISTRY_DATA: data, ...environment }, ...words)
    expect(existsSync(join(data, 'loc1'))).toBe(false)
  })

  test('a data folder that is a file', async () => {
    const data = join(await folder(), 'file')
    await writeFile(data, '')
    await expectOneLine({ REGISTRY_PORT: String(await freePorts()), REGISTRY_DATA: data }, data)
  })

  test('an unreachable endpoint', async () => {
    const endpoint = `http://127.0.0.1:${await freePorts()}`
    await expectOneLine(
      { REGISTRY_PORT: String(await freePorts()), REGISTRY_DATA: await folder(), DYNAMODB_ENDPOINT: endpoint },
      endpoint,
    )
  })
})
