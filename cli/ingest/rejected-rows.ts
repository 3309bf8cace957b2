import { closeSync, openSync, rmSync, statSync, writeSync } from 'node:fs'
import type { Numbered } from '#ingest/row.ts'
import { BadFile, toCode } from '../failure.ts'

/** Writes rejected rows with their reasons to a file of one JSON object per line. The file is created with the first one. */
export class RefusedRows {
  readonly #path: string
  #file: number | null = null

  /** Removes the file of a previous run. */
  constructor(path: string) {
    this.#path = path
    this.#try(() => {
      if (statSync(path, { throwIfNoEntry: false })?.isFile()) rmSync(path)
    })
  }

  /** Row numbers start at 1, without the header; line numbers are those of the file. */
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
