/** A number with what it counts: `1 customer`, `2 customers`. */
export const pluralise = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`

/** What a number of things was, or were. */
export const were = (n: number): string => (n === 1 ? 'was' : 'were')
