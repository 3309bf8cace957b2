/** `npm run -s bench:patterns`: how long a batch of 500 values of 1,000 characters takes with the worst patterns that a field may have. */
import { matches, patternFault } from '#domain/fields/pattern.ts'

const ROWS = 500
const LENGTH = 1000

/** Families of patterns that keep many states of the automaton active. The number is the repetition to try. */
const FAMILIES: readonly ((n: number) => string)[] = [
  n => `[ab]*a[ab]{${n}}`,
  n => `.*a.{${n}}b.*`,
  n => `${'.*a'.repeat(n)}.*`,
  n => `${'[ab]{0,9}'.repeat(n)}c?`,
  n => `.{0,${n}}b.{0,${n}}`,
]

const randomText = (): string => Array.from({ length: LENGTH }, () => (Math.random() < 0.5 ? 'a' : 'b')).join('')
const texts = Array.from({ length: ROWS }, randomText)

const results = FAMILIES.flatMap(toPattern => {
  const repetitions = Array.from({ length: 200 }, (_, n) => n + 1).filter(n => patternFault(toPattern(n)) === null)
  const largest = repetitions.at(-1)
  if (largest === undefined) return []
  const pattern = toPattern(largest)
  const start = performance.now()
  for (const text of texts) matches(pattern, text)
  return { pattern, ms: Math.round(performance.now() - start) }
})
console.log(JSON.stringify({ rows: ROWS, length: LENGTH, worst_ms: Math.max(...results.map(({ ms }) => ms)), results }))
