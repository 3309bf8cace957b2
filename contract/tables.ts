/** The two tables of a location, for everything that creates or uses them: the CDK stacks, the local engine, the adapters. */

/** Immutable rows, replicated to all locations. */
export const registryTable = {
  partitionKey: 'pk',
  sortKey: 'sk',
  indexes: {},
} as const

/** This location's own rows, derived from the registry's. */
export const viewsTable = {
  partitionKey: 'pk',
  sortKey: 'sk',
  timeToLive: 'expires_at',
  /** Sparse, keys only: a row is in an index if it has the index's attributes. */
  indexes: {
    by_activity: { partitionKey: 'activity_pk', sortKey: 'activity_sk' },
    by_name: { partitionKey: 'name_key', sortKey: 'name_sk' },
    by_dispute: { partitionKey: 'disputed_pk', sortKey: 'disputed_sk' },
    by_hold: { partitionKey: 'held_pk', sortKey: 'held_sk' },
    by_document: { partitionKey: 'document_key', sortKey: 'sk' },
  },
} as const

/** Both tables have a stream with both images and one reader each. */
export const STREAM_VIEW = 'NEW_AND_OLD_IMAGES'
