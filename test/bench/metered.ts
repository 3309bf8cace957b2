import { CapacityMeter } from '#adapters/dynamodb/capacity-meter.ts'

/** The resources that an operation used. */
export interface Usage {
  rru: number
  /** Of both tables, including their indexes. */
  wru: number
  round_trips: number
  /** Processor time of this process. */
  cpu_ms: number
  /** Written to the log. */
  log_bytes: number
}

const total = new CapacityMeter()
const count = CapacityMeter.prototype.count
// Every meter also adds to this one: a handler may use several meters, and its consumers use others.
CapacityMeter.prototype.count = function (this: CapacityMeter, ...counts: Parameters<CapacityMeter['count']>) {
  count.apply(this, counts)
  count.apply(total, counts)
}

const now = () => ({
  rru: total.rru,
  wru: total.wru_base + total.wru_index,
  round_trips: total.round_trips,
  cpu: process.cpuUsage(),
})

/** Runs an operation and measures the resources that it uses. Its log output is counted and not shown. */
export async function metered<T>(work: () => Promise<T>): Promise<{ usage: Usage; answer: T }> {
  const { stdout } = process
  const write = stdout.write
  let log_bytes = 0
  stdout.write = (chunk: string | Uint8Array) => {
    log_bytes += Buffer.byteLength(chunk)
    return true
  }
  const before = now()
  try {
    const answer = await work()
    const { user, system } = process.cpuUsage(before.cpu)
    const after = now()
    const usage = {
      rru: after.rru - before.rru,
      wru: after.wru - before.wru,
      round_trips: after.round_trips - before.round_trips,
      cpu_ms: (user + system) / 1000,
      log_bytes,
    }
    return { usage, answer }
  } finally {
    stdout.write = write
  }
}
