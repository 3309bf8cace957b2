import { expect, test } from '@jest/globals'
import { formatSum } from '#domain/purchases/format-sum.ts'

test.each([
  ['EUR', '20', '20.00'],
  ['EUR', '0.1', '0.10'],
  ['JPY', '20', '20'],
  ['KWD', '1.5', '1.500'],
  // ISO 4217 gives the dinar of Iraq three decimals and the forint two, although coins are larger.
  ['IQD', '20', '20.000'],
  ['HUF', '20', '20.00'],
  // Prices per unit have more digits than the currency: none is lost.
  ['JPY', '10.5', '10.5'],
  ['EUR', '1000000000000.299999', '1000000000000.299999'],
])('a sum in %s of %s is %s', (currency, sum, formatted) => {
  expect(formatSum({ currency, count: 1, sum })).toEqual({ currency, count: 1, sum: formatted })
})
