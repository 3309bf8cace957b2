import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { text } from 'node:stream/consumers'
import { Worker } from 'node:worker_threads'
import { processorMs } from './processor-time.ts'
import { atQuantile, round } from './quantiles.ts'

/** The time before a measurement in which requests are sent but not counted. */
const WARM_UP_MS = 1000

export interface LoopRequest {
  method: string
  path: string
  body?: unknown
}

export interface Response {
  status: number
  text: string
}

export interface Loop {
  url: string
  token?: string
  connections: number
  seconds: number
  /** The process ids whose processor time is measured, by name. */
  processes: Readonly<Record<string, number>>
}

/** A client of an HTTP server that keeps its connections open. */
export function keepAliveClient(url: string, token: string | undefined, connections: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const authorization = token === undefined ? {} : { Authorization: `Bearer ${token}` }
  const send = ({ method, path, body }: LoopRequest): Promise<Response> =>
    new Promise((resolve, reject) => {
      const content = body === undefined ? null : JSON.stringify(body)
      const type =
        content === null ? {} : { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(content) }
      const sent = request(url + path, { method, agent, headers: { ...authorization, ...type } }, response => {
        text(response).then(text => resolve({ status: response.statusCode ?? 0, text }), reject)
      })
      sent.on('error', reject)
      sent.end(content)
    })
  return { send, close: () => agent.destroy() }
}

/**
 * Sends requests for some seconds. Each connection sends the next request when the previous one was answered. Responses of 503 are counted
 * separately. Meanwhile another thread asks for /healthz. @throws Error for any other unsuccessful response
 */
export async function closedLoop({ url, token, connections, seconds, processes }: Loop, next: () => LoopRequest) {
  const { send, close } = keepAliveClient(url, token, connections)
  // Has a thread of its own, since this one is busy with the other connections.
  const health = new Worker(new URL('health-thread.ts', import.meta.url), { workerData: url })
  const failed = once(health, 'error').then(([error]: unknown[]) => Promise.reject(error))
  const measuredProcesses = { ...processes, generator: process.pid }
  const processorTimes = () => Object.entries(measuredProcesses).map(([name, pid]) => [name, processorMs(pid)] as const)
  const times: number[] = []
  let [shed, isMeasured, isOver] = [0, false, false]
  const connection = async () => {
    while (!isOver) {
      const started = performance.now()
      const { status, text } = await send(next())
      if (status >= 300 && status !== 503) throw new Error(`Status ${status}: ${text.slice(0, 500)}`)
      if (!isMeasured || isOver) continue
      if (status === 503) shed += 1
      else times.push(performance.now() - started)
    }
  }
  const healthTimes: number[] = []
  let measuredFrom = Number.POSITIVE_INFINITY
  health.on('message', ({ asked_at, ms }: { asked_at: number; ms: number }) => {
    if (asked_at >= measuredFrom) healthTimes.push(ms)
  })
  let started = 0
  let before = processorTimes()
  const warmUp = setTimeout(() => {
    before = processorTimes()
    started = performance.now()
    measuredFrom = Date.now()
    isMeasured = true
  }, WARM_UP_MS)
  let elapsed = 0
  let after = before
  const end = setTimeout(
    () => {
      after = processorTimes()
      elapsed = performance.now() - started
      isOver = true
    },
    WARM_UP_MS + seconds * 1000,
  )
  try {
    await Promise.race([failed, Promise.all(Array.from({ length: connections }, connection))])
  } finally {
    clearTimeout(warmUp)
    clearTimeout(end)
    isOver = true
    close()
    await health.terminate()
  }
  times.sort((a, b) => a - b)
  const cpu_ms = after.map(([name, ms], n) => [
    name,
    round((ms - (before[n]?.[1] ?? 0)) / Math.max(1, times.length), 3),
  ])
  return {
    requests: times.length,
    shed,
    per_second: round((times.length / elapsed) * 1000, 1),
    p50_ms: round(atQuantile(times, 0.5), 1),
    p99_ms: round(atQuantile(times, 0.99), 1),
    health_ms: round(Math.max(0, ...healthTimes), 1),
    cpu_ms: Object.fromEntries(cpu_ms) as Record<string, number>,
  }
}
