import { expect, test } from '@jest/globals'
import { NoIndex } from '#adapters/no-search/no-index.ts'
import { Unavailable } from '#domain/errors.ts'

const index = new NoIndex()

test('where there is no index, entries are taken and kept nowhere', async () => {
  await index.put()
  expect(await index.held()).toEqual([])
})

test.each(['candidates', 'exact', 'tokens', 'listed', 'begin', 'adopt'] as const)(
  'and %s is refused, since nobody found is another answer',
  async what => {
    await expect(index[what]()).rejects.toThrow(Unavailable)
  },
)
