import { execFile } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { afterAll, describe, expect, test } from '@jest/globals'
import { ThreadIndex } from '#adapters/memory-search/thread-index.ts'
import { Unavailable } from '#domain/errors.ts'
import type { IndexEntry } from '#domain/search/port.ts'
import { example, person } from '../../domain/matching/people.ts'
import { candidateIndexContract } from '../candidate-index.ts'
import { rebuildableIndexContract } from '../rebuildable-index.ts'
import { sortedIndexContract } from '../sorted-index.ts'

const execute = promisify(execFile)
const shared = new ThreadIndex()
afterAll(() => shared.close())

/** An empty index: the one of the tests before is replaced. */
async function createIndex(): Promise<ThreadIndex> {
  await shared.promote(await shared.create())
  return shared
}

candidateIndexContract('memory in a thread', createIndex)
rebuildableIndexContract('memory in a thread', createIndex)
sortedIndexContract('memory in a thread', createIndex)

const entry = (id: string, surname: string | null, version = 1): IndexEntry => ({
  id,
  version,
  past: [],
  person: surname === null ? null : person({ surname }),
})

describe('an index in a thread', () => {
  test('refuses searches while it is being filled, with the time after which to try again', async () => {
    const index = await createIndex()
    await index.beginFilling()
    await index.put([entry('c1', 'Alpha')])
    const refused = await index.exact(['alpha'], 5).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(Unavailable)
    expect(refused).toMatchObject({ message: expect.stringContaining('still being filled'), retryAfter: 2 })
    await index.endFilling()
    expect(await index.exact(['alpha'], 5)).toMatchObject([{ id: 'c1' }])
  })

  test('counts words as customers get other names, leave, and are indexed anew', async () => {
    const index = await createIndex()
    const tokens = await index.tokens()
    const counts = () => [tokens.count('alpha'), tokens.count('beta'), tokens.count('gamma'), tokens.total()]
    await index.put([entry('c1', 'Alpha'), entry('c2', 'Alpha'), entry('c3', 'Beta')])
    expect(counts()).toEqual([2, 1, 0, 3])
    await index.put([entry('c1', 'Beta', 2), entry('c3', null, 2)])
    expect(counts()).toEqual([1, 1, 0, 2])
    const name = await index.create()
    await index.put([entry('c1', 'Gamma', 3)], { into: name })
    expect(counts()).toEqual([1, 1, 0, 2])
    await index.promote(name)
    expect(counts()).toEqual([0, 0, 1, 1])
  })

  describe('sends a customer once', () => {
    const find = async (index: ThreadIndex, surname: string) =>
      (await index.candidates([example({ surname })], 5)).flat()

    test('to every search, until it is indexed anew', async () => {
      const index = await createIndex()
      await index.put([entry('c1', 'Alpha'), entry('c2', 'Alpha Beta')])
      const [first] = await find(index, 'Alpha')
      expect(first).toMatchObject({ id: 'c1', person: { surname: 'Alpha' }, past: [] })
      const [again] = await find(index, 'Alpha')
      const [exactly] = await index.exact(['alpha'], 5)
      expect(again?.person).toBe(first?.person)
      expect(exactly?.person).toBe(first?.person)
      await index.put([{ ...entry('c1', 'Alpha Gamma', 2), past: [person({ surname: 'Alpha' })] }])
      const [changed, other] = await index.exact(['alpha'], 5)
      expect(changed).toMatchObject({ id: 'c1', person: { surname: 'Alpha Gamma' }, past: [{ surname: 'Alpha' }] })
      expect(other).toMatchObject({ id: 'c2', person: { surname: 'Alpha Beta' } })
    })

    test('also when searches and changes are sent at once', async () => {
      const index = await createIndex()
      await index.put([entry('c1', 'Alpha')])
      const [before, , after, , last] = await Promise.all([
        find(index, 'Alpha'),
        index.put([entry('c1', 'Alpha Beta', 2)]),
        find(index, 'Alpha'),
        index.put([entry('c1', 'Alpha Beta Gamma', 3)]),
        find(index, 'Alpha'),
      ])
      const surnames = [before, after, last].map(([found]) => found?.person?.surname)
      expect(surnames).toEqual(['Alpha', 'Alpha Beta', 'Alpha Beta Gamma'])
    })

    test('and what another index has of it', async () => {
      const index = await createIndex()
      await index.put([entry('c1', 'Alpha'), entry('c2', 'Alpha')])
      expect(await find(index, 'Alpha')).toHaveLength(2)
      const name = await index.create()
      await index.put([entry('c1', 'Alpha Beta')], { into: name })
      expect(await find(index, 'Alpha')).toMatchObject([{ person: { surname: 'Alpha' } }, { id: 'c2' }])
      await index.promote(name)
      expect(await find(index, 'Alpha')).toMatchObject([{ id: 'c1', person: { surname: 'Alpha Beta' } }])
    })

    test('however many it has sent', async () => {
      const index = await createIndex()
      const [groups, size] = [42, 500]
      for (let group = 0; group < groups; group++)
        await index.put(Array.from({ length: size }, (_, n) => entry(`c${group}-${n}`, `Group${group}`)))
      const groupsOf = async (group: number) => {
        const found = await index.exact([`group${group}`], size)
        return [found.length, ...new Set(found.map(({ person: customer }) => customer?.surname))]
      }
      const all = Array.from({ length: groups }, (_, group) => group)
      for (const group of [...all, ...all]) expect(await groupsOf(group)).toEqual([size, `Group${group}`])
    })
  })

  test('works in its own thread', async () => {
    const index = await createIndex()
    const entries = Array.from({ length: 5000 }, (_, n) => entry(`c${n}`, `Name${n} Other${n}`))
    const [began, before] = [performance.now(), process.threadCpuUsage()]
    await index.put(entries)
    const { user, system } = process.threadCpuUsage(before)
    expect((user + system) / 1000).toBeLessThan((performance.now() - began) / 2)
    expect(await index.candidates([example({ surname: 'Name4999' })], 1)).toMatchObject([[{ id: 'c4999' }]])
  })

  const onLinux = process.platform === 'linux' ? test : test.skip
  onLinux('leaves the processor to the other threads of its process', async () => {
    await createIndex()
    const niceness = async (thread: string) => {
      const stat = await readFile(`/proc/self/task/${thread}/stat`, 'utf8')
      // The name in brackets may have spaces; the 19th value of proc_pid_stat(5) is the 17th after it.
      return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16])
    }
    const own = await niceness(String(process.pid))
    const all = await Promise.all((await readdir('/proc/self/task')).map(niceness))
    expect(all).toContain(own + 5)
  })

  test('fails the calls that it cannot answer any more', async () => {
    const index = new ThreadIndex()
    const call = index.count({ state: 'all' }).catch((error: unknown) => error)
    await index.close()
    expect(await call).toBeInstanceOf(Unavailable)
  })

  test('keeps its process while a call waits, and not longer', async () => {
    const program = `
      import { ThreadIndex } from '#adapters/memory-search/thread-index.ts'
      const index = new ThreadIndex()
      console.log(await index.count({ state: 'all' }))`
    const { stdout } = await execute(process.execPath, ['--eval', program], { timeout: 30_000 })
    expect(stdout).toBe('0\n')
  })

  test('passes on what fails', async () => {
    const index = await createIndex()
    // @ts-expect-error: nobody passes anything else
    await expect(index.put([null])).rejects.toThrow(/null/)
  })
})
