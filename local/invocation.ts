import type { Context } from 'aws-lambda'
import * as z from 'zod'
import { functionSpecs } from '#contract/functions.ts'

/** What Lambda tells a function of its call. @param timeout seconds */
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

type Handler = (event: unknown, context: Context) => Promise<unknown>
const functionModule = z.object({ handler: z.custom<Handler>(it => typeof it === 'function') })

/** There is no function of this name. */
export class UnknownFunction extends Error {}

/** What a function answers to an event, called as Lambda calls it. @throws UnknownFunction; whatever the function throws */
export async function invoke(name: string, event: unknown): Promise<unknown> {
  const needs = functionSpecs.get(name)
  if (needs === undefined)
    throw new UnknownFunction(`There is no function ${name}: ${[...functionSpecs.keys()].join(', ')}`)
  const { handler } = functionModule.parse(await import(`#functions/${name}/handler.ts`))
  return handler(event, toContext(name, needs.timeout))
}
