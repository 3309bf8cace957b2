import { describe, expect, test } from '@jest/globals'
import type { BatchRow } from '#contract/schemas/batch.ts'
import { Unavailable } from '#domain/errors.ts'
import { Source } from './source.ts'

const people = (count: number): BatchRow[] =>
  Array.from({ length: count }, (_, n) => ({ id: `${n}`, surname: `Lee ${n}` }))

describe('a batch that breaks off', () => {
  test('leaves what was taken, and can be sent again', async () => {
    const source = new Source()
    const commit = source.records.commit.bind(source.records)
    let left = 2
    source.records.commit = async writes => {
      if (left-- <= 0) throw new Unavailable('not now')
      return commit(writes)
    }
    await expect(source.send(people(200))).rejects.toThrow(Unavailable)
    source.records.commit = commit
    await new Promise(setImmediate)
    const { size } = source.records
    expect(size).toBeGreaterThan(0)
    expect(await source.send(people(200))).toMatchObject({ unchanged: size, created: 200 - size, refused: 0 })
  })

  test('writes nothing more once it has ended, also where it failed', async () => {
    const source = new Source()
    const commit = source.records.commit.bind(source.records)
    source.records.commit = async () => {
      source.records.commit = commit
      throw new Unavailable('not now')
    }
    await expect(source.send(people(400))).rejects.toThrow(Unavailable)
    const { size } = source.records
    await new Promise(setImmediate)
    expect(source.records.size).toBe(size)
  })

  /** A batch under a key, whose rows are written but whose end is not. */
  async function broken(rows: readonly BatchRow[]): Promise<Source> {
    const source = new Source()
    const put = source.batches.putBatch.bind(source.batches)
    source.batches.putBatch = async () => {
      throw new Unavailable('not now')
    }
    await expect(source.send(rows, 'people', 'key')).rejects.toThrow(Unavailable)
    source.batches.putBatch = put
    return source
  }

  test('under an idempotency key goes on when it is sent again, and tells what it made of its rows', async () => {
    const rows = [...people(3), { id: '1', surname: 'Park' }]
    const source = await broken(rows)
    expect(await source.send([...rows], 'people', 'key')).toMatchObject({ created: 3, updated: 1, unchanged: 0 })
    expect(source.records.size).toBe(4)
  })

  test('under an idempotency key finds what it wrote after many other keyed changes of the same customer', async () => {
    const rows = [{ id: '0', surname: 'Lee' }]
    const source = await broken(rows)
    for (let n = 0; n < 10; n++) await source.send([{ id: '0', surname: `Park ${n}` }], 'people', `other ${n}`)
    const { results, ...counts } = await source.send(rows, 'people', 'key')
    expect(counts).toMatchObject({ created: 1, updated: 0 })
    expect(await source.customer(results[0]?.id ?? '')).toMatchObject({ surname: 'Park 9' })
  })

  test('under an idempotency key never takes another statement for the one that it made', async () => {
    const source = await broken([{ id: '0', surname: 'Lee' }])
    const again = source.send([{ id: '0', surname: 'Park' }], 'people', 'key')
    const outcome = await again.catch((error: unknown) => error)
    if (outcome instanceof Error) expect(outcome.name).toBe('KeyReused')
    else expect(outcome).not.toMatchObject({ created: 1, refused: 0 })
  })
})
