/** Tests of test/e2e that do not run on the emulator, by the beginning of their whole name, each with why. */
export const notHere: readonly (readonly [beginning: string, why: string])[] = []
