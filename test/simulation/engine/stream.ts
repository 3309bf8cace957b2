import { marshall } from '@aws-sdk/util-dynamodb'
import type { AttributeValue as Attribute, DynamoDBRecord } from 'aws-lambda'
import type { Item } from './expression.ts'
import type { Change } from './table.ts'

const images = new WeakMap<Item, Record<string, Attribute>>()

/** An item in the format of a stream, whose types differ from the client's only in name. */
function toImage(item: Item): Record<string, Attribute> {
  const image = images.get(item) ?? (marshall({ ...item }) as Record<string, Attribute>)
  images.set(item, image)
  return image
}

/** A change as a stream record. */
export function toRecord({ pk, sk, before, after }: Change, sequence: number): DynamoDBRecord {
  return {
    eventID: `${sequence}`,
    eventName: before === undefined ? 'INSERT' : after === undefined ? 'REMOVE' : 'MODIFY',
    eventSource: 'aws:dynamodb',
    dynamodb: {
      Keys: { pk: { S: pk }, sk: { S: sk } },
      SequenceNumber: `${sequence}`,
      StreamViewType: 'NEW_AND_OLD_IMAGES',
      ...(before ? { OldImage: toImage(before) } : {}),
      ...(after ? { NewImage: toImage(after) } : {}),
    },
  }
}
