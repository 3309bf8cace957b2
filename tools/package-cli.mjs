/**
 * `npm run prepare`: builds the command line as one file of JavaScript, dist/registry.js, which `bin` names. npm runs it when it links the
 * package or installs it from a repository. It is JavaScript itself, because Node 20 runs it too.
 */
import { chmod } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))
const outfile = process.argv[2] ?? `${root}/dist/registry.js`

await build({
  absWorkingDir: root,
  entryPoints: ['cli/main.ts'],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  // Dependencies in CommonJS call require for Node's own modules.
  banner: {
    js: "#!/usr/bin/env node\nimport { createRequire as toRequire } from 'node:module'\nconst require = toRequire(import.meta.url)",
  },
})
await chmod(outfile, 0o755)
