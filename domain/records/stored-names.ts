/** The short names under which members are stored and digested. They never change, whatever the members are called in the code. */

const VERSION_NAMES = {
  previousValues: 'was',
  predecessor: 'after',
  previousLocal: 'prev',
  statementDigest: 'said',
  historySource: 'history_of',
  sourceOverrides: 'stands',
} as const

const CURRENT_NAMES = {
  divergedRange: 'forked',
  pending: 'waiting',
  sourceDigests: 'said',
  idempotencyKeys: 'keys',
  stateBeforeExpiry: 'expired',
  purgedClock: 'purged',
} as const

type Names = Readonly<Record<string, string>>

const invert = (names: Names): Names =>
  Object.fromEntries(Object.entries(names).map(([name, stored]) => [stored, name]))

const rename = (names: Names, item: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(item).map(([name, value]) => [names[name] ?? name, value]))

const VERSION_MEMBERS = invert(VERSION_NAMES)
const CURRENT_MEMBERS = invert(CURRENT_NAMES)

export const toStoredVersion = (version: object) => rename(VERSION_NAMES, version)
export const fromStoredVersion = (stored: object) => rename(VERSION_MEMBERS, stored)
export const toStoredCurrent = (row: object) => rename(CURRENT_NAMES, row)
export const fromStoredCurrent = (stored: object) => rename(CURRENT_MEMBERS, stored)
