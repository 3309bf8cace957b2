import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import { findDifferences, readStatedShares } from './stated-shares.ts'

const DOCUMENT = `Text.

| operation | per second | cpu share |
|---|---|---|
| get | 500 | 0.25 |
| list | 100 | 0.05 |
| purge | | |

| other | value |
|---|---|
| create | 7 |
`

describe('the shares that a document states', () => {
  test('are those of the column of shares, wherever it is', () => {
    expect([...readStatedShares(DOCUMENT)]).toEqual([
      ['get', 0.25],
      ['list', 0.05],
    ])
  })

  test('differ if the larger one is more than a factor above the other one, in either direction', () => {
    const measured = new Map([
      ['get', 0.1],
      ['list', 0.11],
    ])
    const differences = findDifferences(readStatedShares(DOCUMENT), measured, 2.3)
    expect(differences).toEqual([{ name: 'get', stated: 0.25, measured: 0.1, factor: 2.5 }])
  })

  test('are missing for an operation without a row', () => {
    expect(findDifferences(readStatedShares(DOCUMENT), new Map([['create', 0.1]]), 2)).toEqual([
      { name: 'create', stated: null, measured: 0.1, factor: null },
    ])
  })

  test('in docs/performance.md are of each measured operation', () => {
    const file = fileURLToPath(new URL('../../docs/performance.md', import.meta.url))
    const operations = [
      'get',
      'list',
      'exact',
      'q',
      'fuzzy',
      'as_of',
      'history',
      'diff',
      'lookup',
      'buy',
      'update',
      'create',
    ]
    expect([...readStatedShares(readFileSync(file, 'utf8')).keys()]).toEqual(expect.arrayContaining(operations))
  })
})
