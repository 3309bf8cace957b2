/** Installs what package-lock.json says, when that has not been done: runs before `npm start` and `npm test`, on any Node. */
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
