import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const MAIN = fileURLToPath(new URL('../../cli/main.ts', import.meta.url))

export interface Ran {
  code: number | null
  stdout: string
  stderr: string
}

/** Runs the command line as a person does, with nothing of ours in its environment but what is given. */
export async function registry(words: readonly string[], environment: Record<string, string> = {}): Promise<Ran> {
  const clean = Object.entries(process.env).filter(([name]) => !/^(REGISTRY_|JEST_|NODE_|npm_|INIT_CWD)/.test(name))
  const child = spawn(process.execPath, [MAIN, ...words], {
    env: { ...Object.fromEntries(clean), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ran: Ran = { code: null, stdout: '', stderr: '' }
  for (const stream of ['stdout', 'stderr'] as const)
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      ran[stream] += text
    })
  const [code]: unknown[] = await once(child, 'close')
  return { ...ran, code: typeof code === 'number' ? code : null }
}

/** A folder of files to hand to the command line. */
export class Folder {
  readonly path: string

  private constructor(path: string) {
    this.path = path
  }

  static async make(): Promise<Folder> {
    return new Folder(await mkdtemp(join(tmpdir(), 'registry-cli-')))
  }

  /** Where a file is, or would be. */
  at(name: string): string {
    return join(this.path, name)
  }

  async write(name: string, content: string | Buffer): Promise<string> {
    await writeFile(this.at(name), content)
    return this.at(name)
  }

  remove(): Promise<void> {
    return rm(this.path, { recursive: true, force: true })
  }
}
