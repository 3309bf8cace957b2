import { afterAll, beforeEach, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { Cluster } from '#adapters/opensearch/cluster.ts'
import { DocumentsRefused } from '#adapters/opensearch/errors.ts'
import { OpenSearchIndex } from '#adapters/opensearch/opensearch-index.ts'
import { CUSTOMERS } from '#adapters/opensearch/template.ts'
import { Unavailable } from '#domain/errors.ts'
import type { IndexEntry } from '#domain/search/port.ts'
import { example, person } from '../../domain/matching/people.ts'
import { askEngine, deleteTestIndexes, describeWithOpenSearch, freshAlias, freshIndex } from './engine.ts'
import { EngineProxy } from './engine-proxy.ts'

const MAX_BYTES = 5_000_000

const entry = (id: string, version: number, surname: string | null): IndexEntry => ({
  id,
  version,
  person: surname === null ? null : person({ surname }),
  past: [],
})

describeWithOpenSearch('a write to OpenSearch', url => {
  const cluster = new Cluster({ url })
  let index: OpenSearchIndex

  beforeEach(async () => {
    index = await freshIndex(cluster)
  })
  afterAll(deleteTestIndexes)

  const findIds = async (word: string) => (await index.exact([word], 1000)).map(({ id }) => id)

  test('keeps the newest version for any order and repetition', async () => {
    let customer = 0
    const versionsArbitrary = fc.uniqueArray(
      fc.record({ version: fc.integer({ min: 1, max: 9 }), surname: fc.constantFrom('Alpha', 'Beta', null) }),
      { selector: ({ version }) => version, minLength: 1, maxLength: 6 },
    )
    const orders = versionsArbitrary.chain(versions =>
      fc.tuple(fc.constant(versions), fc.array(fc.constantFrom(...versions), { maxLength: 9 })),
    )
    await fc.assert(
      fc.asyncProperty(orders, async ([versions, repeats]) => {
        const id = `c${++customer}`
        for (const { version, surname } of [...repeats, ...versions, ...repeats])
          await index.put([entry(id, version, surname)])
        const newest = versions.toSorted((a, b) => b.version - a.version)[0]
        expect(await index.getMany([id])).toEqual([entry(id, newest?.version ?? 0, newest?.surname ?? null)])
      }),
      { numRuns: 25 },
    )
  })

  test('stores all but refused documents, and the error counts them without naming customers', async () => {
    const secret = 'Zanzibar'
    const invalid = { ...entry('c2', 1, secret), person: person({ surname: secret, type: 'T'.repeat(40_000) }) }
    const error = await index.put([entry('c1', 1, 'Alpha'), invalid, entry('c3', 1, 'Beta')], { visible: true }).then(
      () => null,
      (error: unknown) => error,
    )
    expect(error).toBeInstanceOf(DocumentsRefused)
    expect(String(error)).toMatch(/1 of 3 documents were refused.*\w+ \(1\)/)
    expect(String(error)).not.toMatch(/Zanzibar|TTT|c2/)
    await index.put([], { visible: true })
    expect([await findIds('alpha'), await findIds('beta')]).toEqual([['c1'], ['c3']])
  })

  test('to a blocked index fails instead of being lost', async () => {
    await index.put([entry('c1', 1, 'Alpha')], { visible: true })
    const [name = ''] = Object.keys(await askEngine('GET', `/${index.alias}/_alias`))
    await askEngine('PUT', `/${name}/_settings`, { 'index.blocks.write': true })
    await expect(index.put([entry('c2', 1, 'Beta')])).rejects.toThrow(/cluster_block_exception/)
    await askEngine('PUT', `/${name}/_settings`, { 'index.blocks.write': null })
    await index.put([entry('c2', 1, 'Beta')], { visible: true })
    expect(await index.listIds(null, 5)).toEqual(['c1', 'c2'])
  })

  test('is split into requests that the engine accepts', async () => {
    const proxy = await new EngineProxy(url).open()
    const proxiedIndex = await freshIndex(new Cluster({ url: proxy.url }))
    const large = Array.from({ length: 6 }, (_, n) => ({
      ...entry(`c${n}`, 1, 'Alpha'),
      past: Array.from({ length: 100 }, () => person({ surname: 'Beta', details: { note: 'x'.repeat(10_000) } })),
    }))
    const many = Array.from({ length: 2500 }, (_, n) => entry(`m${n}`, 1, 'Gamma'))
    await proxiedIndex.put([...large, ...many], { visible: true })
    const bodies = proxy.sent.filter(({ path }) => path.includes('_bulk')).map(({ body }) => body)
    expect(Math.max(...bodies.map(body => Buffer.byteLength(body)))).toBeLessThanOrEqual(MAX_BYTES)
    expect(Math.max(...bodies.map(body => body.split('\n').length / 2))).toBeLessThanOrEqual(1000.5)
    expect((await proxiedIndex.tokens()).total()).toBe(2506)
    expect(await proxiedIndex.getMany(['c5'])).toEqual([large[5]])
    await proxy.close()
  })
})

describeWithOpenSearch('an index in OpenSearch', url => {
  const cluster = new Cluster({ url })
  afterAll(deleteTestIndexes)

  test('is created once by concurrent processes', async () => {
    const alias = freshAlias()
    const processes = Array.from({ length: 5 }, () => new OpenSearchIndex(new Cluster({ url }), alias, 0))
    await Promise.all(processes.map((index, n) => index.put([entry(`c${n}`, 1, 'Alpha')], { visible: true })))
    expect(Object.keys(await askEngine('GET', `/${alias}/_alias`))).toEqual([`${alias}-v${CUSTOMERS.version}-0`])
    const entries = await processes[0]?.getMany(['c0', 'c1', 'c2', 'c3', 'c4'])
    expect(entries?.map(({ id }) => id)).toEqual(['c0', 'c1', 'c2', 'c3', 'c4'])
  })

  test('accepts only the fields of its template', async () => {
    const index = await freshIndex(cluster)
    await index.put([entry('c1', 1, 'Alpha')])
    expect(await askEngine('PUT', `/${index.alias}/_doc/c2`, { unknown: 1 })).toMatchObject({ status: 400 })
  })

  test('that was deleted accepts writes but answers only after a rebuild, never with partial results', async () => {
    const index = await freshIndex(cluster)
    await index.put([entry('c1', 1, 'Alpha')], { visible: true })
    await askEngine('DELETE', `/${index.alias}-v*`)
    await index.put([entry('c2', 1, 'Alpha')], { visible: true })
    for (const read of [
      () => index.candidates([example({ surname: 'Alpha' })], 5),
      () => index.exact(['alpha'], 5),
      () => index.tokens(),
      () => index.listIds(null, 5),
    ])
      await expect(read()).rejects.toThrow(Unavailable)
    const name = await new OpenSearchIndex(cluster, index.alias).create()
    await index.put([entry('c1', 1, 'Alpha'), entry('c2', 1, 'Alpha')], { into: name })
    await new OpenSearchIndex(cluster, index.alias).promote(name)
    expect(await index.listIds(null, 5)).toEqual(['c1', 'c2'])
  })

  test('with an older template must be rebuilt before it is used', async () => {
    const alias = freshAlias()
    await askEngine('PUT', `/${alias}-v0-7`, { aliases: { [alias]: {} } })
    const index = new OpenSearchIndex(cluster, alias, 0)
    await expect(index.put([entry('c1', 1, 'Alpha')])).rejects.toThrow(Unavailable)
    await expect(index.exact(['alpha'], 5)).rejects.toThrow(Unavailable)
    const name = await index.create()
    await index.put([entry('c1', 1, 'Alpha')], { into: name })
    await index.promote(name)
    expect(await index.listIds(null, 5)).toEqual(['c1'])
    expect(Object.keys(await askEngine('GET', `/${alias}-v*`))).toEqual([name])
  })

  describe('next to an index with a similar name', () => {
    test('leaves the other index unchanged', async () => {
      const alias = freshAlias()
      const [index, neighbour] = await Promise.all([alias, `${alias}-v2`].map(name => freshIndex(cluster, name)))
      await neighbour?.put([entry('c1', 1, 'Alpha')], { visible: true })
      const name = (await index?.create()) ?? ''
      await index?.promote(name)
      await index?.create()
      expect(await neighbour?.listIds(null, 5)).toEqual(['c1'])
    })
  })
})
