const PROSE: ReadonlySet<string> = new Set(['description', 'summary'])
/** Keywords whose content is data, in which nothing is prose. */
const DATA: ReadonlySet<string> = new Set(['const', 'default', 'enum', 'example', 'examples'])

const toToken = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1')

/** The content of a document by JSON Pointer, without prose. Empty objects and arrays count as content. */
function flatten(node: unknown, pointer: string, isData: boolean, content: Map<string, string>): Map<string, string> {
  if (typeof node !== 'object' || node === null) return content.set(pointer, JSON.stringify(node))
  content.set(pointer, Array.isArray(node) ? 'an array' : 'an object')
  // An object of this name is a member of an API object, such as a property, not prose.
  for (const [name, child] of Object.entries(node))
    if (isData || !PROSE.has(name) || typeof child !== 'string')
      flatten(child, `${pointer}/${toToken(name)}`, isData || DATA.has(name), content)
  return content
}

/** The places in which two OpenAPI documents differ, apart from descriptions and summaries. */
export function documentDifferences(before: unknown, after: unknown): string[] {
  const [old, current] = [flatten(before, '#', false, new Map()), flatten(after, '#', false, new Map())]
  return [...new Set([...old.keys(), ...current.keys()])]
    .filter(pointer => old.get(pointer) !== current.get(pointer))
    .map(pointer => `${pointer}: ${old.get(pointer) ?? 'absent'} → ${current.get(pointer) ?? 'absent'}`)
}
