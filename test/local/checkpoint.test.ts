import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { readCheckpoint, writeCheckpoint } from '#local/checkpoint.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'registry-checkpoint-'))
})
afterAll(() => rm(folder, { recursive: true }))

test('a reader continues in the same stream, and starts from the beginning of another', () => {
  expect(readCheckpoint(folder, 'registry', 'stream/1')).toEqual({})
  writeCheckpoint(folder, 'registry', 'stream/1', { shard: '7' })
  writeCheckpoint(folder, 'registry', 'stream/1', { shard: '8' })
  expect(readCheckpoint(folder, 'registry', 'stream/1')).toEqual({ shard: '8' })
  expect(readCheckpoint(folder, 'registry', null)).toEqual({ shard: '8' })
  expect(readCheckpoint(folder, 'registry', 'stream/2')).toEqual({})
  expect(readCheckpoint(folder, 'views', 'stream/1')).toEqual({})
})

test.each([
  ['of an earlier release without a stream is accepted', '{"shard":"5"}', { shard: '5' }],
  ['that is truncated is ignored', '{"stream":"stre', {}],
  ['with other content is ignored', '[1]', {}],
])('a file %s', async (_, text, expected) => {
  await writeFile(join(folder, 'stream-other.json'), text)
  expect(readCheckpoint(folder, 'other', 'stream/1')).toEqual(expected)
})
