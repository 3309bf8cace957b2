export const round = (value: number, digits = 4) => Number(value.toFixed(digits))

/** The value below which a share of the sorted values are. */
export function atQuantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

export const median = (values: readonly number[]): number =>
  atQuantile(
    values.toSorted((a, b) => a - b),
    0.5,
  )

/** How many times were measured, their median and their 99th percentile, in milliseconds. */
export function summariseTimes(times: readonly number[]) {
  const sorted = times.toSorted((a, b) => a - b)
  return { count: sorted.length, p50_ms: round(atQuantile(sorted, 0.5), 1), p99_ms: round(atQuantile(sorted, 0.99), 1) }
}
