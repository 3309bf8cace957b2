/**
 * The index templates of customers and audit entries. The number increases with each change that requires a rebuild; index names contain
 * it.
 */

export interface Template {
  version: number
  settings: Readonly<Record<string, unknown>>
  mappings: Readonly<Record<string, unknown>>
}

/** Text with a single term. Unlike a keyword, it is scored by a similarity in every version of the engine. */
const KEY = { type: 'text', analyzer: 'keyword', norms: false, index_options: 'docs', similarity: 'rarity' } as const
const VALUE = { type: 'keyword' } as const

/** The keys of a customer; see document.ts. */
const keys = {
  properties: {
    word: { ...KEY, fields: { count: VALUE } },
    slip: KEY,
    sound: KEY,
    start: KEY,
    part: KEY,
    joined: KEY,
    other: KEY,
    dob: KEY,
    document: KEY,
  },
} as const

const SETTINGS = {
  number_of_shards: 1,
  auto_expand_replicas: '0-1',
  // Set explicitly, so that an index that was not searched for a while still refreshes.
  refresh_interval: '1s',
} as const

/** The index of customers. */
export const CUSTOMERS: Template = {
  version: 4,
  settings: {
    ...SETTINGS,
    // Without term frequencies and lengths, BM25 is the rarity of a key: the logarithm of customers / customers with the key.
    similarity: { rarity: { type: 'BM25', k1: 0, b: 0 } },
    // Every key is looked up in every segment: few segments, at the cost of more merging.
    merge: { policy: { segments_per_tier: 3, max_merge_at_once: 3 } },
  },
  mappings: {
    dynamic: 'strict',
    // The rest of a document can be derived from the entry.
    _source: { includes: ['entry'] },
    properties: {
      id: VALUE,
      type: VALUE,
      listed: { type: 'boolean' },
      // What sorted lists sort and filter by; see domain/search/listing.ts.
      state: VALUE,
      surname: VALUE,
      created_at: VALUE,
      updated_at: VALUE,
      // What searches filter by: dates of birth, and searchable details as NAME=VALUE.
      born: VALUE,
      detail: VALUE,
      now: keys,
      was: keys,
      // In doc values: reading two hundred entries from there takes a fifth of the time.
      entry: { type: 'binary', doc_values: true },
    },
  },
}

/** The index of audit entries, by key. */
export const ENTRIES: Template = {
  version: 4,
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
      shown: VALUE,
      asked: VALUE,
    },
  },
}
