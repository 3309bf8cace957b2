/** Consumed capacity of an index or table, as DynamoDB reports it. */
interface Units {
  CapacityUnits?: number | undefined
  ReadCapacityUnits?: number | undefined
  WriteCapacityUnits?: number | undefined
}
interface Consumed extends Units {
  Table?: Units | undefined
  GlobalSecondaryIndexes?: Record<string, Units> | undefined
}

/** Sums the request units, round trips and written versions of an operation. */
export class CapacityMeter {
  rru = 0
  wru_base = 0
  wru_index = 0
  round_trips = 0
  versions = 0

  count(kind: 'read' | 'write', consumed: readonly Consumed[]): void {
    this.round_trips += 1
    for (const capacity of consumed) {
      const total = capacity.CapacityUnits ?? 0
      if (kind === 'read') {
        this.rru += total
        continue
      }
      const index = Object.values(capacity.GlobalSecondaryIndexes ?? {}).reduce(
        (sum, units) => sum + (units.CapacityUnits ?? 0),
        0,
      )
      this.wru_index += index
      this.wru_base += total - index
    }
  }
}
