import { beforeAll, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Field } from '#contract/schemas/field.ts'
import { loadPhoneNumbers, toE164, toEmailAddress } from '#domain/fields/contact.ts'
import { parseValue, toStoredValue, valueFault } from '#domain/fields/value.ts'
import { readContacts } from '#domain/search/contact-readings.ts'

const field = (type: Field['type'], more: Partial<Field> = {}): Field => ({
  ...{ name: type, label: type, type, choices: null, pattern: null, country: null },
  ...{ required: false, searchable: true, pii: 'personal', state: 'authorised' },
  ...more,
})
const phone = field('phone')
const belgian = field('phone', { country: 'BE' })
const email = field('email')

beforeAll(() => loadPhoneNumbers([phone]))

describe('a telephone number', () => {
  test.each<[string, string | null, string | null]>([
    ['+32 470 12 34 56', null, '+32470123456'],
    ['tel:+32-470-12-34-56', null, '+32470123456'],
    ['0032 470/12.34.56', null, '+32470123456'],
    ['+32 (0)470 12 34 56', null, '+32470123456'],
    ['(+32) 470 123 456', null, '+32470123456'],
    ['0470 12 34 56', 'BE', '+32470123456'],
    ['0032 470 12 34 56', 'BE', '+32470123456'],
    ['+44 20 7946 0958', 'BE', '+442079460958'],
    ['(415) 555-2671', 'US', '+14155552671'],
    ['+１ ４１５ ５５５ ２６７１', null, '+14155552671'],
    ['+٣٢ ٤٧٠ ١٢ ٣٤ ٥٦', null, '+32470123456'],
    ['0470 12 34 56', null, null],
    ['+32 470 12', null, null],
    ['+999 470 12 34 56', null, null],
    ['call me', 'BE', null],
    ['', 'BE', null],
  ])('%j in %s is %s', (text, country, expected) => {
    expect(toE164(text, country)).toBe(expected)
  })

  test('is stored in one form, which is read as itself', () => {
    const stored = toStoredValue('0470 12 34 56', belgian)
    expect(stored).toBe('+32470123456')
    expect(toStoredValue(stored, phone)).toBe(stored)
    expect(parseValue(' 0470/123456 ', belgian)).toBe(stored)
    expect(toStoredValue('0470 12 34 56', phone)).toBe('0470 12 34 56')
  })

  test('that is none is refused with what to write', () => {
    expect(valueFault('0470 12 34 56', phone)).toMatch('with a country code such as +32')
    expect(valueFault('12', belgian)).toMatch('or one of BE')
    expect(valueFault(32470123456, belgian)).toBe('must be text')
    expect(valueFault('0470 12 34 56', belgian)).toBeNull()
  })
})

describe('an e-mail address', () => {
  test.each<[string, string | null]>([
    ['Ann.Smith@Example.COM', 'ann.smith@example.com'],
    ['  mailto:ann@example.com ', 'ann@example.com'],
    ['ann+list@sub.example.co.uk', 'ann+list@sub.example.co.uk'],
    ['Θωμάς@παράδειγμα.ελ', 'θωμάς@παράδειγμα.ελ'],
    ['ann@', null],
    ['@example.com', null],
    ['ann at example.com', null],
    ['a b@example.com', null],
  ])('%j is %s', (text, expected) => {
    expect(toEmailAddress(text)).toBe(expected)
    expect(valueFault(text, email)).toBe(expected === null ? 'must be an e-mail address such as ann@example.com' : null)
  })

  test('in its stored form stays as it is', () => {
    fc.assert(
      fc.property(fc.emailAddress(), address => {
        const stored = toEmailAddress(address)
        if (stored !== null) expect(toEmailAddress(stored)).toBe(stored)
      }),
    )
  })
})

describe('the text of a search', () => {
  const fields = new Map(
    [belgian, email, field('email', { name: 'hidden', searchable: false })].map(one => [one.name, one]),
  )
  const abroad = new Map([[phone.name, phone]])
  const russian = new Map([[phone.name, field('phone', { country: 'RU' })]])

  test.each<[string, typeof fields, object[]]>([
    ['+32 470/12.34.56', fields, [{ details: { phone: '+32470123456' }, rest: '' }]],
    ['Ann 0470 12 34 56 Smith', fields, [{ details: { phone: '470123456' }, rest: 'Ann Smith' }]],
    [
      '8 912 345-67-89',
      russian,
      ['+79123456789', '89123456789'].map(number => ({ details: { phone: number }, rest: '' })),
    ],
    ['0470 12 34 56', abroad, [{ details: { phone: '470123456' }, rest: '' }]],
    ['smith ANN@example.com', fields, [{ details: { email: 'ann@example.com' }, rest: 'smith' }]],
    ['Ann Smith 1985', fields, []],
    ['Ann', fields, []],
    ['0470 12 34 56', new Map(), []],
  ])('%j', (q, known, expected) => {
    expect(readContacts(q, known)).toEqual(expected)
  })
})
