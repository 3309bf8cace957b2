/** The part of DynamoDB's expressions that the adapters write, read once and kept. */

/** An item as the document client takes and gives it. */
export type Item = Readonly<Record<string, unknown>>

/** What a placeholder stands for. */
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

export const nameIn = (token: string, { ExpressionAttributeNames = {} }: Placeholders): string => {
  const name = token.startsWith('#') ? ExpressionAttributeNames[token] : token
  if (name === undefined) throw new Error(`No attribute name for ${token}`)
  return name
}

function valueIn(token: string, { ExpressionAttributeValues = {} }: Placeholders): unknown {
  if (!(token in ExpressionAttributeValues)) throw new Error(`No attribute value for ${token}`)
  return ExpressionAttributeValues[token]
}

const operand = (token: string, item: Item | undefined, placeholders: Placeholders): unknown =>
  token.startsWith(':') ? valueIn(token, placeholders) : item?.[nameIn(token, placeholders)]

/** Whether two values are one to DynamoDB: maps whatever the order of their members. */
export function same(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const [x, y] = [Object.entries(a), Object.entries(b)]
  return x.length === y.length && x.every(([name, value]) => name in b && same(value, Reflect.get(b, name)))
}

/** Values of different types, or of none, stand in no order. */
function ordered(a: unknown, operator: string, b: unknown): boolean {
  if (operator === '=') return a !== undefined && same(a, b)
  if (operator === '<>') return !same(a, b)
  const comparable =
    (typeof a === 'string' && typeof b === 'string') || (typeof a === 'number' && typeof b === 'number')
  if (!comparable) return false
  if (operator === '<') return a < b
  if (operator === '<=') return a <= b
  return operator === '>' ? a > b : a >= b
}

const COMPARISONS = new Set(['=', '<>', '<', '<=', '>', '>='])

/** Reads a condition by recursive descent: OR, AND, NOT, brackets, comparisons, BETWEEN and functions. */
class Reader {
  readonly #tokens: string[]
  #at = 0

  constructor(text: string) {
    this.#tokens = toTokens(text)
  }

  whole(): Test {
    const test = this.#or()
    if (this.#at < this.#tokens.length) throw new Error(`This engine cannot read on from ${this.#tokens[this.#at]}`)
    return test
  }

  #next(): string {
    const token = this.#tokens[this.#at++]
    if (token === undefined) throw new Error('An expression ends too early')
    return token
  }

  #accept(word: string): boolean {
    if (this.#tokens[this.#at]?.toUpperCase() !== word) return false
    this.#at++
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
    if (!this.#accept('NOT')) return this.#one()
    const test = this.#not()
    return (item, placeholders) => !test(item, placeholders)
  }

  #one(): Test {
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
      ordered(operand(left, item, placeholders), operator, operand(right, item, placeholders))
  }

  #between(value: string): Test {
    const low = this.#next()
    this.#expect('AND')
    const high = this.#next()
    return (item, placeholders) => {
      const it = operand(value, item, placeholders)
      return ordered(it, '>=', operand(low, item, placeholders)) && ordered(it, '<=', operand(high, item, placeholders))
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

/** Whether an item passes an expression. */
export function passes(text: string, item: Item | undefined, placeholders: Placeholders): boolean {
  const known = read.get(text) ?? new Reader(text).whole()
  read.set(text, known)
  return known(item, placeholders)
}
