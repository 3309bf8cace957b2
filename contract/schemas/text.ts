import * as z from 'zod'

/** Ranges of code points, each with its first and last one. */
type Ranges = readonly (readonly [first: number, last: number])[]

/** The last two code points of a plane are no characters. */
const NONCHARACTERS: Ranges = Array.from({ length: 17 }, (_, plane) => [
  plane * 0x10000 + 0xfffe,
  plane * 0x10000 + 0xffff,
])

/**
 * Marks that come along when text is pasted: soft hyphens, zero-width spaces, marks and embeddings of writing direction, byte order marks. They
 * are taken off. Overrides of the direction are refused, because they make a text look like another.
 */
const PASTED_RANGES: Ranges = [
  [0xad, 0xad],
  [0x61c, 0x61c],
  [0x200b, 0x200b],
  [0x200e, 0x200f],
  [0x202a, 0x202c],
  [0x2060, 0x2060],
  [0x2066, 0x2069],
  [0xfeff, 0xfeff],
]

/**
 * Control, format (zero-width, bidi) and private characters, noncharacters, and what Unicode reserves for invisible ones: never part of a
 * name, often an attack. Joiners are allowed: Persian and Indic names need them. Other unassigned code points are accepted, because which ones
 * they are depends on the version of Unicode.
 */
const FORBIDDEN_RANGES: Ranges = [
  // A tab is a blank.
  [0x00, 0x08],
  [0x0a, 0x1f],
  [0x7f, 0x9f],
  [0x180e, 0x180e],
  [0x2028, 0x2029],
  [0x202d, 0x202e],
  [0x2061, 0x2065],
  [0x206a, 0x206f],
  [0xe000, 0xf8ff],
  [0xfdd0, 0xfdef],
  [0xfff0, 0xfffb],
  [0x1bca0, 0x1bca3],
  [0x1d173, 0x1d17a],
  // Tags. The variation selectors from U+E0100 on are part of Japanese names.
  [0xe0000, 0xe00ff],
  [0xe01f0, 0xe0fff],
  [0xf0000, 0xffffd],
  [0x100000, 0x10fffd],
  ...NONCHARACTERS,
]

/** A code point in a character class. There is no escape above U+FFFF that all regular expression engines have. */
const toClassMember = (code: number): string =>
  code <= 0xffff ? `\\u${code.toString(16).toUpperCase().padStart(4, '0')}` : String.fromCodePoint(code)
const toClass = (ranges: Ranges): string => ranges.map(range => range.map(toClassMember).join('-')).join('')

const FORBIDDEN = toClass(FORBIDDEN_RANGES)
/** Also lone surrogates, which are not characters: patterns outside JavaScript cannot name them. */
const HAS_FORBIDDEN = new RegExp(`[${FORBIDDEN}\\p{Cs}]`, 'u')
const PASTED = toClass(PASTED_RANGES)
const PASTED_MARKS = new RegExp(`[${PASTED}]`, 'gu')
/** Blanks, joiners and pasted marks; at least one character must be another one. */
const BLANK = String.raw`\s\u200C\u200D${PASTED}`
const HAS_VISIBLE = new RegExp(`[^${BLANK}]`, 'u')

/** Schema metadata: the prefix of query parameters with arbitrary names. The OpenAPI document includes it. */
export const DYNAMIC_PARAM_PREFIX = 'x-names-begin'

/** Whether a text has more characters than allowed. JSON Schema counts code points, JavaScript UTF-16 units. */
function isLongerThan(text: string, max: number): boolean {
  if (text.length <= max) return false
  return text.length > 2 * max || [...text].length > max
}

/** Text of `min` to `max` characters, counted as the OpenAPI document says. */
export const boundedText = (min: number, max: number) =>
  z
    .string()
    .min(min)
    .superRefine((text, { addIssue }) => {
      if (isLongerThan(text, max))
        addIssue({ code: 'too_big', origin: 'string', maximum: max, input: text, continue: false })
    })
    .meta({ ...(min > 0 ? { minLength: min } : {}), maxLength: max })

/** Whether a text has marks that reading it takes off, or tabs, which become spaces. */
export const hasPastedMarks = (text: string): boolean => text.includes('\t') || text.search(PASTED_MARKS) >= 0

/** A text without pasted marks, and with spaces for tabs. */
export const withoutPastedMarks = (text: string): string => text.replace(PASTED_MARKS, '').replaceAll('\t', ' ')

/** One line of text: trimmed, in NFC, without pasted marks, control or bidi characters, not blank. */
export const singleLineText = (max: number) =>
  boundedText(0, max)
    .refine(text => !HAS_FORBIDDEN.test(text), 'contains control or invisible characters')
    .transform(text => withoutPastedMarks(text).normalize('NFC').trim().replace(/\s+/gu, ' '))
    .refine(text => HAS_VISIBLE.test(text), 'is empty')
    .meta({ type: 'string', minLength: 1, maxLength: max, pattern: linePattern() })

/** The width from which a range counts as wide. */
const WIDE = 0x100
const isWide = ([first, last]: Ranges[number]): boolean => last - first >= WIDE
const WIDE_RANGES = toClass(FORBIDDEN_RANGES.filter(isWide))
const NARROW_RANGES = toClass(FORBIDDEN_RANGES.filter(range => !isWide(range)))

/**
 * The pattern of one line of text in the OpenAPI document, made of the same ranges that the parser uses. Generators of test data enumerate the
 * characters of a class, so the wide ranges are in a look-ahead.
 *
 * @param excluded further characters that are not allowed, as the content of a character class.
 */
export const linePattern = (excluded = ''): string => {
  const forbidden = NARROW_RANGES + excluded
  return `^(?!.*[${WIDE_RANGES}])[^${forbidden}]*[^${forbidden}${BLANK}][^${forbidden}]*$`
}
