/** The arrows of the house: what a folder may import. `contract` may be read by all. */
const own = '^(contract|domain|adapters|functions|local|localstack|lib|bin|ops|tools|ingest|cli|client|web|test)/'
const only = (from, to, comment) => ({
  name: `${from}-reads`,
  comment,
  severity: 'error',
  from: { path: `^${from}/` },
  to: { path: own, pathNot: `^(${[from, ...to].join('|')})/` },
})

module.exports = {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-circles-between-folders',
      comment: 'areas of the domain depend on one another in one direction',
      severity: 'error',
      scope: 'folder',
      from: { path: '^domain/' },
      to: { circular: true },
    },
    only('contract', [], 'the contract stands by itself'),
    only('domain', ['contract'], 'the rules know of no store, engine or transport'),
    only('adapters', ['contract', 'domain'], 'adapters make the ports of the domain real'),
    only('functions', ['contract', 'domain', 'adapters'], 'functions read the event, call the domain, answer'),
    {
      ...only('local', ['contract', 'functions', 'adapters'], 'one machine runs the functions as they are'),
      from: { path: '^local/', pathNot: '^local/sample/' },
    },
    only(
      'local/sample',
      ['local', 'contract', 'functions', 'adapters', 'domain'],
      'the sample is there before anybody can call',
    ),
    only('lib', ['contract'], 'the stacks follow from the contract'),
    only('bin', ['contract', 'lib'], 'the CDK app composes the stacks'),
    only(
      'ops',
      ['contract', 'domain', 'adapters', 'lib'],
      'operators work on the tables and functions of a deployment',
    ),
    only('tools', ['contract', 'lib'], 'generators and estimates follow from contract and stacks'),
    {
      name: 'functions-share-by-http-and-runtime',
      comment: 'a function imports no other function: what they share is in functions/http and functions/runtime',
      severity: 'error',
      from: { path: '^functions/([^/]+)/', pathNot: '^functions/(http|runtime)/' },
      to: { path: '^functions/', pathNot: '^functions/($1|http|runtime)/' },
    },
    {
      name: 'runtime-does-not-read-http',
      severity: 'error',
      from: { path: '^functions/runtime/' },
      to: { path: '^functions/http/' },
    },
    only('ingest', ['contract'], 'the command line and the page read files alike'),
    only('cli', ['contract', 'ingest'], 'the command line is a client like any other'),
    only('web', ['contract', 'client', 'ingest'], 'the page is a client like any other'),
    only('client', [], 'whoever takes the client takes this folder alone'),
    {
      name: 'contract-imports-zod-alone',
      severity: 'error',
      from: { path: '^contract/' },
      to: { dependencyTypes: ['npm', 'npm-dev', 'core'], pathNot: 'node_modules/zod/' },
    },
    {
      name: 'domain-imports-no-sdk',
      comment: 'no SDK, no environment, no input or output; hashing is arithmetic',
      severity: 'error',
      from: { path: '^domain/' },
      to: {
        path: '(node_modules/(@aws|@smithy|@opensearch|@middy|jose|aws-jwt-verify)|^(fs|net|http|https|os|child_process|process|timers)(/|$))',
      },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(node_modules|dist|\\.data)/' },
    parser: 'swc',
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.json'],
    },
  },
}
