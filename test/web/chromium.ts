import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'

const PACKAGE = '@sparticuz/chromium'
const VERSION = '153.0.0'
const CACHE = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'customer-registry/chromium')
const INSTALLED = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/**
 * A Chromium: the one that CHROMIUM names, an installed one, or else one from npm, which is installed once under `~/.cache` and needs no
 * administrator.
 */
export async function chromiumPath(): Promise<string> {
  const path = process.env.CHROMIUM ?? INSTALLED.find(it => existsSync(it))
  if (path !== undefined) return path
  const main = join(CACHE, 'node_modules', PACKAGE, 'build/index.js')
  if (!existsSync(main)) {
    await mkdir(CACHE, { recursive: true })
    await writeFile(join(CACHE, 'package.json'), '{}')
    await promisify(execFile)(
      'npm',
      ['install', '--no-fund', '--no-audit', '--ignore-scripts', `${PACKAGE}@${VERSION}`],
      {
        cwd: CACHE,
      },
    )
  }
  const { default: chromium } = await import(pathToFileURL(main).href)
  return chromium.executablePath()
}
