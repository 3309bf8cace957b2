import { pluralise } from '#contract/counted.ts'
import { type DateNotation, type DateOrder, readWrittenDate } from '#contract/written-date.ts'
import { BadFile } from './failure.ts'

/** `--date-format`: the order of day and month, or the serial numbers of a spreadsheet. */
export const DATE_FORMATS = ['dmy', 'mdy', 'excel'] as const
export type DateFormat = (typeof DATE_FORMATS)[number]

/** What programs write for no date. */
const NO_DATE = /^(?:0{1,4}[-/.]0{1,2}[-/.]0{1,4}|0{8}|null|n\/a|-)$/i

/** A birthday whose year is not known, as Google and vCards write it. */
const YEARLESS = /^\s*--\d\d-?\d\d\s*$/

/** Whether a cell is empty, or has what programs write for no date. */
export const isNothing = (cell: string): boolean => cell.trim() === '' || NO_DATE.test(cell.trim())

/** The decision on the order of day and month in one column. */
export class DateColumn {
  readonly name: string
  readonly #format: DateFormat | null
  readonly #isBirth: boolean
  /** How many dates without a year were left out. */
  yearless = 0
  /** The first line of each kind. */
  readonly #lines: Record<DateOrder | 'ambiguous', number | null> = { dmy: null, mdy: null, ambiguous: null }

  /** @param isBirth dates without a year are left out, and their rows stay: they identify nobody. */
  constructor(name: string, format: DateFormat | null, isBirth: boolean) {
    this.name = name
    this.#isBirth = isBirth
    this.#format = format
  }

  see(cell: string, line: number): void {
    if (this.#format === 'dmy' || this.#format === 'mdy' || !/^\s*\d{1,2}[^\d.]\s*\d{1,2}\D/.test(cell)) return
    const read = readWrittenDate(cell)
    if ('readings' in read) this.#lines.ambiguous ??= line
    if (!('date' in read)) return
    const orders = (['dmy', 'mdy'] as const).filter(order => 'date' in readWrittenDate(cell, { order }))
    const [order] = orders
    if (order !== undefined && orders.length === 1) this.#lines[order] ??= line
  }

  /** Whether some date may have the day or the month first, and the rows do not show which. */
  get isOpen(): boolean {
    const { dmy, mdy, ambiguous } = this.#lines
    return this.#format !== 'dmy' && this.#format !== 'mdy' && ambiguous !== null && (dmy === null) === (mdy === null)
  }

  /** The order that the rows show; null if none needs one. @throws BadFile if they leave it open */
  get order(): DateOrder | null {
    if (this.#format === 'dmy' || this.#format === 'mdy') return this.#format
    const { dmy, mdy, ambiguous } = this.#lines
    if (ambiguous === null) return null
    if (dmy !== null && mdy !== null)
      throw new BadFile(
        `has dates in ${this.name} with the day first (line ${dmy}) and with the month first (line ${mdy}), so line ${ambiguous} may mean either: say which with --date-format dmy or mdy`,
      )
    if (dmy === null && mdy === null)
      throw new BadFile(
        `has dates in ${this.name} that may have the day or the month first (line ${ambiguous}), and no row that shows which: say it with --date-format dmy or mdy`,
      )
    return dmy === null ? 'mdy' : 'dmy'
  }

  /** The summary's note; null if nothing was decided. */
  get note(): string | null {
    const { dmy, mdy, ambiguous } = this.#lines
    if (this.#format !== null || ambiguous === null) return null
    const order = dmy === null ? 'month first' : 'day first'
    return `${this.name}: read with the ${order}, as line ${dmy ?? mdy} shows`
  }

  get yearlessNote(): string | null {
    return this.yearless === 0 ? null : `${this.name}: ${pluralise(this.yearless, 'date')} without a year left out`
  }

  /** A converter of cells to ISO 8601. What cannot be read stays, so that the registry refuses it with a reason. */
  get convert(): (cell: string) => string {
    const notation: DateNotation = { order: this.order ?? undefined, serial: this.#format === 'excel' }
    return cell => {
      if (isNothing(cell)) return ''
      if (this.#isBirth && YEARLESS.test(cell)) {
        this.yearless++
        return ''
      }
      const read = readWrittenDate(cell, notation)
      return 'date' in read ? read.date : cell
    }
  }
}
