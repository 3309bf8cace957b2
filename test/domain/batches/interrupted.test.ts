import { describe, expect, test } from '@jest/globals'
import type { BatchRow } from '#contract/schemas/batch.ts'
import { Unavailable } from '#domain/errors.ts'
import { BatchSource } from './source.ts'

const people = (count: number): BatchRow[] =>
  Array.from({ length: count }, (_, n) => ({ id: `${n}`, surname: `Lee ${n}` }))

describe('an interrupted batch', () => {
  test('keeps the rows already written, and can be sent again', async () => {
    const source = new BatchSource()
    const commit = source.records.commit.bind(source.records)
    let remaining = 2
    source.records.commit = async writes => {
      if (remaining-- <= 0) throw new Unavailable('not now')
      return commit(writes)
    }
    await expect(source.send(people(200))).rejects.toThrow(Unavailable)
    source.records.commit = commit
    await new Promise(setImmediate)
    const { size } = source.records
    expect(size).toBeGreaterThan(0)
    expect(await source.send(people(200))).toMatchObject({ unchanged: size, created: 200 - size, refused: 0 })
  })

  test('writes nothing after it failed', async () => {
    const source = new BatchSource()
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

  /** Sends a batch under an idempotency key. Its rows are written, but the batch itself is not stored. */
  async function interruptBeforeBatchIsStored(rows: readonly BatchRow[]): Promise<BatchSource> {
    const source = new BatchSource()
    const put = source.batches.putBatch.bind(source.batches)
    source.batches.putBatch = async () => {
      throw new Unavailable('not now')
    }
    await expect(source.send(rows, 'people', 'key')).rejects.toThrow(Unavailable)
    source.batches.putBatch = put
    return source
  }

  test('under an idempotency key continues when it is sent again, and reports the outcome of every row', async () => {
    const rows = [...people(3), { id: '1', surname: 'Park' }]
    const source = await interruptBeforeBatchIsStored(rows)
    expect(await source.send([...rows], 'people', 'key')).toMatchObject({ created: 3, updated: 1, unchanged: 0 })
    expect(source.records.size).toBe(4)
  })

  test('under an idempotency key finds its own versions after many other keyed changes of the same customer', async () => {
    const rows = [{ id: '0', surname: 'Lee' }]
    const source = await interruptBeforeBatchIsStored(rows)
    for (let n = 0; n < 10; n++) await source.send([{ id: '0', surname: `Park ${n}` }], 'people', `other ${n}`)
    const { results, ...counts } = await source.send(rows, 'people', 'key')
    expect(counts).toMatchObject({ created: 1, updated: 0 })
    expect(await source.customer(results[0]?.id ?? '')).toMatchObject({ surname: 'Park 9' })
  })

  test('under an idempotency key never mistakes another row for its own', async () => {
    const source = await interruptBeforeBatchIsStored([{ id: '0', surname: 'Lee' }])
    const resent = source.send([{ id: '0', surname: 'Park' }], 'people', 'key')
    const outcome = await resent.catch((error: unknown) => error)
    if (outcome instanceof Error) expect(outcome.name).toBe('KeyReused')
    else expect(outcome).not.toMatchObject({ created: 1, refused: 0 })
  })
})
