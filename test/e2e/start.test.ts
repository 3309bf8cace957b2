import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterEach, expect, test } from '@jest/globals'
import { freePort } from '#local/free-port.ts'
import { describeOwnServer } from './own-server.ts'
import { freshFolder, Run, startServer, toOwn } from './server.ts'

describeOwnServer('a start that cannot be is told in one line:', () => {
  const folders: string[] = []
  const folder = async () => {
    const one = await freshFolder()
    folders.push(one)
    return one
  }
  afterEach(async () => {
    for (const one of folders.splice(0)) await rm(one, { recursive: true, force: true })
  })

  /** One line on stderr that says it all, nothing on stdout, and a code that is not 0. */
  async function expectOneLine(environment: Record<string, string>, ...words: string[]) {
    const { code, stdout, stderr } = await new Run(environment).exit
    expect({ code, stdout, lines: stderr.trim().split('\n').length, stderr }).toMatchObject({
      code: 1,
      stdout: '',
      lines: 1,
    })
    for (const word of words) expect(stderr).toContain(word)
    expect(stderr).not.toMatch(/\.[tj]s:\d|\bat /)
  }

  test('a busy port, and the engine is not left behind', async () => {
    const busy = createServer().listen(0, '127.0.0.1')
    await once(busy, 'listening')
    const address = busy.address()
    const port = String(typeof address === 'object' ? address?.port : '')
    const data = await folder()
    await expectOneLine({ REGISTRY_PORT: port, REGISTRY_DATA: data }, port, 'REGISTRY_PORT')
    expect(existsSync(join(data, 'loc1', 'lock.json'))).toBe(false)
    busy.close()
    await once(busy, 'close')
    const run = new Run({ REGISTRY_PORT: port, REGISTRY_DATA: data })
    await run.ready()
    run.signal('SIGINT')
    expect((await run.exit).code).toBe(0)
  })

  test('a data folder in use, and its owner goes on', async () => {
    const server = await startServer()
    const own = toOwn(server)
    try {
      await expectOneLine(
        { REGISTRY_PORT: String(await freePort()), REGISTRY_DATA: own.folder },
        own.folder,
        'REGISTRY_DATA',
        String(own.run.pid),
      )
      expect((await server.api('GET', '/ping')).status).toBe(200)
    } finally {
      await server.stop()
    }
  })

  test('a missing table engine', async () => {
    // As on a machine for which there is no package: its name cannot be resolved, and none is on the path.
    const hide =
      "import { registerHooks } from 'node:module'; registerHooks({ resolve(name, context, next) { if (name.startsWith('@dynoxide/')) throw new Error('there is none'); return next(name, context) } })"
    const environment = {
      REGISTRY_PORT: String(await freePort()),
      REGISTRY_DATA: await folder(),
      PATH: '/nowhere',
      NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(hide)}`,
    }
    await expectOneLine(environment, 'table engine', 'DYNAMODB_ENDPOINT', process.platform)
  })

  test.each([
    ['a port that is none', { REGISTRY_PORT: 'abc' }, ['REGISTRY_PORT']],
    ['a port out of range', { REGISTRY_PORT: '70000' }, ['REGISTRY_PORT']],
    [
      'several wrong variables',
      { REGISTRY_SAMPLE: 'yes', REGISTRY_SEARCH_LIMIT: '0', REGISTRY_LOOKUP_BUDGET: '-1' },
      ['REGISTRY_SAMPLE', 'REGISTRY_SEARCH_LIMIT', 'REGISTRY_LOOKUP_BUDGET'],
    ],
    ['an endpoint that is no URL', { DYNAMODB_ENDPOINT: 'localhost' }, ['DYNAMODB_ENDPOINT']],
  ])('%s', async (_, environment, words) => {
    const data = await folder()
    await expectOneLine({ REGISTRY_DATA: data, ...environment }, ...words)
    expect(existsSync(join(data, 'loc1'))).toBe(false)
  })

  test('a data folder that is a file', async () => {
    const data = join(await folder(), 'file')
    await writeFile(data, '')
    await expectOneLine({ REGISTRY_PORT: String(await freePort()), REGISTRY_DATA: data }, data)
  })

  test('an endpoint where nothing answers', async () => {
    const endpoint = `http://127.0.0.1:${await freePort()}`
    await expectOneLine(
      { REGISTRY_PORT: String(await freePort()), REGISTRY_DATA: await folder(), DYNAMODB_ENDPOINT: endpoint },
      endpoint,
    )
  })
})
