/** The condition of a query for the rows of a partition after a sort key. Without one, all rows: DynamoDB accepts no empty key value. */
export const rowsAfter = (pk: string, after: string | null) =>
  after === null || after === ''
    ? { KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': pk } }
    : { KeyConditionExpression: 'pk = :pk AND sk > :after', ExpressionAttributeValues: { ':pk': pk, ':after': after } }
