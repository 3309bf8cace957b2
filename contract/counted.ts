/** A number with its noun: `1 customer`, `2 customers`. */
export const pluralise = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`

/** The verb for a number of things. */
export const were = (n: number): string => (n === 1 ? 'was' : 'were')
