import type { FieldValues } from './prepare-write.ts'
import type { State } from './version.ts'

/** The state that a statement makes by itself. */
export const withoutNulls = (values: FieldValues): State =>
  Object.fromEntries(Object.entries(values).flatMap(([name, value]) => (value === null ? [] : [[name, value]])))
