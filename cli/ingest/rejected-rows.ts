import { closeSync, openSync, rmSync, statSync, writeSync } from 'node:fs'
import { BadFile, toCode } from '../failure.ts'
import type { Numbered } from './row.ts'

/** The rows that the registry did not take, with the reasons, in a file of one JSON object a line. It is made with the first of them. */
export class RefusedRows {
  readonly #path: string
  #file: number | null = null

  /** What a run before this one left there goes: it speaks of other rows. */
  constructor(path: string) {
    this.#path = path
    this.#try(() => {
      if (statSync(path, { throwIfNoEntry: false })?.isFile()) rmSync(path)
    })
  }

  /** Row numbers count from 1, without a header; lines are the file's. */
  add({ number, line, key }: Numbered, problem: string | null): void {
    const text = JSON.stringify({ row: number, line, id: key, problem })
    this.#try(() => {
      this.#file ??= openSync(this.#path, 'w')
      writeSync(this.#file, `${text}\n`)
    })
  }

  close(): void {
    if (this.#file !== null) closeSync(this.#file)
    this.#file = null
  }

  #try(action: () => void): void {
    try {
      action()
    } catch (error) {
      throw new BadFile(
        `${this.#path} for the refused rows cannot be written (${toCode(error) ?? 'unknown'}): name another with --refused`,
      )
    }
  }
}
