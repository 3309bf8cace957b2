import type { FieldValues } from './prepare-write.ts'
import type { State } from './version.ts'

/** The state that a statement makes by itself. */
export const withoutNulls = (said: FieldValues): State =>
  Object.fromEntries(Object.entries(said).flatMap(([name, value]) => (value === null ? [] : [[name, value]])))
