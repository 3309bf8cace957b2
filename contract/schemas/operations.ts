import * as z from 'zod'

const cursor = z
  .string()
  .min(1)
  .max(1000)
  .optional()
  .meta({ description: '`next` of the answer before; absent: from the beginning' })

export const resumeQuery = z.strictObject({ cursor })

const next = z.string().nullable().meta({ description: 'The cursor to go on with; null: it is finished' })
const count = z.number().int().min(0)

/** The phases of a rebuild, in order. */
export const rebuildPhase = z.enum(['fill', 'compare', 'adopt', 'settle', 'sweep'])

/** The result of one rebuild request. */
export const rebuildAnswer = z.object({
  phase: rebuildPhase.meta({ description: 'Where this request ended' }),
  read: count.meta({ description: 'Customers that were read' }),
  filled: count.meta({ description: 'Entries that were put into the new index' }),
  mended: count.meta({ description: 'Entries that were put again, since they had changed meanwhile' }),
  next,
})
export type RebuildAnswer = z.infer<typeof rebuildAnswer>

export const driftBody = z
  .strictObject({
    repair: z.boolean().default(false).meta({ description: 'true: puts right what can be put right' }),
  })
  .meta({ examples: [{ repair: false }] })

/** The result of one request to rebuild the views. */
export const viewsAnswer = z.object({
  records: count.meta({ description: 'Records that were made anew; one whose versions lie apart counts again' }),
  next,
})

/** The number, and the ids of some. */
const found = z.object({ count, ids: z.array(z.string()).max(10) })

/** The differences between list and index that one request found. */
export const driftAnswer = z.object({
  customers: count.meta({ description: 'Customers of the list that were looked for in the index' }),
  entries: count.meta({ description: 'Entries of the index that were looked for in the list' }),
  differences: z.object({
    missing: found.meta({ description: 'On the list, not in the index' }),
    behind: found.meta({ description: 'In the index as they were before' }),
    ahead: found.meta({ description: 'In the index as of a version that the list does not have' }),
    different: found.meta({ description: 'In the index as of the right version, but otherwise' }),
    orphan: found.meta({ description: 'In the index, not on the list' }),
  }),
  repaired: count,
  needs_rebuild: z.boolean().meta({ description: 'Some are ahead: only an index made anew puts them right' }),
  next,
})
export type DriftAnswer = z.infer<typeof driftAnswer>
