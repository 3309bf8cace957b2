/** A thread that asks a location for /healthz again and again, and posts when it asked and how long the answer took, in milliseconds. */
import { setTimeout as wait } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import * as z from 'zod'
import { keepAliveClient } from './closed-loop.ts'

const INTERVAL_MS = 50

const { send } = keepAliveClient(z.url().parse(workerData), undefined, 1)
for (;;) {
  const asked_at = Date.now()
  const started = performance.now()
  const { status, text } = await send({ method: 'GET', path: '/healthz' })
  if (status !== 200) throw new Error(`Status ${status} of /healthz: ${text.slice(0, 500)}`)
  parentPort?.postMessage({ asked_at, ms: performance.now() - started })
  await wait(INTERVAL_MS)
}
