import { createWriteStream } from 'node:fs'
import { rename, rm, stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { BadFile, toCode } from '../failure.ts'

/** Writes text or bytes to a file, which gets its name once it is complete, or to standard output. @throws BadFile */
export async function writeOut(text: AsyncIterable<string | Buffer>, path: string | null): Promise<void> {
  if (path === null) return pipeline(Readable.from(text), process.stdout, { end: false })
  // Directories and devices must not be replaced by a file.
  const existing = await stat(path).catch(() => null)
  if (existing !== null && !existing.isFile())
    throw new BadFile(`${path} is not a file: omit --out for standard output`)
  const partial = `${path}.partial`
  const file = createWriteStream(partial)
  let broken: unknown
  file.on('error', error => {
    broken = error
  })
  try {
    await pipeline(Readable.from(text), file)
    await rename(partial, path)
  } catch (error) {
    await rm(partial, { force: true })
    if (error !== broken && toCode(error)?.startsWith('E') !== true) throw error
    throw new BadFile(`${path} cannot be written (${toCode(error) ?? 'unknown'})`)
  }
}
