import fc from 'fast-check'

/** Orders and choices by a number that fast-check prints with the case that failed. */
export const chances = fc.noShrink(fc.nat())

/** Mulberry32 (Tommy Ettinger): numbers from 0 to 1, the same ones for the same seed. */
export function* numbers(seed: number): Generator<number, never> {
  for (let state = seed; ; ) {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    yield ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** All of them in some order. */
export function shuffled<T>(values: readonly T[], seed: number): T[] {
  const chance = numbers(seed)
  return values
    .map(value => ({ value, rank: chance.next().value }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ value }) => value)
}

/** Some of them: all but a few, half, or a few. */
export function someOf<T>(values: readonly T[], seed: number): T[] {
  const chance = numbers(seed + 1)
  const share = [0.2, 0.5, 0.9][seed % 3] ?? 1
  return values.filter(() => chance.next().value < share)
}

/** All of them in some order, and some of them again. */
export const repeatedly = <T>(values: readonly T[], seed: number): T[] =>
  shuffled([...values, ...someOf(values, seed)], seed)
