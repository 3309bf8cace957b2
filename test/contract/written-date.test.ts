import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { readSerialDate, readWrittenDate } from '#contract/written-date.ts'

describe('a date as people write it', () => {
  test.each([
    ['1985-04-12', '1985-04-12'],
    ['1985-04', '1985-04'],
    ['1985', '1985'],
    ['1985-4-2', '1985-04-02'],
    ['1985/04/12', '1985-04-12'],
    ['1985.04.12', '1985-04-12'],
    ['17.04.1988', '1988-04-17'],
    ['1.5.1990', '1990-05-01'],
    ['17 Apr 1988', '1988-04-17'],
    ['17-APR-1988', '1988-04-17'],
    ['17. April 1988', '1988-04-17'],
    ['April 17th, 1988', '1988-04-17'],
    ['1st of May 1990', '1990-05-01'],
    ['1988 Apr 17', '1988-04-17'],
    ['April 1988', '1988-04'],
    ['04/1988', '1988-04'],
    ['1988/4', '1988-04'],
    ['19880417', '1988-04-17'],
    ['17041988', '1988-04-17'],
    ['  1985-04-12 ', '1985-04-12'],
    ['\u200e1985-04-12', '1985-04-12'],
    ['1985–04–12', '1985-04-12'],
  ])('%s is %s', (text, date) => {
    expect(readWrittenDate(text)).toEqual({ date })
  })

  test.each([
    ['14. März 1961', '1961-03-14'],
    ['14 mrz 1961', '1961-03-14'],
    ['2 de noviembre de 1984', '1984-11-02'],
    ['21 июля 1990 г.', '1990-07-21'],
    ['июль 1990', '1990-07'],
    ['۲۸ فوریهٔ ۱۹۷۸', '1978-02-28'],
    ['1995年7月1日', '1995-07-01'],
    ['1995年7月', '1995-07'],
    ['1995年', '1995'],
    ['5 Δεκεμβρίου 1972', '1972-12-05'],
    ['30 Bealtaine 2001', '2001-05-30'],
    ['3 Meán Fómhair 2001', '2001-09-03'],
    ['9 maart 1958', '1958-03-09'],
    ['9 mei 1958', '1958-05-09'],
    ['ngày 16 tháng 4 năm 1988', '1988-04-16'],
    ['1er août 1990', '1990-08-01'],
    ['3 grudnia 1970', '1970-12-03'],
  ])('%s, in a language of the sample or a neighbour, is %s', (text, date) => {
    expect(readWrittenDate(text)).toEqual({ date })
  })

  test.each([
    ['00/00/1985', '1985'],
    ['1985-00-00', '1985'],
    ['XX/XX/1985', '1985'],
    ['1985-XX', '1985'],
    ['??.04.1985', '1985-04'],
    ['xx-12-2002', '2002-12'],
    ['00 Apr 1988', '1988-04'],
    ['1985-00-12', '1985'],
  ])('%s says what is known: %s', (text, date) => {
    expect(readWrittenDate(text)).toEqual({ date })
  })

  test.each([
    ['ABT 1985', '1985~'],
    ['about 1985', '1985~'],
    ['circa 1985', '1985~'],
    ['c. 1985', '1985~'],
    ['ca.1985', '1985~'],
    ['~1985', '1985~'],
    ['1985~', '1985~'],
    ['1985?', '1985~'],
    ['um 1985', '1985~'],
    ['hacia 1985', '1985~'],
    ['около 1985', '1985~'],
    ['约1985年', '1985~'],
    ['EST Apr 1985', '1985-04~'],
    ['17 April 1988 (approx.)', '1988-04-17~'],
  ])('%s is approximate: %s', (text, date) => {
    expect(readWrittenDate(text)).toEqual({ date })
  })

  test.each([
    ['1985-04-12T00:00:00.000Z', '1985-04-12'],
    ['1985-04-12 00:00:00', '1985-04-12'],
    ['25/04/1985 0:00:00', '1985-04-25'],
    ['4/25/1985 12:00:00 AM', '1985-04-25'],
  ])('%s has a midnight that a program added', (text, date) => {
    expect(readWrittenDate(text)).toEqual({ date })
  })

  test('any day is read from each notation that has one meaning', () => {
    const days = fc.date({ min: new Date('1800-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
    fc.assert(
      fc.property(days, moment => {
        const date = moment.toISOString().slice(0, 10)
        const [year, month, day] = date.split('-')
        const long = moment.toLocaleDateString('en-GB', { dateStyle: 'long', timeZone: 'UTC' })
        for (const text of [`${day}.${month}.${year}`, `${year}${month}${day}`, `${day}${month}${year}`, long])
          expect(readWrittenDate(text, { order: 'dmy' })).toEqual({ date })
        expect(readWrittenDate(`${month}/${day}/${year}`, { order: 'mdy' })).toEqual({ date })
      }),
    )
  })
})

describe('day and month', () => {
  test.each([
    ['25/04/1985', '1985-04-25'],
    ['04/25/1985', '1985-04-25'],
    ['05/05/1985', '1985-05-05'],
  ])('%s can be read in one way', (text, date) => {
    expect(readWrittenDate(text)).toEqual({ date })
  })

  test.each(['03/04/1985', '3-4-1985', '03 04 1985', '03/04/1985 00:00'])('%s can be read in two', text => {
    expect(readWrittenDate(text)).toEqual({ readings: ['1985-04-03', '1985-03-04'] })
    expect(readWrittenDate(text, { order: 'dmy' })).toEqual({ date: '1985-04-03' })
    expect(readWrittenDate(text, { order: 'mdy' })).toEqual({ date: '1985-03-04' })
  })

  test('a stated order is not left for the other', () => {
    expect(readWrittenDate('04/25/1985', { order: 'dmy' })).toEqual({ fault: 'is not a valid date' })
  })

  test('between dots the day comes first', () => {
    expect(readWrittenDate('03.04.1985')).toEqual({ date: '1985-04-03' })
  })
})

describe('what is no date', () => {
  test.each([
    ['1999-02-30', 'is not a valid date'],
    ['31 April 1999', 'is not a valid date'],
    ['0000-00-00', 'is not a valid date'],
    ['17.04.88', 'two digits'],
    ['02-Mar-90', 'two digits'],
    ['--02-14', 'no year'],
    ['14 Feb', 'no year'],
    ['14/02', 'no year'],
    ['31148', 'serial number'],
    ['BEF 1985', 'is not a date'],
    ['1985-04-12T22:00:00Z', 'is not a date'],
    ['1985-04-12 1986', 'is not a date'],
    ['1985 1986', 'is not a date'],
    ['2021-W05', 'is not a date'],
    ['Smith 1985', 'is not a date'],
    ['-1985', 'is not a date'],
    ['10000-01-01', 'is not a date'],
    ['', 'is not a date'],
    ['x'.repeat(10_000), 'is not a date'],
  ])('%j is refused with its reason', (text, reason) => {
    expect(readWrittenDate(text)).toEqual({ fault: expect.stringContaining(reason) })
  })

  test('any text is read without an error, and what is read is read again as the same', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.stringMatching(/^[0-9xX?~ ./,-]{0,14}$/),
      fc.stringMatching(/^(about )?[0-9]{1,2} (Apr|мая|mei|foo) [0-9]{2,5}$/),
    )
    fc.assert(
      fc.property(texts, text => {
        const read = readWrittenDate(text)
        const dates = 'date' in read ? [read.date] : 'readings' in read ? read.readings : []
        for (const date of dates) {
          expect(date).toMatch(/^\d{4}(-\d\d(-\d\d)?)?~?$/)
          expect(readWrittenDate(date)).toEqual({ date })
        }
      }),
      { numRuns: 1000 },
    )
  })
})

test.each([
  [1, '1900-01-01'],
  [59, '1900-02-28'],
  [60, null],
  [61, '1900-03-01'],
  [31148, '1985-04-11'],
  [31148.75, '1985-04-11'],
  [0, null],
  [-1, null],
  [1e9, null],
])('the serial number %d of a spreadsheet is %s', (serial, date) => {
  expect(readSerialDate(serial)).toBe(date)
})

test('serial numbers are read where they are declared, and years stay years', () => {
  expect(readWrittenDate('31148', { serial: true })).toEqual({ date: '1985-04-11' })
  expect(readWrittenDate('1985', { serial: true })).toEqual({ date: '1985' })
})
