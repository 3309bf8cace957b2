/** What the bundles of the functions leave out or replace, so that a new process is ready soon. */
import { readFile } from 'node:fs/promises'
import { isBuiltin } from 'node:module'
import type { Plugin } from 'esbuild'
import ts from 'typescript'

/**
 * Takes Node's own modules from the process instead of importing them. An import reads every export at once, so that `node:http` loads the
 * whole of `fetch` for its `WebSocket`, which takes longer than any other module of a function. Modules of which nothing is used are left out.
 */
export const builtinsPlugin: Plugin = {
  name: "Node's own modules",
  setup(buildContext) {
    // One for each importer: if modules that are loaded at different times shared it, it would be a file of its own.
    buildContext.onResolve({ filter: /^(node:)?[a-z]/ }, ({ path, importer }) =>
      isBuiltin(path)
        ? { path: `${path.replace(/^node:/, '')} of ${importer}`, namespace: 'node', sideEffects: false }
        : undefined,
    )
    buildContext.onLoad({ filter: /./, namespace: 'node' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule('node:${path.split(' ')[0]}')`,
    }))
  },
}

/** Credentials of a function are in its environment. Leaves out the providers for laptops, containers and single sign-on. */
export const lambdaCredentialsPlugin: Plugin = {
  name: 'credentials of Lambda',
  setup(buildContext) {
    buildContext.onResolve({ filter: /^@aws-sdk\/credential-provider-node$/ }, ({ resolveDir }) => ({
      path: 'credentials',
      namespace: 'lambda',
      pluginData: resolveDir,
    }))
    buildContext.onLoad({ filter: /./, namespace: 'lambda' }, ({ pluginData: resolveDir }) => ({
      contents: "export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env'",
      resolveDir,
    }))
  },
}

/** The package that is loaded with the first pattern of a field, and the file beside the bundle that it is in. */
export const REGEX_PACKAGE = 're2js'
export const REGEX_FILE = 're2js.cjs'

/** Loads the regular expressions of fields from a file of their own: few requests need them, and they are a fifth of a bundle. */
export const lazyRegexPlugin: Plugin = {
  name: 'regular expressions on demand',
  setup(buildContext) {
    buildContext.onResolve({ filter: new RegExp(`^${REGEX_PACKAGE}$`) }, () => ({
      path: REGEX_FILE,
      namespace: 'lazy',
    }))
    buildContext.onResolve({ filter: new RegExp(`/${REGEX_FILE}$`) }, ({ path }) => ({ path, external: true }))
    buildContext.onLoad({ filter: /./, namespace: 'lazy' }, () => ({
      contents: `export const RE2JS = { compile: pattern => require('./${REGEX_FILE}').RE2JS.compile(pattern) }`,
    }))
  },
}

/** The modules of the contract. */
const CONTRACT = /[\\/]contract[\\/].*\.ts$/
/** The modules of zod that convert schemas to JSON Schema. */
const JSON_SCHEMA = /[\\/]zod[\\/]v4[\\/]core[\\/](to-json-schema|json-schema-processors)\.js$/

/** Whether an expression may do something when it is evaluated. */
const isEvaluated = (expression: ts.Expression): boolean =>
  !ts.isLiteralExpression(expression) && !ts.isArrowFunction(expression)

/** Marks the values of top-level constants as unneeded if nothing uses them. */
function markPure(text: string): string {
  const source = ts.createSourceFile('contract.ts', text, ts.ScriptTarget.Latest)
  const values = source.statements
    .filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) => declarationList.declarations.flatMap(({ initializer }) => initializer ?? []))
    .filter(isEvaluated)
  return values.reduceRight((marked, { end, pos }) => {
    const value = marked.slice(pos, end)
    return `${marked.slice(0, pos)} /* @__PURE__ */ (() => (${value}))()${marked.slice(end)}`
  }, text)
}

/** Leaves out the schemas that a function does not use: creating all of the contract's is a third of its start. */
export const unusedSchemasPlugin: Plugin = {
  name: 'unused schemas',
  setup(buildContext) {
    buildContext.onLoad({ filter: CONTRACT }, async ({ path }) => ({
      contents: markPure(await readFile(path, 'utf8')),
      loader: 'ts',
    }))
  },
}

/** The calls of a schema's `meta(…)`: what the API document says of it. Each makes a copy of the schema. */
function findDescriptions(source: ts.SourceFile): { from: number; to: number }[] {
  const calls: { from: number; to: number }[] = []
  const visit = (node: ts.Node): void => {
    const isMeta =
      ts.isCallExpression(node) &&
      ts.isPropertyAccessExpression(node.expression) &&
      node.expression.name.text === 'meta'
    if (isMeta && node.arguments.length > 0) {
      calls.push({ from: node.expression.expression.end, to: node.end })
      visit(node.expression.expression)
    } else ts.forEachChild(node, visit)
  }
  visit(source)
  return calls
}

function withoutDescriptions(text: string): string {
  const source = ts.createSourceFile('contract.ts', text, ts.ScriptTarget.Latest)
  const calls = findDescriptions(source).sort((a, b) => b.from - a.from)
  return calls.reduce((rest, { from, to }) => rest.slice(0, from) + rest.slice(to), text)
}

/** A module with the same exports, none of which can be called. Zod prepares some of them for each schema. */
const toUnavailable = (text: string): string =>
  [
    "const unavailable = () => { throw new Error('This bundle has no JSON Schemas: see withoutJsonSchemaPlugin') }",
    ...[...text.matchAll(/^export (?:const|function) (\w+)/gm)].map(
      ([, name = '']) => `export const ${name} = ${name.startsWith('create') ? '() => unavailable' : 'unavailable'}`,
    ),
  ].join('\n')

/** Leaves out what only the API document needs: what it says of schemas, and their conversion to JSON Schema. */
export const withoutJsonSchemaPlugin: Plugin = {
  name: 'without JSON Schema',
  setup(buildContext) {
    buildContext.onLoad({ filter: CONTRACT }, async ({ path }) => ({
      contents: markPure(withoutDescriptions(await readFile(path, 'utf8'))),
      loader: 'ts',
    }))
    buildContext.onLoad({ filter: JSON_SCHEMA }, async ({ path }) => ({
      contents: toUnavailable(await readFile(path, 'utf8')),
    }))
  },
}
