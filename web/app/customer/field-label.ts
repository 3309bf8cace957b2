import type { translator } from '../translator.ts'

const BUILT_IN = ['type', 'name', 'surname', 'given_name', 'dob', 'document_number', 'state'] as const

/** The label of a field: a translation for a built-in one, its name for a custom one. */
export function fieldLabel(t: typeof translator.t, field: string): string {
  const builtIn = BUILT_IN.find(it => it === field)
  return builtIn ? t(`field.${builtIn}`) : field.replace(/^details\./, '')
}
