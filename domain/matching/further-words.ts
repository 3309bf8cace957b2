/** Further words that people write beside a name: a former name, a date or place of birth, a remark in brackets. */

// cspell:disable
/** What comes before further words, in several languages. */
const MARKS = [
  'dob|d\\.o\\.b\\.?|pob|p\\.o\\.b\\.?|date of birth|place of birth|nationality|born',
  'née?|nee|geb\\.?|geborene?r?|z d\\.?|z domu|urodzon[ay]|roz\\.|rozen[áa]|nata|nacid[ao]|nascid[ao]|født|född|născută?|szül\\.?',
  'урожд(?:\\.|[её]нн(?:ая|ый))|рожд\\.|род\\.|a\\.?k\\.?a\\.?|f\\.?k\\.?a\\.?|alias|formerly|previously|dite?|vormals|früher|dawniej',
].join('|')
// cspell:enable

/** From the first mark, semicolon or bracket after a name to the end. */
const FURTHER = new RegExp(`(?<=[\\p{L}\\p{N}.])\\s*(?:[;([]|,?\\s(?:${MARKS})(?=[\\s:])).*$`, 'iu')

/** What every mark has before it. Most names have neither. */
const MAY_BEGIN = /[\s;([]/u

/** A name without the further words beside it; null if there are none. */
export function withoutFurtherWords(name: string): string | null {
  if (!MAY_BEGIN.test(name)) return null
  const short = name.replace(FURTHER, '')
  return short === name ? null : short
}
