import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const MAIN = fileURLToPath(new URL('../../cli/main.ts', import.meta.url))

export interface CommandResult {
  code: number | null
  stdout: string
  stderr: string
}

/** Runs the command line in a clean environment with the given variables. */
export async function runRegistry(
  args: readonly string[],
  environment: Record<string, string> = {},
): Promise<CommandResult> {
  const clean = Object.entries(process.env).filter(([name]) => !/^(REGISTRY_|JEST_|NODE_|npm_|INIT_CWD)/.test(name))
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: { ...Object.fromEntries(clean), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const result: CommandResult = { code: null, stdout: '', stderr: '' }
  for (const stream of ['stdout', 'stderr'] as const)
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      result[stream] += text
    })
  const [code]: unknown[] = await once(child, 'close')
  return { ...result, code: typeof code === 'number' ? code : null }
}

/** A temporary folder of files for the command line. */
export class Folder {
  readonly path: string

  private constructor(path: string) {
    this.path = path
  }

  static async create(): Promise<Folder> {
    return new Folder(await mkdtemp(join(tmpdir(), 'registry-cli-')))
  }

  /** Returns the path of a file in the folder. */
  resolve(name: string): string {
    return join(this.path, name)
  }

  async write(name: string, content: string | Buffer): Promise<string> {
    await writeFile(this.resolve(name), content)
    return this.resolve(name)
  }

  remove(): Promise<void> {
    return rm(this.path, { recursive: true, force: true })
  }
}
