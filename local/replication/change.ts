import { isDeepStrictEqual } from 'node:util'
import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import type { _Record } from '@aws-sdk/client-dynamodb-streams'

export type Image = Record<string, AttributeValue>

/** When and where a row was written. It decides between two versions of a row: the later wins. */
export interface Moment {
  /** In milliseconds; the engine reports whole seconds. */
  at: number
  /** The location. */
  from: string
  /** The number of the change at that location. */
  n: number
}

/** A row of `registry` as written at a location; null if it was deleted. */
export interface Change {
  pk: string
  sk: string
  moment: Moment
  row: Image | null
}

/** A decoded stream record. */
export interface Written {
  pk: string
  sk: string
  at: number
  /** The origin that the row named before. */
  over: Moment | null
  row: Image | null
}

/** The replicator's attributes: the origin of a put, and of a deletion that is about to be applied. */
const PUT = 'rep:put'
export const GONE = 'rep:gone'

/** Whether one write is later: by time, then by location, then by number. */
export const isLater = (first: Moment, second: Moment): boolean => {
  if (first.at !== second.at) return first.at > second.at
  return first.from === second.from ? first.n > second.n : first.from > second.from
}

export const momentText = ({ at, from, n }: Moment): string => `${at}#${from}#${n}`

function momentIn(attribute: AttributeValue | undefined): Moment | null {
  const [, at, from, n] = /^(\d+)#([^#]+)#(\d+)$/.exec(attribute?.S ?? '') ?? []
  return from === undefined ? null : { at: Number(at), from, n: Number(n) }
}

/** The origin of a row or of its deletion; null for local writes. */
export const toStamp = (image: Image): Moment | null => momentIn(image[GONE]) ?? momentIn(image[PUT])

export function withoutStamp({ [PUT]: _put, [GONE]: _gone, ...row }: Image): Image {
  return row
}

export const stamped = (row: Image, moment: Moment): Image => ({ ...row, [PUT]: { S: momentText(moment) } })

/** A local write from a stream record. Null for writes of the replicator, which change the origin, and for writes without a change. */
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
