import { toCustom, toStandard } from './column-names.ts'

/** Columns whose values together may tell the rows of a file apart. */
interface Candidate {
  columns: readonly number[]
  seen: Set<string>
}

/** Finds out which columns tell the rows of a file apart, to propose them where it has no column of keys. */
export class KeyColumns {
  #candidates: Candidate[]

  /** The likeliest keys first: an address, a document, and both or a date of birth with the name. */
  constructor(header: readonly string[]) {
    const find = (isMeant: (column: string) => boolean) => {
      const at = header.findIndex(isMeant)
      return at < 0 ? [] : [at]
    }
    const standard = (field: string) => find(column => toStandard(column)?.target === field)
    const [surname, given, dob, document] = ['surname', 'given_name', 'dob', 'document_number'].map(standard)
    const email = find(column => toCustom(column) === 'email')
    const name = [...(surname ?? []), ...(given ?? [])]
    const named = (part: readonly number[] = []) => (part.length > 0 && name.length > 0 ? [...part, ...name] : [])
    this.#candidates = [email, document ?? [], named(email), named(document), named(dob)]
      .filter(columns => columns.length > 0 && columns.every(n => !header[n]?.includes(',')))
      .map(columns => ({ columns, seen: new Set() }))
  }

  see(cells: readonly string[]): void {
    if (this.#candidates.length === 0) return
    this.#candidates = this.#candidates.filter(({ columns, seen }) => {
      const key = columns
        .map(n => (cells[n] ?? '').trim())
        .filter(Boolean)
        .join('|')
      if (key === '' || seen.has(key)) return false
      seen.add(key)
      return true
    })
  }

  /** The first columns that have a value of its own in every row; null if none have. */
  get best(): readonly number[] | null {
    return this.#candidates[0]?.columns ?? null
  }
}
