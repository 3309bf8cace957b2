import { expect, test } from '@jest/globals'
import { toParts } from '../../web/app/search/different-part.ts'

test.each([
  ['a letter more', 'Quisenberry', 'Quisenbery', ['Quisenber', 'r', 'y'], ['Quisenber', '', 'y']],
  ['another letter', 'Meier', 'Meyer', ['Me', 'i', 'er'], ['Me', 'y', 'er']],
  ['another beginning', 'Kaddour', 'Qaddour', ['', 'K', 'addour'], ['', 'Q', 'addour']],
  ['another end', '1979-08-21', '1979-08-12', ['1979-08-', '21', ''], ['1979-08-', '12', '']],
  ['letters twice', 'Anna', 'Ana', ['An', 'n', 'a'], ['An', '', 'a']],
  ['a letter with an accent, as one letter', 'Jose\u0301', 'Jose', ['Jos', 'e\u0301', ''], ['Jos', 'e', '']],
  ['another script', 'محمد', 'محمود', ['محم', '', 'د'], ['محم', 'و', 'د']],
])('the part that differs is found: %s', (_, text, other, parts, others) => {
  const toObject = ([beginning, different, end]: string[]) => ({ beginning, different, end })
  expect(toParts(text, other)).toEqual([toObject(parts), toObject(others)])
})

test.each([
  ['nothing is the same', 'Bill', 'Wim'],
  ['only capitals differ', 'LEE', 'Lee'],
  ['one is empty', '', 'Lee'],
])('nothing is marked if %s', (_, text, other) => {
  expect(toParts(text, other)).toBeNull()
})
