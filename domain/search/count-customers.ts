import { InvalidInput } from '../errors.ts'
import { type FieldSet, toTypes } from '../fields/definitions.ts'
import { unknownType } from '../fields/types.ts'
import type { CandidateIndex, CountFilter } from './port.ts'

/** How many customers are in a state and of a type, as the index has it. @throws InvalidInput, Unavailable */
export async function countCustomers(
  { index }: { index: Pick<CandidateIndex, 'count'> },
  fields: FieldSet,
  filter: CountFilter,
): Promise<number> {
  const faults = unknownType(toTypes(fields), filter.type, '?type')
  if (faults.length > 0) throw new InvalidInput(faults)
  return index.count(filter)
}
