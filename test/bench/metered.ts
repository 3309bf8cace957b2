import { CapacityMeter } from '#adapters/dynamodb/capacity-meter.ts'

/** The resources that an operation used. */
export interface Taken {
  rru: number
  /** Of both tables, including their indexes. */
  wru: number
  round_trips: number
  /** Processor time of this process. */
  cpu_ms: number
  /** Written to the log. */
  log_bytes: number
}

const all = new CapacityMeter()
const count = CapacityMeter.prototype.count
// Every meter also adds to this one: a handler may use several meters, and its consumers use others.
CapacityMeter.prototype.count = function (this: CapacityMeter, ...said: Parameters<CapacityMeter['count']>) {
  count.apply(this, said)
  count.apply(all, said)
}

const now = () => ({
  rru: all.rru,
  wru: all.wru_base + all.wru_index,
  round_trips: all.round_trips,
  cpu: process.cpuUsage(),
})

/** Runs an operation and measures the resources that it uses. Its log output is counted and not shown. */
export async function metered<T>(work: () => Promise<T>): Promise<{ taken: Taken; answer: T }> {
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
    const taken = {
      rru: after.rru - before.rru,
      wru: after.wru - before.wru,
      round_trips: after.round_trips - before.round_trips,
      cpu_ms: (user + system) / 1000,
      log_bytes,
    }
    return { taken, answer }
  } finally {
    stdout.write = write
  }
}
