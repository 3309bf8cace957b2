/** A person's full name as a sequence of words, and as runs of words that may have been written as one. */
import type { Person, SearchCriteria } from '#contract/schemas/search.ts'
import { formsIn, NameToken } from './name-token.ts'
import type { Script } from './transliterate.ts'

export type NameField = 'surname' | 'given_name' | 'text' | 'details'

/** A word of a name, and the field that it is from. */
export interface NamePart {
  form: NameToken
  field: NameField
}

const MAX_RUN_LENGTH = 3
const MAX_NAME_LENGTH = 8
const MAX_LETTERS = 60
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
  readonly letters: number
  readonly #script: Script
  #form: NameToken | null = null

  constructor(at: readonly number[], forms: readonly NameToken[]) {
    this.at = at
    this.forms = forms
    this.letters = forms.reduce((sum, form) => sum + form.text.length, 0)
    this.#script = forms[0]?.script ?? 'latin'
  }

  /** The run as one word. */
  get form(): NameToken {
    this.#form ??= new NameToken(this.forms.map(form => form.text).join(''), this.#script)
    return this.#form
  }
}

export class FullName {
  readonly parts: readonly NamePart[]
  /** The number of its words other than particles. */
  readonly size: number
  #runs: TokenRun[] | null = null

  constructor(parts: readonly NamePart[]) {
    this.parts = parts.slice(0, MAX_WORDS)
    this.size = this.parts.reduce((sum, { form, field }) => (form.particle || field === 'details' ? sum : sum + 1), 0)
  }

  /** All runs of two and three words; none if the text is too long for a name. */
  get runs(): readonly TokenRun[] {
    this.#runs ??= this.#findRuns()
    return this.#runs
  }

  #findRuns(): TokenRun[] {
    const { length } = this.parts
    const runs: TokenRun[] = []
    if (length > MAX_NAME_LENGTH) return runs
    for (let from = 0; from < length; from++) {
      for (let size = 2; size <= Math.min(MAX_RUN_LENGTH, length); size++) {
        const at = Array.from({ length: size }, (_, i) => (from + i) % length)
        const run = new TokenRun(
          at,
          at.flatMap(i => this.parts[i]?.form ?? []),
        )
        if (run.letters <= MAX_LETTERS) runs.push(run)
      }
    }
    return runs
  }
}

const partsIn = (text: string | null, field: NameField): NamePart[] => formsIn(text).map(form => ({ form, field }))

/** The name in search criteria; words of free text may be names, too. */
export function nameOfExample({ text, given_name, surname }: SearchCriteria): FullName {
  return new FullName([...partsIn(text, 'text'), ...partsIn(given_name, 'given_name'), ...partsIn(surname, 'surname')])
}

/** The name of a customer. With `withDetails`, the words of the details follow, because free text may mean them. */
export function nameOfPerson({ given_name, surname, details }: Person, withDetails: boolean): FullName {
  const others = withDetails ? Object.values(details).flatMap(value => partsIn(String(value), 'details')) : []
  return new FullName([...partsIn(given_name, 'given_name'), ...partsIn(surname, 'surname'), ...others])
}
