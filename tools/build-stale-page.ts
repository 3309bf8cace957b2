/** Before `npm start`: builds the web page unless web/dist is newer than its sources. */
import { spawnSync } from 'node:child_process'
import { globSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const SOURCES = ['web/**/*.*', 'client/*.ts', 'contract/**/*.ts', 'package-lock.json']

const modified = (path: string): number => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0

process.chdir(ROOT)
const built = modified('web/dist/app.html')
const isStale = globSync(SOURCES, { exclude: ['web/dist/**'] }).some(path => modified(path) > built)
if (isStale) {
  console.error('Building the web page …')
  // The API works without the page, so a failure is reported and does not stop it.
  const { status } = spawnSync('npm', ['run', '-s', 'build:web'], { stdio: 'inherit' })
  if (status !== 0) console.error('The web page was not built: run npm run build:web to see why')
}
