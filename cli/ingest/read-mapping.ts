import { readFile } from 'node:fs/promises'
import { FIELDS, findRepeated, isRegistryName, type Mapping } from '#ingest/mapping.ts'
import { BadFile, toCode } from '../failure.ts'
import { toPath } from '../paths.ts'

/** The member names as written: JSON.parse keeps only the last of equal ones. */
const membersIn = (text: string): string[] =>
  [...text.matchAll(/("(?:[^"\\]|\\.)*")(\s*:)?/g)].flatMap(([, name = '', colon]) =>
    colon === undefined ? [] : [String(JSON.parse(name))],
  )

function faultsIn(text: string, entries: readonly (readonly [string, unknown])[]): string[] {
  const targets = entries.map(([, target]) => target).filter(target => typeof target === 'string')
  return [
    ...findRepeated(membersIn(text)).map(name => `names ${name} twice`),
    ...entries.flatMap(([name, target]) => {
      if (target === null || (typeof target === 'string' && isRegistryName(target))) return []
      if (typeof target !== 'string') return [`has to map ${name} to the name of a field, or to null to leave it out`]
      return [`maps ${name} to ${target}, which is not one of ${FIELDS.join(', ')}, details.NAME`]
    }),
    ...findRepeated(targets).map(target => {
      const names = entries.filter(([, other]) => other === target).map(([name]) => name)
      return `maps ${names.join(' and ')} to ${target}`
    }),
  ]
}

/** Reads a mapping file: one JSON object from foreign names to ours, or to null. @throws BadFile with every error */
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
    throw new BadFile(`the mapping ${file} is not an object, such as {"Surname": "surname", "Remarks": null}`)
  const entries = Object.entries(value)
  const faults = faultsIn(text, entries)
  if (faults.length > 0) throw new BadFile(`the mapping ${file} ${faults.join('; ')}`)
  return new Map(entries)
}
