/** Creates a value once per process, on first use. */
export function lazy<T>(create: () => T): () => T {
  let cached: { it: T } | null = null
  return () => {
    cached ??= { it: create() }
    return cached.it
  }
}
