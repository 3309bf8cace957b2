import progress from 'cli-progress'

export interface Told {
  /** Updates the progress. */
  at(text: string): void
  stop(): void
}

const silent: Told = { at() {}, stop() {} }

/** A progress line on standard error for work of unknown length; nothing if it is no terminal. */
export function progressLine(label: string): Told {
  if (!process.stderr.isTTY) return silent
  const line = new progress.SingleBar(
    { stream: process.stderr, format: `${label}: {text}`, hideCursor: true },
    progress.Presets.shades_classic,
  )
  line.start(0, 0, { text: '' })
  return { at: text => line.increment(0, { text }), stop: () => line.stop() }
}
