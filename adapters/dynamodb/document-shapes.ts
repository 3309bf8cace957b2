/** Converts a part of a request or a response. */
export type Conversion = (value: unknown) => unknown

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Converts each element of an array, or each member of an object. */
const each =
  (convert: Conversion): Conversion =>
  value => {
    if (Array.isArray(value)) return value.map(convert)
    if (!isObject(value)) return value
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, convert(member)]))
  }

/** Converts the named members of an object that are there, and keeps the others. */
const members =
  (shape: Readonly<Record<string, Conversion>>): Conversion =>
  value => {
    if (!isObject(value)) return value
    const converted = { ...value }
    for (const [name, convert] of Object.entries(shape))
      if (converted[name] !== undefined) converted[name] = convert(converted[name])
    return converted
  }

/** Where the items are in each operation's request and response. */
export interface Shape {
  request: Conversion
  response: Conversion
}

const noItems: Conversion = value => value

/** @param to encodes an item, a key or an expression's values; @param from decodes them. */
export function toShapes(to: Conversion, from: Conversion) {
  const put = members({ Item: to, ExpressionAttributeValues: to })
  const byKey = members({ Key: to, ExpressionAttributeValues: to })
  const batchKeys = (convert: Conversion) => each(members({ Keys: each(convert) }))
  const batchWrites = (convert: Conversion) =>
    each(each(members({ PutRequest: members({ Item: convert }), DeleteRequest: members({ Key: convert }) })))
  const attributes = members({ Attributes: from })
  const query = {
    request: members({ ExclusiveStartKey: to, ExpressionAttributeValues: to }),
    response: members({ Items: each(from), LastEvaluatedKey: from }),
  }
  return {
    GetItem: { request: byKey, response: members({ Item: from }) },
    BatchGetItem: {
      request: members({ RequestItems: batchKeys(to) }),
      response: members({ Responses: each(each(from)), UnprocessedKeys: batchKeys(from) }),
    },
    Query: query,
    Scan: query,
    PutItem: { request: put, response: attributes },
    UpdateItem: { request: byKey, response: attributes },
    DeleteItem: { request: byKey, response: attributes },
    BatchWriteItem: {
      request: members({ RequestItems: batchWrites(to) }),
      response: members({ UnprocessedItems: batchWrites(from) }),
    },
    TransactWriteItems: {
      request: members({
        TransactItems: each(members({ Put: put, Update: byKey, Delete: byKey, ConditionCheck: byKey })),
      }),
      response: noItems,
    },
  } satisfies Record<string, Shape>
}
