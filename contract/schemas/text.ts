import * as z from 'zod'

/**
 * Control, format (zero-width, bidi) and unassigned characters: never part of a name, often an attack. Joiners are allowed: Persian and
 * Indic names need them.
 */
const FORBIDDEN =
  /[\p{Cc}\p{Cs}\p{Co}\p{Cn}\u{AD}\u{61C}\u{180E}\u{200B}\u{200E}\u{200F}\u{2028}-\u{202E}\u{2060}-\u{206F}\u{FEFF}\u{FFF9}-\u{FFFB}\u{E0000}-\u{E007F}]/u

/** Schema metadata: the prefix of query parameters with arbitrary names. The OpenAPI document includes it. */
export const DYNAMIC_PARAM_PREFIX = 'x-names-begin'

/** One line of text: trimmed, in NFC, without control or bidi characters. */
export const singleLineText = (max: number) =>
  z
    .string()
    .max(max)
    .refine(text => !FORBIDDEN.test(text), 'contains control or invisible characters')
    .transform(text => text.normalize('NFC').trim().replace(/\s+/gu, ' '))
    .refine(text => /[^\s\p{Cf}]/u.test(text), 'is empty')
    .meta({ type: 'string', minLength: 1, maxLength: max })
