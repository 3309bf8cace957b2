import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const fileAt = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** The public page and the signed-in app are two entries, so that the public page loads nothing of the app. */
export default defineConfig({
  root: fileAt('.'),
  // The library's own build for browsers, without Node's streams.
  resolve: { alias: [{ find: /^csv-parse(?=$|\/sync$)/, replacement: 'csv-parse/browser/esm' }] },
  publicDir: 'static',
  build: {
    target: 'es2022',
    manifest: true,
    // Inlined images need no request, but inlined scripts and styles are forbidden by the content security policy.
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: { lookup: fileAt('index.html'), app: fileAt('app.html') },
      // Libraries mark modules for frameworks that also render on a server.
      onLog: (level, log, report) => {
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') report(level, log)
      },
    },
  },
})
