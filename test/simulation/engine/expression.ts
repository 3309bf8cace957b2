/** The part of DynamoDB's expressions that the adapters use, parsed once and cached. */

/** An item as the document client takes and returns it. */
export type Item = Readonly<Record<string, unknown>>

/** The values of the placeholders. */
export interface Placeholders {
  ExpressionAttributeNames?: Record<string, string> | undefined
  ExpressionAttributeValues?: Record<string, unknown> | undefined
}

type Test = (item: Item | undefined, placeholders: Placeholders) => boolean

const TOKEN = /\s*(<>|<=|>=|[=<>(),]|[#:]?[A-Za-z_][\w.]*)/y

export function toTokens(text: string): string[] {
  const tokens: string[] = []
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const from = TOKEN.lastIndex
    const token = TOKEN.exec(text)?.[1]
    if (token === undefined) throw new Error(`This engine cannot read ${text.slice(from)}`)
    tokens.push(token)
  }
  return tokens
}

export const resolveName = (token: string, { ExpressionAttributeNames = {} }: Placeholders): string => {
  const name = token.startsWith('#') ? ExpressionAttributeNames[token] : token
  if (name === undefined) throw new Error(`No attribute name for ${token}`)
  return name
}

function resolveValue(token: string, { ExpressionAttributeValues = {} }: Placeholders): unknown {
  if (!(token in ExpressionAttributeValues)) throw new Error(`No attribute value for ${token}`)
  return ExpressionAttributeValues[token]
}

const operand = (token: string, item: Item | undefined, placeholders: Placeholders): unknown =>
  token.startsWith(':') ? resolveValue(token, placeholders) : item?.[resolveName(token, placeholders)]

/** Whether two values are equal for DynamoDB, which ignores the order of map members. */
export function equals(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const [x, y] = [Object.entries(a), Object.entries(b)]
  return x.length === y.length && x.every(([name, value]) => name in b && equals(value, Reflect.get(b, name)))
}

/** Values of different types, or missing ones, are not comparable. */
function compareValues(a: unknown, operator: string, b: unknown): boolean {
  if (operator === '=') return a !== undefined && equals(a, b)
  if (operator === '<>') return !equals(a, b)
  const comparable =
    (typeof a === 'string' && typeof b === 'string') || (typeof a === 'number' && typeof b === 'number')
  if (!comparable) return false
  if (operator === '<') return a < b
  if (operator === '<=') return a <= b
  return operator === '>' ? a > b : a >= b
}

const COMPARISONS = new Set(['=', '<>', '<', '<=', '>', '>='])

/** A recursive-descent parser for conditions: OR, AND, NOT, parentheses, comparisons, BETWEEN and functions. */
class Reader {
  readonly #tokens: string[]
  #position = 0

  constructor(text: string) {
    this.#tokens = toTokens(text)
  }

  parse(): Test {
    const test = this.#or()
    if (this.#position < this.#tokens.length)
      throw new Error(`This engine cannot read on from ${this.#tokens[this.#position]}`)
    return test
  }

  #next(): string {
    const token = this.#tokens[this.#position++]
    if (token === undefined) throw new Error('An expression ends too early')
    return token
  }

  #accept(word: string): boolean {
    if (this.#tokens[this.#position]?.toUpperCase() !== word) return false
    this.#position++
    return true
  }

  #expect(word: string): void {
    if (!this.#accept(word)) throw new Error(`An expression lacks ${word}`)
  }

  #or(): Test {
    const first = this.#and()
    if (!this.#accept('OR')) return first
    const rest = this.#or()
    return (item, placeholders) => first(item, placeholders) || rest(item, placeholders)
  }

  #and(): Test {
    const first = this.#not()
    if (!this.#accept('AND')) return first
    const rest = this.#and()
    return (item, placeholders) => first(item, placeholders) && rest(item, placeholders)
  }

  #not(): Test {
    if (!this.#accept('NOT')) return this.#operand()
    const test = this.#not()
    return (item, placeholders) => !test(item, placeholders)
  }

  #operand(): Test {
    if (this.#accept('(')) {
      const inner = this.#or()
      this.#expect(')')
      return inner
    }
    const left = this.#next()
    if (this.#accept('(')) return this.#call(left)
    if (this.#accept('BETWEEN')) return this.#between(left)
    const operator = this.#next()
    if (!COMPARISONS.has(operator)) throw new Error(`This engine does not know ${operator}`)
    const right = this.#next()
    return (item, placeholders) =>
      compareValues(operand(left, item, placeholders), operator, operand(right, item, placeholders))
  }

  #between(value: string): Test {
    const low = this.#next()
    this.#expect('AND')
    const high = this.#next()
    return (item, placeholders) => {
      const compared = operand(value, item, placeholders)
      return (
        compareValues(compared, '>=', operand(low, item, placeholders)) &&
        compareValues(compared, '<=', operand(high, item, placeholders))
      )
    }
  }

  #call(name: string): Test {
    const path = this.#next()
    if (name === 'begins_with') {
      this.#expect(',')
      const start = this.#next()
      this.#expect(')')
      return (item, placeholders) => {
        const [text, from] = [operand(path, item, placeholders), operand(start, item, placeholders)]
        return typeof text === 'string' && typeof from === 'string' && text.startsWith(from)
      }
    }
    this.#expect(')')
    if (name === 'attribute_exists') return (item, placeholders) => operand(path, item, placeholders) !== undefined
    if (name === 'attribute_not_exists') return (item, placeholders) => operand(path, item, placeholders) === undefined
    throw new Error(`This engine does not know ${name}`)
  }
}

const read = new Map<string, Test>()

/** Whether an item matches an expression. */
export function matchesExpression(text: string, item: Item | undefined, placeholders: Placeholders): boolean {
  const test = read.get(text) ?? new Reader(text).parse()
  read.set(text, test)
  return test(item, placeholders)
}
