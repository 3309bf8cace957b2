/** A person's full name as a sequence of words, and as runs of words that may have been written as one. */
import type { Person, SearchCriteria } from '#contract/schemas/search.ts'
import { isLegalForm } from './business-words.ts'
import type { Outline } from './compare-token.ts'
import { type NameReading, readNames } from './name-readings.ts'
import { formsIn, NameToken, nameFormsIn } from './name-token.ts'

export type NameField = 'surname' | 'given_name' | 'text' | 'details'

/** A word of a name, and the field that it is from. */
export interface NamePart {
  form: NameToken
  field: NameField
  /** Whether it is a particle or, in the name of an institution, a legal form. */
  isMinor: boolean
  /** Whether it is the whole surname, although it would be an initial or a particle elsewhere. */
  isShortSurname: boolean
}

const MAX_RUN_LENGTH = 3
const MAX_NAME_LENGTH = 8
const MAX_LETTERS = 60
/** The longest run of single letters, which is one word in another spelling, such as A. B. C. */
const MAX_LETTER_RUN = 6
/** Sets of words are stored in the bits of one integer. */
const MAX_WORDS = 31

/**
 * Adjacent words of a name taken as one. A run may continue from the last word to the first, because surname and given name may be
 * exchanged.
 */
export class TokenRun {
  /** The indexes of its words. */
  readonly at: readonly number[]
  readonly forms: readonly NameToken[]
  /** The number of its letters. */
  readonly length: number
  /** Whether it is all of the single letters in a row, such as A. B. C., which are also written as one word. */
  readonly isInitialism: boolean
  /** The script and letters of the run as one word. */
  readonly outline: Outline
  #form: NameToken | null = null

  constructor(at: readonly number[], forms: readonly NameToken[], isInitialism: boolean) {
    this.at = at
    this.forms = forms
    this.isInitialism = isInitialism
    let [length, letters] = [0, 0]
    for (const { text, letters: ofWord } of forms) {
      length += text.length
      letters |= ofWord
    }
    this.length = length
    this.outline = { script: forms[0]?.script ?? 'latin', letters }
  }

  /** The run as one word. */
  get form(): NameToken {
    this.#form ??= new NameToken(this.forms.map(form => form.text).join(''), this.outline.script)
    return this.#form
  }
}

const NONE: readonly FullName[] = []

export class FullName {
  readonly parts: readonly NamePart[]
  /** The number of its words other than particles and legal forms. */
  readonly size: number
  /** Whether the surname is read in Korean. */
  readonly isKorean: boolean
  /** Whether further words beside the name were left out. */
  readonly isShortened: boolean
  /** Whether a word of it is in Han signs that were read one by one. */
  readonly hasSigns: boolean
  /** The same name in its other readings, if it is in signs that may be read in several ways. */
  readonly others: readonly FullName[]
  #runs: TokenRun[] | null = null

  constructor(
    parts: readonly NamePart[],
    { isKorean = false, isShortened = false }: Partial<NameReading> = {},
    others: readonly FullName[] = NONE,
  ) {
    this.isKorean = isKorean
    this.isShortened = isShortened
    this.others = others
    this.parts = parts.slice(0, MAX_WORDS)
    this.hasSigns = this.parts.some(({ form }) => form.han === 'signs')
    this.size = this.parts.reduce((sum, { isMinor, field }) => (isMinor || field === 'details' ? sum : sum + 1), 0)
  }

  /** All runs of two and three words, and longer ones of single letters; none if the text is too long for a name. */
  get runs(): readonly TokenRun[] {
    this.#runs ??= this.#findRuns()
    return this.#runs
  }

  #isLetter(i: number): boolean {
    return this.parts[i]?.form.text.length === 1
  }

  #isInitialism(from: number, size: number): boolean {
    if (!this.#isLetter(from) || this.#isLetter(from - 1) || this.#isLetter(from + size)) return false
    for (let i = from + 1; i < from + size; i++) if (!this.#isLetter(i)) return false
    return true
  }

  #findRuns(): TokenRun[] {
    const { length } = this.parts
    const runs: TokenRun[] = []
    if (length > MAX_NAME_LENGTH) return runs
    for (let from = 0; from < length; from++) {
      const longest = this.#isLetter(from) ? MAX_LETTER_RUN : MAX_RUN_LENGTH
      for (let size = 2; size <= Math.min(longest, length); size++) {
        const isInitialism = this.#isInitialism(from, size)
        if (size > MAX_RUN_LENGTH && !isInitialism) continue
        const at: number[] = []
        const forms: NameToken[] = []
        for (let n = 0; n < size; n++) {
          const i = (from + n) % length
          const part = this.parts[i]
          at.push(i)
          if (part !== undefined) forms.push(part.form)
        }
        const run = new TokenRun(at, forms, isInitialism)
        if (run.length <= MAX_LETTERS) runs.push(run)
      }
    }
    return runs
  }
}

/** The words of a field. A surname of one word is evidence, also if the word is an initial or a particle elsewhere: `Cedric O`. */
function partsIn(text: string | null, field: NameField, hasLegalForms: boolean): NamePart[] {
  const forms = (field === 'surname' || field === 'given_name' ? nameFormsIn : formsIn)(text)
  const isOnly = field === 'surname' && forms.length === 1
  return forms.map(form => {
    const isShortSurname = isOnly && (form.particle || form.text.length === 1)
    const isMinor = form.particle || (hasLegalForms && isLegalForm(form.text))
    return { form, field, isMinor, isShortSurname }
  })
}

/** Whether a customer's name may have a legal form. */
export const isInstitution = ({ type }: Person): boolean => type !== 'PERSON'

/** A name with its other readings. */
function toFullName(readings: readonly NameReading[], toParts: (reading: NameReading) => NamePart[]): FullName {
  const [first, ...others] = readings
  const further = others.map(reading => new FullName(toParts(reading), reading))
  return new FullName(first ? toParts(first) : [], first, further.length > 0 ? further : NONE)
}

/** The name in search criteria; words of free text may be names, too. @param hasLegalForms whether it is compared with an institution. */
export const nameOfExample = (criteria: SearchCriteria, hasLegalForms: boolean): FullName =>
  toFullName(readNames(criteria), ({ text, given_name, surname }) => [
    ...partsIn(text, 'text', hasLegalForms),
    ...partsIn(given_name, 'given_name', hasLegalForms),
    ...partsIn(surname, 'surname', hasLegalForms),
  ])

/** The name of a customer. With `withDetails`, the words of the details follow, because free text may mean them. */
export function nameOfPerson(person: Person, withDetails: boolean): FullName {
  const hasLegalForms = isInstitution(person)
  const others = withDetails
    ? Object.values(person.details).flatMap(value => partsIn(String(value), 'details', hasLegalForms))
    : []
  const { surname, given_name } = person
  return toFullName(readNames({ surname, given_name }), reading => [
    ...partsIn(reading.given_name, 'given_name', hasLegalForms),
    ...partsIn(reading.surname, 'surname', hasLegalForms),
    ...others,
  ])
}
