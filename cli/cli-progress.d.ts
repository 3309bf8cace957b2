/** The part of cli-progress that is used here: the package has no types of its own. */
declare module 'cli-progress' {
  interface Options {
    stream?: NodeJS.WritableStream
    format?: string
    hideCursor?: boolean
  }

  class SingleBar {
    constructor(options: Options, preset: object)
    start(total: number, value: number, payload?: Record<string, string | number>): void
    increment(by: number, payload?: Record<string, string | number>): void
    stop(): void
  }

  const progress: { SingleBar: typeof SingleBar; Presets: { shades_classic: object } }
  export default progress
}
