/** A seeded generator of numbers in [0, 1) (mulberry32, T. Ettinger, public domain). */
function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let n = Math.imul(state ^ (state >>> 15), 1 | state)
    n = (n + Math.imul(n ^ (n >>> 7), 61 | n)) ^ n
    return ((n ^ (n >>> 14)) >>> 0) / 2 ** 32
  }
}

const ONSETS = [
  'b',
  'br',
  'ch',
  'd',
  'f',
  'g',
  'gr',
  'h',
  'j',
  'k',
  'kl',
  'l',
  'm',
  'n',
  'p',
  'r',
  's',
  'st',
  't',
  'v',
  'w',
  'z',
]
const NUCLEI = ['a', 'e', 'i', 'o', 'u', 'ai', 'ei', 'ou', 'é', 'ö', 'á']
const CODAS = ['', '', 'n', 'r', 's', 'l', 'm', 'nd', 'rt', 'ck']

/** A generated person; always the same for a number. */
export function toGeneratedPerson(n: number) {
  const next = numbers(n + 1)
  const pick = (from: readonly string[]) => from[Math.floor(next() * from.length)] ?? ''
  const name = (syllables: number) => {
    const word = Array.from({ length: syllables }, () => pick(ONSETS) + pick(NUCLEI) + pick(CODAS)).join('')
    return word.slice(0, 1).toUpperCase() + word.slice(1)
  }
  const born = new Date(Date.UTC(1930, 0, 1) + Math.floor(next() * 75 * 365.25) * 86_400_000)
  const surname = name(next() < 0.7 ? 2 : 3)
  const given_name = name(2)
  const dob = next() < 0.9 ? born.toISOString().slice(0, 10) : born.toISOString().slice(0, 4)
  const document_number = next() < 0.8 ? String(Math.floor(next() * 9e8) + 1e8) : null
  return { id: `extra-${n}`, surname, given_name, dob, document_number }
}
