import { afterAll, expect, test } from '@jest/globals'
import { Cluster } from '#adapters/opensearch/cluster.ts'
import { OpenSearchLineIndex } from '#adapters/opensearch/line-index.ts'
import type { Line } from '#domain/ports.ts'
import { askEngine, describeWithOpenSearch, freshAlias, sweep } from './engine.ts'

const line = (id: string, minute: string): Line => ({
  kind: 'customer',
  id,
  valid_from: '2020-01-01T00:00:00.000Z',
  recorded_at: `2026-11-21T04:${minute}:00.000Z`,
  location: 'loc1',
  ...{ action: 'update', actor: 'agent', digest: 'digest' },
})

describeWithOpenSearch('the index of lines', url => {
  afterAll(sweep)

  test('holds each line once, however often it comes, to be counted by its members', async () => {
    const alias = freshAlias()
    const lines = new OpenSearchLineIndex(new Cluster({ url }), alias)
    await lines.putLines([line('c1', '00'), line('c2', '01')])
    await lines.putLines([line('c2', '01'), line('c1', '02')])
    await lines.putLines([])
    await askEngine('POST', `/${alias}/_refresh`)
    const answer = await askEngine('POST', `/${alias}/_search`, {
      sort: [{ recorded_at: 'asc' }],
      query: { range: { recorded_at: { gte: '2026-11-21T04:01:00Z' } } },
    })
    expect(answer).toMatchObject({ hits: { total: { value: 2 } } })
    const { hits } = answer.hits as { hits: { _source: Line }[] }
    expect(hits.map(({ _source }) => _source)).toEqual([line('c2', '01'), line('c1', '02')])
  })
})
