import progress from 'cli-progress'

export interface Told {
  /** How far it is. */
  at(text: string): void
  stop(): void
}

const silent: Told = { at() {}, stop() {} }

/** A line on standard error that says how far something is of which nobody knows how much there is; nothing where nobody watches. */
export function progressLine(what: string): Told {
  if (!process.stderr.isTTY) return silent
  const line = new progress.SingleBar(
    { stream: process.stderr, format: `${what}: {text}`, hideCursor: true },
    progress.Presets.shades_classic,
  )
  line.start(0, 0, { text: '' })
  return { at: text => line.increment(0, { text }), stop: () => line.stop() }
}
