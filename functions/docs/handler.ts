import { readFile } from 'node:fs/promises'
import { serviceRoutes as routes } from '#contract/routes/service.ts'
import { endpoint } from '../http/endpoint.ts'
import { operation } from '../http/operation.ts'

const PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Customer registry: API</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="docs/swagger-ui.css">
<div id="api"></div>
<script src="docs/swagger-ui-bundle.js"></script>
<script src="docs/start.js"></script>
</html>
`

const START = `SwaggerUIBundle({ url: 'openapi.json', dom_id: '#api', deepLinking: true, tryItOutEnabled: true })
`

const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

const contentTypes = {
  'swagger-ui.css': 'text/css',
  'swagger-ui-bundle.js': 'text/javascript',
  'start.js': 'text/javascript',
}

export const handler = endpoint<'docs'>({
  docs: operation(routes.docs, () => ({
    status: 200,
    body: PAGE,
    headers: { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': CSP },
  })),
  docsFile: operation(routes.docsFile, async ({ params: { file } }) => ({
    status: 200,
    body: file === 'start.js' ? START : await readFile(new URL(import.meta.resolve(`swagger-ui-dist/${file}`)), 'utf8'),
    headers: { 'Content-Type': `${contentTypes[file]}; charset=utf-8`, 'Cache-Control': 'public, max-age=86400' },
  })),
})
