import fc from 'fast-check'

/** A seed for orders and choices, printed by fast-check with the failing case. */
export const seeds = fc.noShrink(fc.nat())

/** Mulberry32 (Tommy Ettinger): numbers from 0 to 1, repeatable by seed. */
export function* randomNumbers(seed: number): Generator<number, never> {
  for (let state = seed; ; ) {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    yield ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Returns the values in random order. */
export function shuffled<T>(values: readonly T[], seed: number): T[] {
  const random = randomNumbers(seed)
  return values
    .map(value => ({ value, rank: random.next().value }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ value }) => value)
}

/** Returns a random subset: most, half or few of the values. */
export function sample<T>(values: readonly T[], seed: number): T[] {
  const random = randomNumbers(seed + 1)
  const share = [0.2, 0.5, 0.9][seed % 3] ?? 1
  return values.filter(() => random.next().value < share)
}

/** Returns the values in random order, some of them twice. */
export const shuffledWithRepeats = <T>(values: readonly T[], seed: number): T[] =>
  shuffled([...values, ...sample(values, seed)], seed)
