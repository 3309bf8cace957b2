/**
 * How OpenSearch is to hold the list and the audit. The number grows with each change that needs an index to be made anew; the name of an
 * index carries it.
 */

export interface Template {
  version: number
  settings: Readonly<Record<string, unknown>>
  mappings: Readonly<Record<string, unknown>>
}

/** A text of one term, as it stands: unlike a keyword's, its score goes by a similarity in every version of the engine. */
const KEY = { type: 'text', analyzer: 'keyword', norms: false, index_options: 'docs', similarity: 'rarity' } as const
const VALUE = { type: 'keyword' } as const

/** Keys of a customer; see document.ts. */
const keys = {
  properties: {
    word: { ...KEY, fields: { count: VALUE } },
    slip: KEY,
    sound: KEY,
    start: KEY,
    joined: KEY,
    other: KEY,
    dob: KEY,
    document: KEY,
  },
} as const

const SETTINGS = {
  number_of_shards: 1,
  auto_expand_replicas: '0-1',
  // Said, so that an index that nobody searched for a while does not stop refreshing.
  refresh_interval: '1s',
} as const

/** An index of customers. */
export const CUSTOMERS: Template = {
  version: 1,
  settings: {
    ...SETTINGS,
    // Without counts and lengths of texts BM25 is how rare a key is: the logarithm of customers / customers who have it.
    similarity: { rarity: { type: 'BM25', k1: 0, b: 0 } },
    // Every key is looked up in every segment: few segments, at the price of merging what is put more often.
    merge: { policy: { segments_per_tier: 3, max_merge_at_once: 3 } },
  },
  mappings: {
    dynamic: 'strict',
    // The rest of a document can be made from the entry.
    _source: { includes: ['entry'] },
    properties: {
      id: VALUE,
      type: VALUE,
      listed: { type: 'boolean' },
      now: keys,
      was: keys,
      // Beside the source, in a column: two hundred entries are read from there in a fifth of the time.
      entry: { type: 'binary', doc_values: true },
    },
  },
}

/** An index of the audit's entries, by their keys. */
export const ENTRIES: Template = {
  version: 3,
  settings: SETTINGS,
  mappings: {
    dynamic: 'strict',
    properties: {
      key: VALUE,
      id: VALUE,
      at: { type: 'date' },
      actor: VALUE,
      action: VALUE,
      customer: VALUE,
      location: VALUE,
      outcome: VALUE,
    },
  },
}
