import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { timestampInput, writtenDate } from '#contract/schemas/time.ts'
import { parseOrUndefined } from './parse.ts'

describe('a timestamp', () => {
  test.each([
    ['2026-05-31', '2026-05-31T00:00:00.000Z'],
    ['2026-05-31T14:00Z', '2026-05-31T14:00:00.000Z'],
    ['2026-05-31T14:00:01Z', '2026-05-31T14:00:01.000Z'],
    ['2026-05-31T14:00:01.5Z', '2026-05-31T14:00:01.500Z'],
    ['2026-05-31T14:00:01.123456789Z', '2026-05-31T14:00:01.123Z'],
    ['2026-05-31T14:00:00+02:00', '2026-05-31T12:00:00.000Z'],
    ['2026-05-31T23:30:00-05:30', '2026-06-01T05:00:00.000Z'],
    // In a URL, an unescaped plus sign is a space.
    ['2026-05-31T14:00:00 02:00', '2026-05-31T12:00:00.000Z'],
    ['2026-05-31T14:00 05:30', '2026-05-31T08:30:00.000Z'],
    ['2026-05-31T14:00:00.5 00:00', '2026-05-31T14:00:00.500Z'],
    ['2026-06-01T24:00 14:00', '2026-06-01T10:00:00.000Z'],
    ['2024-02-29', '2024-02-29T00:00:00.000Z'],
    ['2000-02-29T00:00:00Z', '2000-02-29T00:00:00.000Z'],
    ['0001-01-01', '0001-01-01T00:00:00.000Z'],
    ['9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
  ])('%s is %s', (text, expected) => {
    expect(parseOrUndefined(timestampInput, text)).toBe(expected)
  })

  test.each([
    '',
    'now',
    '2026',
    '2026-05',
    '2026-5-31',
    '2026-02-29',
    '2100-02-29',
    '1999-02-30',
    '2026-02-30T10:00:00Z',
    '2026-13-01',
    '2026-00-10',
    '2026-01-00',
    '2026-01-32',
    '2026-05-31T25:00:00Z',
    '2026-05-31T14:60:00Z',
    '2026-05-31T14:00:60Z',
    '2026-05-31T14:00:00',
    '2026-05-31T14:00:00z',
    '2026-05-31 14:00:00Z',
    '2026-05-31T14:00:00+2:00',
    '2026-05-31T14:00:00+24:00',
    '2026-05-31T14:00:00+02:60',
    '2026-05-31T14:00:00.Z',
    '2026-05-31T14:00:00.1234567890Z',
    '0000-01-01',
    '0000-06-01T00:00:00Z',
    '0001-01-01T00:00:00+10:00',
    '0001-01-01T00:00:00 10:00',
    '2026-05-31T14:00:00  02:00',
    '2026-05-31 02:00',
    '9999-12-31T23:59:59-10:00',
    '+275760-09-13',
    '275761-01-01',
    '+275761-01-01T00:00:00Z',
    '-000001-01-01T00:00:00Z',
    ' 2026-05-31',
    '2026-05-31\n',
    '２０２６-05-31',
    '1700000000',
    1_700_000_000,
    null,
    undefined,
    {},
  ])('%j is refused', value => {
    expect(parseOrUndefined(timestampInput, value)).toBeUndefined()
  })

  test.each(['now', '275761-01-01', '2026-02-30'])('%j has one error', text => {
    expect(timestampInput.safeParse(text).error?.issues).toHaveLength(1)
    expect(writtenDate.safeParse(text).error?.issues).toHaveLength(1)
  })

  test('with any offset is converted to UTC with milliseconds', () => {
    const years = { min: new Date('0001-01-02'), max: new Date('9999-12-30'), noInvalidDate: true }
    fc.assert(
      fc.property(fc.date(years), fc.integer({ min: -14 * 60, max: 14 * 60 }), (instant, minutes) => {
        const local = new Date(instant.getTime() + minutes * 60_000).toISOString().slice(0, 23)
        const offset = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60].map(n => String(n).padStart(2, '0'))
        expect(parseOrUndefined(timestampInput, `${local}${minutes < 0 ? '-' : '+'}${offset.join(':')}`)).toBe(
          instant.toISOString(),
        )
      }),
    )
  })

  test('is never parsed with an exception', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), text => void timestampInput.safeParse(text)))
  })
})

describe('a partial date', () => {
  test.each(['1985', '1985-04', '1985-04-12', '2000-02-29', '2024-02-29', '0002', '1603-12-31', '1605', '9999-12-31'])(
    '%s is accepted',
    text => {
      expect(parseOrUndefined(writtenDate, text)).toBe(text)
    },
  )

  test.each(['0001', '0001-01-01', '1604', '1604-02-14', '14.02.1604', '1604-02', 'about 1604'])(
    '%s is what programs write for an unknown year',
    text => {
      const { error } = writtenDate.safeParse(text)
      expect(error?.issues.map(({ message }) => message)).toEqual([
        expect.stringMatching(
          /^has the year (0001|1604), which programs write for an unknown one: leave the date out$/,
        ),
      ])
    },
  )

  test.each([
    '',
    '85',
    '1999-02-30',
    '1999-02-29',
    '1900-02-29',
    '2023-04-31',
    '1985-13',
    '0000',
    '0000-02-29',
    '10000-01-01',
    '-0001',
    1985,
    null,
  ])('%j is refused', value => {
    expect(parseOrUndefined(writtenDate, value)).toBeUndefined()
  })
})

describe('the pattern of dates in the OpenAPI document', () => {
  const pattern = new RegExp(String(writtenDate.meta()?.pattern), 'u')

  // The generator has no look-ahead, so the pattern itself checks what it generates.
  const LOOK_AHEAD = /\(\?!(?:[^()]|\([^()]*\))*\)/g
  const dates = fc
    .stringMatching(new RegExp(pattern.source.replaceAll(LOOK_AHEAD, '')))
    .filter(text => pattern.test(text))

  test('describes only dates that are read', () => {
    fc.assert(
      fc.property(dates, text => {
        expect(parseOrUndefined(writtenDate, text)).toEqual(expect.any(String))
      }),
      { numRuns: 3000 },
    )
  })

  test.each([
    ...['1985', '1985-04', '1985-04-12', '2000-02-29', '12.04.1985', '1.5.1990', '29.2.2000', '17 April 1988'],
    ...['17 Apr 1988', '30 June 1988', '29 Feb 2000', 'April 1988'],
  ])('has %s', text => {
    expect(pattern.test(text)).toBe(true)
  })

  test.each([
    '0000',
    '1985-13',
    '29.02.1985',
    '31.04.1985',
    '31 June 1988',
    '30 February 2000',
    '29 Feb 1900',
    '0001',
    '1604-02-29',
    '1.1.1604',
    '1 May 0001',
  ])('has no %s', text => {
    expect(pattern.test(text)).toBe(false)
    expect(parseOrUndefined(writtenDate, text)).toBeUndefined()
  })
})
