/** How many members are stated: neither absent nor null. */
export const countStated = (value: object): number =>
  Object.values(value).filter(member => member !== null && member !== undefined).length

/** All sets of `count` names, each in the order of `names`. */
const combinations = (count: number, names: readonly string[]): string[][] =>
  count === 0
    ? [[]]
    : names.flatMap((name, n) => combinations(count - 1, names.slice(n + 1)).map(others => [name, ...others]))

/** JSON Schema of an object that states at least `count` of its members: one of the alternatives has them all. */
export const stateAtLeast = (count: number, names: readonly string[]) => ({
  anyOf: combinations(count, names).map(required => ({
    required,
    properties: Object.fromEntries(required.map(name => [name, { not: { type: 'null' } }])),
  })),
})
