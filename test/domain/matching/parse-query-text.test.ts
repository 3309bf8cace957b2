import { describe, expect, test } from '@jest/globals'
import { parseQueryText, readQueryText } from '#domain/matching/example.ts'
import { words as toWords } from '#domain/matching/normalise.ts'
import { example } from './people.ts'

const DATES: [text: string, dob: string][] = [
  ['Jane Roe 1985-04-12', '1985-04-12'],
  ['1985/4/12 Jane Roe', '1985-04-12'],
  ['Jane 12.04.1985 Roe', '1985-04-12'],
  ['Jane Roe 12/4/1985', '1985-04-12'],
  ['Jane Roe 4/22/1985', '1985-04-22'],
  ['Jane Roe 12 April 1985', '1985-04-12'],
  ['Jane Roe 12th Apr. 1985', '1985-04-12'],
  ['Jane Roe April 12, 1985', '1985-04-12'],
  ['Jane Roe 19850412', '1985-04-12'],
  ['Jane Roe 1985-04', '1985-04'],
  ['Jane Roe 04/1985', '1985-04'],
  ['Jane Roe April 1985', '1985-04'],
  ['Jane Roe 1985', '1985'],
  ['Jane Roe 12 de abril de 1985', '1985-04-12'],
  ['12 апреля 1985 Jane Roe', '1985-04-12'],
  ['Jane 1985年4月12日 Roe', '1985-04-12'],
  ['Jane Roe 12-Apr-1985', '1985-04-12'],
  ['Jane Roe xx-12-2002', '2002-12'],
  ['Jane Roe 00/00/1985', '1985'],
  ['Jane Roe about 1985', '1985~'],
  ['Jane Roe c. 1985', '1985~'],
]

describe('parseQueryText', () => {
  test.each(DATES)('reads the date of birth in %s', (text, dob) => {
    expect(parseQueryText(text)).toEqual(example({ text: 'Jane Roe', dob }))
  })

  test.each(['7535316', 'AB123456', 'x-123-45', 'P1234567A'])('reads %s as a document number', number => {
    expect(parseQueryText(`Roe ${number}`)).toEqual(example({ text: 'Roe', document_number: number }))
  })

  test.each(['Um', 'Marcus', 'Janet', 'Mara'])('does not read the name %s as a part of a date', name => {
    expect(parseQueryText(`${name} 1985`)).toEqual(example({ text: name, dob: '1985' }))
  })

  test('keeps everything else as text', () => {
    expect(parseQueryText('Jane 4th Roe 31/31/1985x')).toMatchObject({ dob: null })
    expect(parseQueryText('Jane Roe 99')).toEqual(example({ text: 'Jane Roe 99' }))
  })

  test('does not read an impossible date as a date', () => {
    expect(parseQueryText('Roe 1985-02-30').dob).toBeNull()
  })

  test.each(['', ' ', '\u200b'])('finds no search terms in %j', text => {
    const { text: words, ...criteria } = parseQueryText(text)
    const { text: _, ...emptyCriteria } = example({})
    expect(criteria).toEqual(emptyCriteria)
    expect(toWords(words ?? '')).toEqual([])
  })
})

describe('readQueryText', () => {
  test.each(['+32 470 12 34 56', '(020) 7946 0958', '+44 (0)20 7946 0958'])(
    'leaves no part of the telephone number %s as a name beside a document number',
    q => {
      const readings = readQueryText(q)
      expect(readings.some(({ document_number }) => document_number !== null)).toBe(true)
      expect(readings.filter(({ text, document_number }) => text !== null && document_number !== null)).toEqual([])
    },
  )

  test('reads years of two digits in both centuries', () => {
    expect(readQueryText('Roe 17.04.88')).toEqual(
      expect.arrayContaining(['1988-04-17', '2088-04-17'].map(dob => example({ text: 'Roe', dob }))),
    )
  })

  test('reads a month without a day as a name as well', () => {
    expect(readQueryText('June 1985')).toEqual([
      example({ text: null, dob: '1985-06' }),
      example({ text: 'June', dob: '1985' }),
    ])
  })
})
