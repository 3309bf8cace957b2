/**
 * Imports a function's bundle in this new process, calls it once, and prints as JSON what each step took: milliseconds and processor time.
 * JavaScript, so that Node does not load its TypeScript support first. Usage: node first-call.mjs BUNDLE EVENT
 */
const [file, event] = process.argv.slice(2)

const measure = () => {
  const { user, system } = process.cpuUsage()
  return { ms: performance.now(), cpu_ms: (user + system) / 1000 }
}
const between = (from, to) => ({ ms: to.ms - from.ms, cpu_ms: to.cpu_ms - from.cpu_ms })

const context = {
  awsRequestId: 'bench',
  functionName: 'bench',
  functionVersion: '$LATEST',
  invokedFunctionArn: 'arn:aws:lambda:local:000000000000:function:bench',
  memoryLimitInMB: '512',
  getRemainingTimeInMillis: () => 30_000,
}

/** Why the call did not succeed; null if it did. */
async function call(handler) {
  try {
    const result = await handler(JSON.parse(event), context)
    if (result?.statusCode >= 400) return `status ${result.statusCode}`
    return result?.batchItemFailures?.length > 0 ? 'records not processed' : null
  } catch (error) {
    return error.name
  }
}

const start = measure()
const { handler } = await import(file)
const imported = measure()
const failure = await call(handler)
const called = measure()
const line = { import: between(start, imported), init_ms: imported.ms, call: between(imported, called), failure }
process.stdout.write(`\n${JSON.stringify(line)}\n`, () => process.exit(0))
