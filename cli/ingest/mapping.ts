import { readFile } from 'node:fs/promises'
import { batchRow } from '#contract/schemas/batch.ts'
import { fieldName } from '#contract/schemas/customer.ts'
import { BadFile, toCode } from '../failure.ts'
import { toPath } from '../paths.ts'

/** Foreign names of columns or members, each with ours, or null: left out. */
export type Mapping = ReadonlyMap<string, string | null>

const OWN = 'details.'
const FIELDS = Object.keys(batchRow.shape).filter(name => name !== 'details')

/** Whether it is a name that the registry reads; which own fields there are is for it to say. */
export const isOurs = (name: string): boolean =>
  FIELDS.includes(name) || (name.startsWith(OWN) && fieldName.safeParse(name.slice(OWN.length)).success)

/** Those that come more than once, each once. */
const doubles = (names: readonly string[]): string[] => [
  ...new Set(names.filter((name, n) => names.indexOf(name) !== n)),
]

/** The names of members as they are written: an object made of them knows the last of several equal ones alone. */
const membersIn = (text: string): string[] =>
  [...text.matchAll(/("(?:[^"\\]|\\.)*")(\s*:)?/g)].flatMap(([, name = '', colon]) =>
    colon === undefined ? [] : [String(JSON.parse(name))],
  )

function faultsIn(text: string, entries: readonly (readonly [string, unknown])[]): string[] {
  const targets = entries.map(([, ours]) => ours).filter(ours => typeof ours === 'string')
  return [
    ...doubles(membersIn(text)).map(name => `names ${name} twice`),
    ...entries.flatMap(([name, ours]) => {
      if (ours === null || (typeof ours === 'string' && isOurs(ours))) return []
      if (typeof ours !== 'string') return [`has to map ${name} to the name of a field, or to null to leave it out`]
      return [`maps ${name} to ${ours}, which is none of ${FIELDS.join(', ')}, details.NAME`]
    }),
    ...doubles(targets).map(ours => {
      const names = entries.filter(([, one]) => one === ours).map(([name]) => name)
      return `maps ${names.join(' and ')} to ${ours}`
    }),
  ]
}

/** Reads a file that is one JSON object: foreign name to ours, or to null. @throws BadFile with every fault */
export async function readMapping(file: string): Promise<Mapping> {
  const text = await readFile(toPath(file), 'utf8').catch((error: unknown) => {
    throw new BadFile(`the mapping ${file} cannot be read (${toCode(error) ?? 'unknown'})`)
  })
  let value: unknown
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''))
  } catch {
    throw new BadFile(`the mapping ${file} is not valid JSON`)
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new BadFile(`the mapping ${file} is no object, such as {"Surname": "surname", "Remarks": null}`)
  const entries = Object.entries(value)
  const faults = faultsIn(text, entries)
  if (faults.length > 0) throw new BadFile(`the mapping ${file} ${faults.join('; ')}`)
  return new Map(entries)
}

/** For each column of a header what it is in ours; null: left out. @throws BadFile for columns that are unknown or double, all at once */
export function mapHeader(header: readonly string[], mapping: Mapping): (string | null)[] {
  const ours = header.map(name => {
    const mapped = mapping.get(name)
    return mapped === undefined ? name : mapped
  })
  const named = (one: string) => header.filter((_, n) => ours[n] === one).join(' and ')
  const faults = [
    ...header
      .filter(name => !mapping.has(name) && !isOurs(name))
      .map(name => `has the column ${name}, which the mapping does not name: map it to a field, or to null`),
    ...[...mapping.keys()]
      .filter(name => !header.includes(name))
      .map(name => `has no column ${name}, as the mapping says`),
    ...doubles(ours.filter(one => one !== null)).map(one => `has ${one} twice, as ${named(one)}`),
  ]
  if (faults.length > 0) throw new BadFile(faults.join('; '))
  return ours
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * A JSON object's text with its members in our names. One that is there in ours already keeps its foreign name, and what is not valid JSON object
 * stays as it is: so that the registry refuses the row, and says why.
 */
export function mapObject(text: string, mapping: Mapping): string {
  let value: unknown
  let isWhole = true
  try {
    value = JSON.parse(text, (_, inner: unknown) => {
      // Written again it would be null, which clears.
      if (typeof inner === 'number' && !Number.isFinite(inner)) isWhole = false
      return inner
    })
  } catch {
    return text
  }
  if (!isObject(value) || !isWhole) return text
  const kept = Object.entries(value).filter(([name]) => !mapping.has(name))
  const members = new Map<string, unknown>(kept)
  const said = members.get('details')
  const details = new Map<string, unknown>(isObject(said) ? Object.entries(said) : [])
  const known = details.size
  for (const [name, inner] of Object.entries(value)) {
    const ours = mapping.get(name)
    if (ours === undefined || ours === null) continue
    const own = ours.startsWith(OWN)
    const [into, as] = own ? [details, ours.slice(OWN.length)] : [members, ours]
    if (into.has(as)) members.set(name, inner)
    else into.set(as, inner)
  }
  if (details.size > known) members.set('details', Object.fromEntries(details))
  return JSON.stringify(Object.fromEntries(members))
}
