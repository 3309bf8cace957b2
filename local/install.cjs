/** Installs the dependencies of package-lock.json unless they are up to date. Runs before `npm start` and `npm test`, with any Node. */
const { execSync } = require('node:child_process')
const { existsSync, statSync } = require('node:fs')
const { join } = require('node:path')

const root = join(__dirname, '..')
const done = join(root, 'node_modules', '.package-lock.json')
const asked = join(root, 'package-lock.json')

if (!existsSync(done) || statSync(done).mtimeMs < statSync(asked).mtimeMs) {
  console.error('Installing dependencies (once) …')
  execSync('npm ci --no-fund --no-audit --loglevel=error', { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] })
}
