/** Lets other requests of the process run, between parts of a long computation. */
export const yieldToOthers = (): Promise<void> => new Promise(resolve => setImmediate(resolve))
