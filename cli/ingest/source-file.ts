import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { extname } from 'node:path'
import { BadFile, toCode } from '../failure.ts'
import { toPath } from '../paths.ts'
import { csvRows } from './csv-rows.ts'
import type { Mapping } from './mapping.ts'
import { ndjsonRows } from './ndjson-rows.ts'
import type { Rows } from './row.ts'
import { utf8 } from './utf8.ts'

const readers: Record<string, (bytes: AsyncIterable<Buffer>, mapping: Mapping | null) => Rows | Promise<Rows>> = {
  '.csv': csvRows,
  '.ndjson': ndjsonRows,
}

const WHY: Record<string, string> = { ENOENT: 'is not there', EACCES: 'may not be read' }

/** Converts a system error to an error of the file. */
function unreadable(error: unknown): unknown {
  const code = toCode(error)
  return code === null || !/^E[A-Z0-9]+$/.test(code) ? error : new BadFile(WHY[code] ?? `cannot be read (${code})`)
}

async function* toBytes(path: string): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of createReadStream(path)) yield Buffer.from(chunk)
  } catch (error) {
    throw unreadable(error)
  }
}

/** Opens a file of rows, which are read on demand. `size` is in bytes; pipes can be read once. @throws BadFile */
export async function openSource(
  file: string,
  mapping: Mapping | null,
): Promise<Rows & { size: number; plain: boolean }> {
  const open = readers[extname(file).toLowerCase()]
  if (open === undefined) throw new BadFile(`must end in ${Object.keys(readers).join(' or ')}`)
  const path = toPath(file)
  const info = await stat(path).catch((error: unknown) => {
    throw unreadable(error)
  })
  if (info.isDirectory()) throw new BadFile('is a folder')
  if (info.isFile() && info.size === 0) throw new BadFile('is empty')
  return { ...(await open(utf8(toBytes(path)), mapping)), size: info.size, plain: info.isFile() }
}
