import { expect, test } from '@jest/globals'
import { DisabledIndex } from '#adapters/no-search/disabled-index.ts'
import { Unavailable } from '#domain/errors.ts'

const index = new DisabledIndex()

test('a disabled index accepts entries and stores none', async () => {
  await index.put()
  expect(await index.getMany()).toEqual([])
})

test.each(['candidates', 'exact', 'tokens', 'listIds', 'create', 'promote'] as const)(
  '%s throws Unavailable, since an empty result would be wrong',
  async operation => {
    await expect(index[operation]()).rejects.toThrow(Unavailable)
  },
)
