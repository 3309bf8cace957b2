const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
const toLetters = (text: string): string[] => [...segmenter.segment(text)].map(({ segment }) => segment)
const fold = (letter: string | undefined): string | undefined => letter?.toLocaleLowerCase()

/** A text in three parts: its beginning and its end are as in the other text, what is between them differs. */
export interface Parts {
  beginning: string
  different: string
  end: string
}

/** Divides two texts that are written nearly the same; null if they have neither the beginning nor the end in common, or all. */
export function toParts(text: string, other: string): [Parts, Parts] | null {
  const [letters, others] = [toLetters(text), toLetters(other)]
  const shorter = Math.min(letters.length, others.length)
  const isSame = (n: number) => fold(letters.at(n)) === fold(others.at(n))
  let beginning = 0
  while (beginning < shorter && isSame(beginning)) beginning++
  let end = 0
  while (end < shorter - beginning && isSame(-1 - end)) end++
  const isWhole = beginning + end === letters.length && letters.length === others.length
  if (beginning + end === 0 || isWhole) return null
  const divide = (of: readonly string[]): Parts => ({
    beginning: of.slice(0, beginning).join(''),
    different: of.slice(beginning, of.length - end).join(''),
    end: of.slice(of.length - end).join(''),
  })
  return [divide(letters), divide(others)]
}
