import progress from 'cli-progress'

export interface Progress {
  /** More bytes and rows of the file were ingested. */
  taken(bytes: number, rows: number): void
  stop(): void
}

const silent: Progress = { taken() {}, stop() {} }

/** A progress bar on standard error, by bytes of the file; nothing if it is no terminal. */
export function toProgress(total: number): Progress {
  if (!process.stderr.isTTY) return silent
  const format = '{bar} {percentage}% | {rows} rows | {rate} rows/s | {eta_formatted} to go'
  const bar = new progress.SingleBar(
    { stream: process.stderr, format, hideCursor: true },
    progress.Presets.shades_classic,
  )
  const started = performance.now()
  bar.start(total, 0, { rows: 0, rate: 0 })
  return {
    taken: (bytes, rows) =>
      bar.increment(bytes, { rows, rate: Math.round((rows * 1000) / (performance.now() - started)) }),
    stop: () => bar.stop(),
  }
}
