/**
 * Reads Thai as it is spoken, by the rules of the Royal Thai General System (1999). Words are divided into syllables without a dictionary,
 * so that some compounds are read approximately.
 */

const INITIALS: ReadonlyMap<string, string> = new Map(
  'กk ขkh ฃkh คkh ฅkh ฆkh งng จch ฉch ชch ฌch ซs ญy ฎd ดd ฏt ตt ฐth ฑth ฒth ถth ทth ธth ณn นn บb ปp ผph พph ภph ฝf ฟf มm ยy รr ลl ฬl วw ศs ษs สs หh ฮh อ'
    .split(' ')
    .map(entry => [entry.charAt(0), entry.slice(1)] as const),
)
const FINALS: ReadonlyMap<string, string> = new Map(
  ['กขคฆk', 'งN', 'จชซฌฎฏฐฑฒดตถทธศษสt', 'นณญรลฬn', 'บปพฟภp', 'มm', 'ยi', 'วo'].flatMap(entry => {
    const sound = entry.slice(-1) === 'N' ? 'ng' : entry.slice(-1)
    return [...entry.slice(0, -1)].map(letter => [letter, sound] as const)
  }),
)

/** Letters that are written and not spoken, and spellings of others, in this order. */
const REWRITES: readonly (readonly [RegExp, string])[] = [
  [/็|(?<=[ัิีึืุู])[่้๊๋]/gu, ''],
  [/(?<=[ัาิีึืุู]([ก-ฮ]))(?!\1)[ก-ฮ][ก-ฮ][ิุ]?์/gu, ''],
  [/ห(?=[งญนมยรลว](?![ก-ฮ]?[ิุ]?์).)/gu, ''],
  [/[ก-ฮ][ิุ]?์/gu, ''],
  [/(?<=[าัรุู][ตฒม])[ิุ]$/u, ''],
  [/(?<=[ัาิุ]ต|ัก|ุท|เ[ก-ฮ][ชต])ร(?![ะ-ูอ])/gu, ''],
  [/รร(?=[ก-ฮ](?![ะ-ู]))/gu, 'ั'],
  [/รร/gu, 'ัน'],
  [/ฤ(?=ท)/gu, 'ริ'],
  [/ฤ/gu, 'รึ'],
  [/ศร(?=ี)|สร(?=[ะิ])/gu, 'ส'],
  [/^ทร(?=[ัาง])/u, 'ซ'],
]

/** A consonant or two that begin a syllable. A tone mark stands on the last of them. */
const CONSONANT = '(?<first>[กขคตปผพ][รล]|[กขค]ว|[ก-ฮ])[่้๊๋]?'
/** What no consonant that ends a syllable has after it: a vowel or tone of its own, or a consonant that could not be spoken without it. */
const NOT_FINAL = '(?![ะ-ู่-๋])(?!อ(?![ะ-ู]))(?![ก-ฮ]$)(?![รล](?![ะ-ูอ่-๋ล]))'
const FINAL = `(?<final>(?:[กขคฆงจชซฌญฎ-ธนบปพฟภมยลฬวศษส]|(?<![ิีุู])ร|ร$)${NOT_FINAL})?`

/** The spellings of syllables, the longest first; C is the consonants that begin one, F is the one that ends it. */
const SYLLABLES: readonly (readonly [RegExp, string])[] = (
  [
    ['(?<before>[ก-ฮ])(?<first>[ก-ฮ])(?<final>[รล])(?![ะ-ูอ่-๋])', 'o'],
    ['เCือF', 'uea'],
    ['เCียF', 'ia'],
    ['เCาะ', 'o'],
    ['เCา', 'ao'],
    ['เCอะ?F', 'oe'],
    ['เ(?<before>[ก-ฮ])(?<first>[นมรลว])ิF', 'oe'],
    ['เCิF', 'oe'],
    ['เCย', 'oei'],
    ['เ(?![กขคตปผพ][รล])(?<before>[ก-ฮ])(?<first>[ก-ฮ])(?<final>[ก-ฮ])$', 'e'],
    ['เCะ?F', 'e'],
    ['แCะ?F', 'ae'],
    ['โCะ?F', 'o'],
    ['[ไใ]Cย?', 'ai'],
    ['Cัว', 'ua'],
    ['Cว(?=[ก-ฮ](?![ะ-ู]))F', 'ua'],
    ['Cำ', 'am'],
    ['Cะ', 'a'],
    ['C[ัา]F', 'a'],
    ['C[ิี]F', 'i'],
    ['C[ึื]อ?F', 'ue'],
    ['C[ุู]F', 'u'],
    ['Cอ(?![ะ-ู])F', 'o'],
  ] as const
).map(([pattern, vowel]) => [new RegExp(pattern.replace('C', CONSONANT).replace('F', FINAL), 'uy'), vowel])
const CLOSED = new RegExp(`(?<first>[กขคตปผพ][รล]|[ก-ฮ])(?<final>[กขคฆงจชซฌญฎ-ธนบปพฟภมยรลฬวศษส])${NOT_FINAL}`, 'uy')
const OPEN = /(?<first>[ก-ฮ])[่้๊๋]?/uy

const toInitial = (letters: string): string => [...letters].map(letter => INITIALS.get(letter) ?? '').join('')

function matchAt(pattern: RegExp, word: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(word)
}

/** The sound and the length in letters of the syllable at a position. */
function readSyllable(word: string, at: number): { text: string; length: number } {
  for (const [pattern, vowel] of SYLLABLES) {
    const match = matchAt(pattern, word, at)
    if (match === null) continue
    const { before, first = '', final = '' } = match.groups ?? {}
    const text = (before === undefined ? '' : `${toInitial(before)}a`) + toInitial(first) + vowel
    // Two equal consonants at the end are a syllable of their own.
    const isNext = final !== '' && word.slice(at + match[0].length) === final
    if (isNext) return { text, length: match[0].length - 1 }
    return { text: text + (FINALS.get(final) ?? ''), length: match[0].length }
  }
  const closed = matchAt(CLOSED, word, at)
  if (closed !== null) {
    const { first = '', final = '' } = closed.groups ?? {}
    return { text: `${toInitial(first)}o${FINALS.get(final) ?? ''}`, length: closed[0].length }
  }
  const { first = '' } = matchAt(OPEN, word, at)?.groups ?? {}
  const isSilent = first === '' || (at > 0 && at + 1 === word.length)
  return { text: isSilent ? '' : `${toInitial(first)}a`, length: 1 }
}

function readWord(thai: string): string {
  let word = thai.normalize('NFKC').replaceAll('ํา', 'ำ')
  for (const [pattern, spelling] of REWRITES) word = word.replace(pattern, spelling)
  let spoken = ''
  for (let at = 0; at < word.length; ) {
    const { text, length } = readSyllable(word, at)
    spoken += text
    at += length
  }
  return spoken
}

/** A text with its Thai words in Latin letters, as they are spoken. */
export const getThaiReadings = (text: string): string[] => [text.replace(/[\u0E00-\u0E7F]+/gu, readWord)]
