import { expect, test } from '@jest/globals'
import { DisabledIndex } from '#adapters/no-search/disabled-index.ts'
import { Unavailable } from '#domain/errors.ts'

const index = new DisabledIndex()

test('where there is no index, entries are taken and kept nowhere', async () => {
  await index.put()
  expect(await index.getMany()).toEqual([])
})

test.each(['candidates', 'exact', 'tokens', 'listIds', 'create', 'promote'] as const)(
  'and %s is refused, since nobody found is another answer',
  async what => {
    await expect(index[what]()).rejects.toThrow(Unavailable)
  },
)
