import { InvokeStore } from '@aws/lambda-invoke-store'
import type { Context } from 'aws-lambda'
import * as z from 'zod'
import { functionSpecs } from '#contract/functions.ts'

/** The context that Lambda passes to a function. @param timeout in seconds */
const toContext = (name: string, timeout: number, from = performance.now()): Context => ({
  callbackWaitsForEmptyEventLoop: false,
  functionName: name,
  functionVersion: '$LATEST',
  invokedFunctionArn: `arn:aws:lambda:local:000000000000:function:${name}`,
  memoryLimitInMB: String(functionSpecs.get(name)?.memory),
  awsRequestId: crypto.randomUUID(),
  logGroupName: name,
  logStreamName: 'local',
  getRemainingTimeInMillis: () => timeout * 1000 - (performance.now() - from),
  done: () => undefined,
  fail: () => undefined,
  succeed: () => undefined,
})

/** Keeps concurrent invocations apart, as Lambda's runtime does: each log line has the context of its own invocation. */
const invokeStore = await InvokeStore.getInstanceAsync(true)

type Handler = (event: unknown, context: Context) => Promise<unknown>
const functionModule = z.object({ handler: z.custom<Handler>(it => typeof it === 'function') })

/** There is no function of this name. */
export class UnknownFunction extends Error {}

/** The functions that were loaded. */
const loaded = new Map<string, { handler: Handler; timeout: number }>()

/** A function's handler and its timeout in seconds. @throws UnknownFunction */
export async function load(name: string): Promise<{ handler: Handler; timeout: number }> {
  const cached = loaded.get(name)
  if (cached !== undefined) return cached
  const spec = functionSpecs.get(name)
  if (spec === undefined)
    throw new UnknownFunction(`There is no function ${name}: ${[...functionSpecs.keys()].join(', ')}`)
  const { handler } = functionModule.parse(await import(`#functions/${name}/handler.ts`))
  const result = { handler, timeout: spec.timeout }
  loaded.set(name, result)
  return result
}

/** Invokes a function as Lambda does and returns its result. @throws UnknownFunction; whatever the function throws */
export async function invoke(name: string, event: unknown): Promise<unknown> {
  const { handler, timeout } = await load(name)
  const context = toContext(name, timeout)
  return invokeStore.run({}, () => handler(event, context))
}
