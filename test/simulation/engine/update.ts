import { type Item, type Placeholders, resolveName, toTokens } from './expression.ts'

/** Applies an update expression of the adapters to an item: SET and ADD of plain values, and REMOVE. */
export function applyUpdate(text: string, item: Item, placeholders: Placeholders): Item {
  const next: Record<string, unknown> = { ...item }
  const tokens = toTokens(text).filter(token => token !== ',')
  const value = (token: string | undefined): unknown => placeholders.ExpressionAttributeValues?.[token ?? '']
  let clause = ''
  for (let at = 0; at < tokens.length; ) {
    const token = tokens[at++] ?? ''
    if (['SET', 'ADD', 'REMOVE'].includes(token.toUpperCase())) {
      clause = token.toUpperCase()
      continue
    }
    const name = resolveName(token, placeholders)
    if (clause === 'REMOVE') delete next[name]
    else if (clause === 'ADD') next[name] = Number(next[name] ?? 0) + Number(value(tokens[at++]))
    else if (clause === 'SET' && tokens[at] === '=' && tokens[at + 1]?.startsWith(':')) {
      next[name] = value(tokens[at + 1])
      at += 2
    } else throw new Error(`This engine cannot read ${text}`)
  }
  return next
}
