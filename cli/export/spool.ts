import { randomUUID } from 'node:crypto'
import { open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'

/** Text that is written once and read once. */
export interface Spool {
  write(text: string): Promise<unknown>
  read(): Readable
  close(): Promise<void>
}

/** A spool on disk, readable only by this user. It is unlinked at once, so that nothing remains however the process ends. */
export async function openSpool(): Promise<Spool> {
  const path = join(tmpdir(), `registry-${randomUUID()}`)
  const file = await open(path, 'wx+', 0o600)
  await rm(path)
  return {
    write: text => file.writeFile(text),
    read: () => file.createReadStream({ start: 0, autoClose: false, encoding: 'utf8' }),
    close: () => file.close(),
  }
}
