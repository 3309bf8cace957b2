import { isDeepStrictEqual } from 'node:util'
import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import type { _Record } from '@aws-sdk/client-dynamodb-streams'

export type Image = Record<string, AttributeValue>

/** When and where a row was written. Two rows of one key are compared by it: the later stays. */
export interface Moment {
  /** In milliseconds, of which the engine tells whole seconds. */
  at: number
  /** The location. */
  from: string
  /** The number of the change there. */
  n: number
}

/** A row of `registry` as it was written at a location, or null where it was deleted. */
export interface Change {
  pk: string
  sk: string
  moment: Moment
  row: Image | null
}

/** A change as a stream's record has it. */
export interface Written {
  pk: string
  sk: string
  at: number
  /** What the row said of a location that it came from, before. */
  over: Moment | null
  row: Image | null
}

/** The replicator's own attributes: whose write this row is; and by whose deletion it is about to go. */
const PUT = 'rep:put'
export const GONE = 'rep:gone'

/** Whether one is later: by time, then by location, then by number. */
export const isLater = (one: Moment, other: Moment): boolean => {
  if (one.at !== other.at) return one.at > other.at
  return one.from === other.from ? one.n > other.n : one.from > other.from
}

export const momentText = ({ at, from, n }: Moment): string => `${at}#${from}#${n}`

function momentIn(attribute: AttributeValue | undefined): Moment | null {
  const [, at, from, n] = /^(\d+)#([^#]+)#(\d+)$/.exec(attribute?.S ?? '') ?? []
  return from === undefined ? null : { at: Number(at), from, n: Number(n) }
}

/** Whose write a row is, or by whose deletion it goes; null for one that was written where it is. */
export const toStamp = (image: Image): Moment | null => momentIn(image[GONE]) ?? momentIn(image[PUT])

export function withoutStamp({ [PUT]: _put, [GONE]: _gone, ...row }: Image): Image {
  return row
}

export const stamped = (row: Image, moment: Moment): Image => ({ ...row, [PUT]: { S: momentText(moment) } })

/**
 * What was written at the location itself, as its stream tells it. Null for what the replicator wrote there, which has another stamp than
 * the row before, and for a write that changed nothing.
 */
export function writtenIn({ dynamodb }: _Record): Written | null {
  const { Keys, NewImage, OldImage, ApproximateCreationDateTime } = dynamodb ?? {}
  const pk = Keys?.pk?.S
  const sk = Keys?.sk?.S
  if (pk === undefined || sk === undefined) return null
  const over = OldImage ? toStamp(OldImage) : null
  const at = ApproximateCreationDateTime?.getTime() ?? 0
  if (!NewImage) return OldImage?.[GONE] ? null : { pk, sk, at, over, row: null }
  if (NewImage[GONE] || (OldImage && isDeepStrictEqual(NewImage, OldImage))) return null
  const stamp = toStamp(NewImage)
  if (stamp && !isDeepStrictEqual(stamp, over)) return null
  return { pk, sk, at, over, row: withoutStamp(NewImage) }
}
