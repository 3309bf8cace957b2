/** Initials: one letter that stands for a name, or several joined letters that stand for several names. */

/** Whether one word is a single letter and the other begins with it, as in `W` for `William`. */
export function isInitialOf(a: string, b: string): boolean {
  return a.length !== b.length && Math.min(a.length, b.length) === 1 && a.charAt(0) === b.charAt(0)
}

/** Whether `letters` (two to four) are the initials of that many names: `jc` for `jean claude`. */
export function areInitialsOf(letters: string, names: readonly { text: string }[]): boolean {
  if (letters.length < 2 || letters.length > 4 || letters.length !== names.length) return false
  return names.every(({ text }, i) => text.length > 1 && text.charAt(0) === letters.charAt(i))
}
