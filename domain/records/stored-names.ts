/** The short names under which members are stored and digested. They never change, whatever the members are called in the code. */

export const VERSION_NAMES = {
  previousValues: 'was',
  predecessor: 'after',
  previousLocal: 'prev',
  statementDigest: 'said',
  historySource: 'history_of',
  sourceOverrides: 'stands',
} as const

export const CURRENT_NAMES = {
  divergedRange: 'forked',
  pending: 'waiting',
  sourceDigests: 'said',
  idempotencyKeys: 'keys',
  stateBeforeExpiry: 'expired',
  purgedClock: 'purged',
} as const

type Names = Readonly<Record<string, string>>

const rename = (names: Names, item: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(item).map(([name, value]) => [names[name] ?? name, value]))

export const toStoredVersion = (version: object) => rename(VERSION_NAMES, version)
export const toStoredCurrent = (row: object) => rename(CURRENT_NAMES, row)
