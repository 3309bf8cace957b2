/**
 * What programs and people write where a value is unknown. Such a value identifies nobody and is no evidence that two records are about one
 * person. Only a whole value is a placeholder: a word of a longer name never is.
 */

// cspell:disable
/** Words for "unknown", "none" and the like. `na` and `nn` are left out: Na is a surname, and both may be initials. */
const NAMES: ReadonlySet<string> = new Set(
  `unknown, name unknown, unknown name, surname unknown, not known, no name, no surname, no last name, no first name, not available, not applicable, not provided,
  not given, not stated, not specified, unspecified, undefined, n/a, n/k, none, nil, tbd, tba, tbc, anonymous, anon, fnu, lnu, nfn, nln, nmn,
  unbekannt, nicht bekannt, keine angabe, ohne namen, inconnu, inconnue, non renseigné, sans nom, sans prénom, sans objet,
  desconocido, desconocida, sin nombre, sin apellido, sin datos, no consta, desconhecido, desconhecida, sem nome, não informado,
  sconosciuto, sconosciuta, ignoto, onbekend, okänd, ukjent, ukendt, tuntematon, nieznany, nieznana, brak, neznámý, neznámá, neznámy,
  ismeretlen, necunoscut, necunoscută, bilinmiyor, неизвестно, неизвестен, неизвестна, нет данных, невідомо, неизвестный, άγνωστος, άγνωστο,
  غير معروف, مجهول, نامشخص, לא ידוע, अज्ञात, 未知, 不详, 不詳, 不明, 无名氏, 미상, ไม่ทราบ, không rõ, tidak diketahui`
    .split(',')
    .map(text => text.trim()),
)
/** The same in document numbers, which nobody has as a name. */
const NUMBERS: ReadonlySet<string> = new Set(
  'null na nan nothing pending missing nn n.n. ka k.a. blank leer xx'.split(' '),
)
const FURTHER_NUMBERS: ReadonlySet<string> = new Set(['no number', 'no document', 'no id', 'not issued', 's/n'])
// cspell:enable

/** Crossed out: `xxx`. */
const CROSSED_OUT = /^x{3,}$/
/** Zeros alone, or one sign throughout, in a number. */
const FILLED = /^0+$|^([\p{L}\p{N}])\1{4,}$/u

/** A text that folding leaves as it is. */
const FOLDED = /^[a-z]+(?: [a-z]+)*$/

/** In lower case, without brackets and punctuation around it. */
function fold(text: string): string {
  const lower = text.toLowerCase()
  if (FOLDED.test(lower)) return lower
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/^[^\p{L}\p{N}]+/u, '')
    .replace(/[^\p{L}\p{N}.]+$/u, '')
    .replace(/\s*\/\s*/gu, '/')
    .replace(/[\s_-]+/gu, ' ')
}

const isKnown = (folded: string): boolean =>
  NAMES.has(folded) || NAMES.has(folded.replace(/\.+$/, '')) || CROSSED_OUT.test(folded)

const MAX_LENGTH = 64

/** Whether a name says only that the name is not known. */
export function isNamePlaceholder(name: string | null): boolean {
  return name !== null && name.length <= MAX_LENGTH && isKnown(fold(name))
}

/** Whether a document number says only that there is none, such as `none` or `0000000`. */
export function isNumberPlaceholder(number: string | null): boolean {
  if (number === null || number.length > MAX_LENGTH) return false
  const folded = fold(number)
  if (isKnown(folded) || NUMBERS.has(folded) || FURTHER_NUMBERS.has(folded)) return true
  return FILLED.test(folded.replace(/[^\p{L}\p{N}]/gu, ''))
}
