import { describe, expect, test } from '@jest/globals'
import { toLargest, toOwner } from './process-profile.ts'

describe('the profile of a process', () => {
  test.each([
    ['file:///p/node_modules/@smithy/core/dist-es/index.js', '@smithy/core'],
    ['file:///p/node_modules/a/node_modules/zod/v4/core/util.js', 'zod'],
    ['file:///p/domain/matching/rank.ts', 'domain/matching'],
    ['node:internal/streams/writable', 'node:streams'],
    ['node:net', 'node:net'],
    ['', '(garbage collector)'],
  ])('a function of %s belongs to %s', (url, owner) => {
    expect(toOwner({ functionName: '(garbage collector)', url })).toBe(owner)
  })

  test('has the owners with the most time first, as parts of the time in which the process worked', () => {
    const frame = (functionName: string, url = '') => ({ functionName, url })
    const profile = {
      nodes: [
        { id: 1, callFrame: frame('(idle)') },
        { id: 2, callFrame: frame('a', 'file:///p/node_modules/zod/a.js') },
        { id: 3, callFrame: frame('b', 'file:///p/node_modules/zod/b.js') },
        { id: 4, callFrame: frame('(garbage collector)') },
      ],
      samples: [1, 2, 3, 4],
      timeDeltas: [900, 40, 20, 40],
    }
    expect(toLargest(profile, 2)).toEqual([
      { name: 'zod', share: 0.6 },
      { name: '(garbage collector)', share: 0.4 },
    ])
  })
})
