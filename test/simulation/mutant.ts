import type { DynamoDBRecord } from 'aws-lambda'
import type { Ports } from '#functions/runtime/ports.ts'
import type { Change } from './engine/table.ts'
import type { SimulatedWorld } from './environment.ts'
import type { Location } from './location.ts'

/** A deliberate fault below the program, which the simulation must detect. */
export interface Mutant {
  readonly name: string
  /** Whether it shows only where customers expire, and their purges are cancelled, often. */
  readonly inPurges?: true
  /** Changes a command before the tables execute it. */
  command?(command: object, location: Location, world: SimulatedWorld): object
  /** Changes the ports of a task. */
  ports?(ports: Ports, location: Location, world: SimulatedWorld): Ports
  /** Changes a stream record before its consumer receives it. */
  record?(record: DynamoDBRecord, location: Location): DynamoDBRecord
  /** Called on every change of a location's views. */
  viewed?(location: Location, change: Change, world: SimulatedWorld): void
  /** Called before each step. */
  step?(world: SimulatedWorld): void
}

export const NO_MUTANT: Mutant = { name: 'none' }
