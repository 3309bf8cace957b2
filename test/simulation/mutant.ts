import type { DynamoDBRecord } from 'aws-lambda'
import type { Ports } from '#functions/runtime/ports.ts'
import type { Change } from './engine/table.ts'
import type { World } from './environment.ts'
import type { Location } from './location.ts'

/** Something that is wrong on purpose with what lies under the program, to see whether it is noticed. */
export interface Mutant {
  readonly name: string
  /** A command as the tables get it. */
  command?(command: object, location: Location, world: World): object
  /** The ports as a task gets them. */
  ports?(ports: Ports, location: Location, world: World): Ports
  /** A record of the registry's stream as its reader gets it. */
  record?(record: DynamoDBRecord, location: Location): DynamoDBRecord
  /** Is told of each change of a location's views. */
  viewed?(location: Location, change: Change, world: World): void
  /** Before each step. */
  step?(world: World): void
}

export const NONE: Mutant = { name: 'none' }
