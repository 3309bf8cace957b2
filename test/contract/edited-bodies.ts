import fc from 'fast-check'
import { z } from 'zod'

const LINE_LENGTHS = [64, 100, 200, 500, 1000].flatMap(max => [max, max + 1])
/** Texts at the limits of what schemas accept. */
export const texts = [
  ...[
    '',
    ' ',
    'a',
    ' a ',
    'Ann Lee',
    '\u00a0',
    '\u200d',
    'می\u200cخواهم',
    'a\u0000',
    'a\nb',
    'a\u0085',
    '\u202ea',
    'a\ufeff',
    '\u200e',
    '\u200ea\u00ad',
    'a\tb',
    '\t',
    '\u2066a\u2069',
    '\u180ea',
    'a\u2061',
  ],
  ...[
    '\ue000',
    '\uffff',
    '\u{1ffff}',
    '\u{e0041}',
    '\u{f0000}',
    '\u{10ffff}',
    '𠮷\u{e0100}',
    '.',
    '..',
    ' . ',
    'a/b',
    'a\\b',
  ],
  ...[
    '1985',
    '1985-04',
    '1985-04-31',
    '1984-02-29',
    '1985-02-29',
    '0000',
    '1985-13',
    '2026-05-31',
    '2026-05-31T14:00:00Z',
  ],
  ...[
    '2026-05-31T24:00Z',
    '2026-05-31T24:01Z',
    '0001-01-01T00:00:00+00:01',
    '9999-12-31T23:59-01:00',
    '9999-12-31T24:00Z',
  ],
  ...[
    'PERSON',
    'person',
    'text',
    'number',
    'choice',
    'sensitive',
    'none',
    'same',
    'confirm',
    'EUR',
    'XYZ',
    '19.99',
    '-1',
    '0.1234567',
  ],
  ...[
    '0b1f6d3e-6c5a-4d0f-9b3e-2f4a5c6d7e8f',
    '0b1f6d3e',
    'loyalty',
    'surname',
    'constructor',
    '25',
    '0',
    '101',
    '1e2',
    'true',
  ],
  ...LINE_LENGTHS.flatMap(length => ['a'.repeat(length), '𠮷'.repeat(length)]),
]
export const values: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(...texts),
  fc.constantFrom<unknown>(...texts),
  fc.string({ unit: 'binary', maxLength: 4 }).filter(text => text.isWellFormed()),
  fc.constantFrom<unknown>(
    null,
    true,
    false,
    0,
    1,
    -1,
    0.5,
    25,
    100,
    101,
    36_525,
    36_526,
    2 ** 53,
    1e-101,
    1e12,
    {},
    [],
    ['a'],
    ['a', 'a'],
  ),
  fc.constantFrom<unknown>(
    { city: 'Gent' },
    { City: 'Gent' },
    { city: null },
    { city: '\u0000' },
    { n: 1e101 },
    { PERSON: 1 },
  ),
)

const isObject = z.record(z.string(), z.unknown())

/** A body with some of its members replaced, removed or added, also within members. */
export function editBody(
  body: unknown,
  names: readonly string[],
  edits: readonly (readonly [number, number, unknown])[],
): unknown {
  const copy = structuredClone(body)
  for (const [how, at, value] of edits) {
    const inner = isObject.safeParse(copy).data ?? {}
    const list = Object.values(inner).find(Array.isArray)
    const target = how === 0 ? (isObject.safeParse(list?.[0]).data ?? inner) : inner
    const name = names[at % names.length] ?? 'more'
    if (how === 1) delete Object(copy)[name]
    else if (how === 0 && list !== undefined && target !== inner) list[0] = { ...target, [name]: value }
    else Object(copy)[name] = value
  }
  return copy
}
