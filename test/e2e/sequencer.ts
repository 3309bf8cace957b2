import { basename } from 'node:path'

/** Tests that read the whole list run before tests that make it long. */
const FIRST = ['list', 'bad-input', 'audit', 'customers', 'duplicates', 'lookup', 'search', 'fields', 'operations']

/** A fixed order of test files that share a list. */
export default class Sequencer {
  sort<T extends { path: string }>(tests: T[]): T[] {
    const toSortKey = ({ path }: T) => {
      const name = basename(path, '.test.ts')
      const first = FIRST.indexOf(name)
      return `${String(first < 0 ? FIRST.length : first).padStart(2, '0')} ${name}`
    }
    return tests.toSorted((a, b) => (toSortKey(a) < toSortKey(b) ? -1 : 1))
  }

  shard<T>(tests: T[]): T[] {
    return tests
  }

  allFailedTests<T>(tests: T[]): T[] {
    return tests
  }

  cacheResults(): void {}
}
