/**
 * `npm run arch:picture`: draws the folders and the imports between them, measured by dependency-cruiser, into docs/overview.md. With
 * `--check` it changes nothing and fails if the picture there is out of date.
 *
 * The picture lists the layers from the top down. It fails if an import points upwards, in the order below or within `domain/`.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import * as z from 'zod'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const OVERVIEW = `${ROOT}docs/overview.md`
const FOLDERS = [
  'contract',
  'domain',
  'adapters',
  'functions',
  'local',
  'ingest',
  'cli',
  'lib',
  'bin',
  'ops',
  'tools',
  'client',
  'localstack',
]
/** A folder may hold at most this share of the lines of code. */
const MAX_SHARE = 0.3
const BEGIN = '<!-- arch:picture -->'
const END = '<!-- /arch:picture -->'

const cruise = z.object({
  modules: z.array(
    z.object({
      source: z.string(),
      dependencies: z.array(z.object({ resolved: z.string() })),
    }),
  ),
})

/** A file's room: its area within `domain/` and `adapters/`, otherwise its top folder. */
function toRoom(file: string): string {
  const [top = '', area = ''] = file.split('/')
  return (top === 'domain' || top === 'adapters') && !area.endsWith('.ts') ? `${top}/${area}` : top
}

interface Graph {
  lines: Map<string, number>
  arrows: Map<string, Set<string>>
}

function measure(): Graph {
  const args = ['--config', '.dependency-cruiser.cjs', '--output-type', 'json', ...FOLDERS]
  const output = execFileSync('node_modules/.bin/depcruise', args, { cwd: ROOT, encoding: 'utf8', maxBuffer: 1 << 28 })
  const lines = new Map<string, number>()
  const arrows = new Map<string, Set<string>>()
  const isOwn = (file: string) => FOLDERS.includes(file.split('/')[0] ?? '')
  for (const { source, dependencies } of cruise.parse(JSON.parse(output)).modules) {
    if (!isOwn(source) || source === 'client/paths.ts') continue
    const room = toRoom(source)
    const length = readFileSync(`${ROOT}${source}`, 'utf8').split('\n').length - 1
    lines.set(room, (lines.get(room) ?? 0) + length)
    for (const { resolved } of dependencies) {
      if (!isOwn(resolved) || toRoom(resolved) === room) continue
      arrows.set(room, (arrows.get(room) ?? new Set()).add(toRoom(resolved)))
    }
  }
  return { lines, arrows }
}

/** Rooms such that each imports only from rooms before it; `circle` holds those for which there is no such order. */
function sort({ lines, arrows }: Graph): { order: string[]; circle: string[] } {
  const order: string[] = []
  let rest = [...lines.keys()].sort()
  while (rest.length > 0) {
    const free = rest.filter(room => [...(arrows.get(room) ?? [])].every(target => order.includes(target)))
    if (free.length === 0) break
    order.push(...free)
    rest = rest.filter(room => !free.includes(room))
  }
  return { order, circle: rest }
}

const graph = measure()
const { order, circle } = sort(graph)
const total = [...graph.lines.values()].reduce((sum, count) => sum + count, 0)
const byFolder = Map.groupBy(graph.lines, ([room]) => room.split('/')[0] ?? '')
const shares = [...byFolder].map(([folder, rooms]) => ({
  folder,
  share: rooms.reduce((sum, [, n]) => sum + n, 0) / total,
}))
const tooBig = [...graph.lines].filter(([, count]) => count / total > MAX_SHARE).map(([room]) => room)
const toId = (room: string) => room.replaceAll(/[/-]/g, '_')
const rows = [...order, ...circle]
  .toReversed()
  .map(room => `| ${room} | ${graph.lines.get(room) ?? 0} | ${[...(graph.arrows.get(room) ?? [])].sort().join(', ')} |`)
const tops = [...new Set([...order, ...circle].map(room => room.split('/')[0] ?? ''))]
const topArrows = new Set(
  [...graph.arrows].flatMap(([from, targets]) =>
    [...targets]
      .map(to => [from.split('/')[0] ?? '', to.split('/')[0] ?? ''])
      .flatMap(([a = '', b = '']) => (a === b ? [] : `  ${toId(a)} --> ${toId(b)}`)),
  ),
)
const picture = [
  BEGIN,
  '```mermaid',
  'flowchart TD',
  ...tops
    .toReversed()
    .map(
      top =>
        `  ${toId(top)}["${top}/ ${Math.round(100 * (shares.find(({ folder }) => folder === top)?.share ?? 0))} %"]`,
    ),
  ...[...topArrows].sort(),
  '```',
  '',
  '| folder | lines | imports |',
  '|---|---|---|',
  ...rows,
  END,
].join('\n')

const overview = readFileSync(OVERVIEW, 'utf8')
const updated = overview.includes(BEGIN)
  ? overview.replace(new RegExp(`${BEGIN}[^]*${END}`), () => picture)
  : `${overview.trimEnd()}\n\n## The folders\n\nMeasured by \`npm run arch:picture\`. Each folder imports only from folders below it.\n\n${picture}\n`
if (process.argv.includes('--check')) {
  // Line counts change with every edit; the arrows are what the picture promises.
  const toArrows = (text: string) => text.match(/^ {2}\w+ --> \w+$/gm)?.join('\n')
  if (toArrows(overview) !== toArrows(updated)) {
    console.error('The picture in docs/overview.md is out of date: run npm run arch:picture')
    process.exitCode = 1
  }
} else writeFileSync(OVERVIEW, updated)
for (const room of circle) console.error(`${room} is on a circle of imports, or imports from one`)
for (const room of tooBig) console.error(`${room} holds more than ${100 * MAX_SHARE} % of the code: split it`)
if (circle.length + tooBig.length > 0) process.exitCode = 1
else
  console.log(
    `${order.length} folders, no circle; the largest holds ${Math.round((100 * Math.max(...graph.lines.values())) / total)} % of the code`,
  )
