/**
 * `npm run sample -- --extras N`: adds N generated people to the registry at REGISTRY_URL, or to the one on
 * this machine: the same ones each time.
 */
import { parseArgs } from 'node:util'
import * as z from 'zod'
import { cliEnv, localEnv, readEnv } from '#contract/env.ts'
import { batch, MAX_BATCH_ROWS } from '#contract/schemas/batch.ts'
import { token } from '#contract/schemas/service.ts'
import { toLocalUrl } from '../address.ts'
import { USERS } from '../names.ts'

const MOST = 1_000_000

/** A seeded generator of numbers in [0, 1) (mulberry32, T. Ettinger, public domain). */
function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let n = Math.imul(state ^ (state >>> 15), 1 | state)
    n = (n + Math.imul(n ^ (n >>> 7), 61 | n)) ^ n
    return ((n ^ (n >>> 14)) >>> 0) / 2 ** 32
  }
}

const ONSETS = [
  'b',
  'br',
  'ch',
  'd',
  'f',
  'g',
  'gr',
  'h',
  'j',
  'k',
  'kl',
  'l',
  'm',
  'n',
  'p',
  'r',
  's',
  'st',
  't',
  'v',
  'w',
  'z',
]
const NUCLEI = ['a', 'e', 'i', 'o', 'u', 'ai', 'ei', 'ou', 'é', 'ö', 'á']
const CODAS = ['', '', 'n', 'r', 's', 'l', 'm', 'nd', 'rt', 'ck']

/** A generated person; always the same for a number. */
function toPerson(n: number) {
  const next = numbers(n + 1)
  const pick = (from: readonly string[]) => from[Math.floor(next() * from.length)] ?? ''
  const name = (syllables: number) => {
    const word = Array.from({ length: syllables }, () => pick(ONSETS) + pick(NUCLEI) + pick(CODAS)).join('')
    return word.slice(0, 1).toUpperCase() + word.slice(1)
  }
  const born = new Date(Date.UTC(1930, 0, 1) + Math.floor(next() * 75 * 365.25) * 86_400_000)
  const surname = name(next() < 0.7 ? 2 : 3)
  const given_name = name(2)
  const dob = next() < 0.9 ? born.toISOString().slice(0, 10) : born.toISOString().slice(0, 4)
  const document_number = next() < 0.8 ? String(Math.floor(next() * 9e8) + 1e8) : null
  return { id: `extra-${n}`, surname, given_name, dob, document_number }
}

async function post(url: string, type: string, body: string, headers: Record<string, string> = {}): Promise<unknown> {
  const response = await fetch(url, { method: 'POST', headers: { 'Content-Type': type, ...headers }, body })
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`)
  return response.json()
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { extras: { type: 'string', default: '1000' } } })
  const extras = z.coerce.number({ error: '--extras must be a number' }).int().min(1).max(MOST).parse(values.extras)
  const { REGISTRY_URL, REGISTRY_USER = 'agent', REGISTRY_PASSWORD } = readEnv(cliEnv, process.env)
  const { REGISTRY_HOST, REGISTRY_PORT } = readEnv(localEnv, process.env)
  const at = REGISTRY_URL?.replace(/\/+$/, '') ?? toLocalUrl(REGISTRY_HOST, REGISTRY_PORT)
  const login = JSON.stringify({ username: REGISTRY_USER, password: REGISTRY_PASSWORD ?? USERS.agent.password })
  const { access_token } = token.parse(await post(`${at}/v1/auth/token`, 'application/json', login))
  const sum = { created: 0, unchanged: 0 }
  for (let from = 0; from < extras; from += MAX_BATCH_ROWS) {
    const rows = Array.from({ length: Math.min(MAX_BATCH_ROWS, extras - from) }, (_, n) =>
      JSON.stringify(toPerson(from + n)),
    )
    const authorization = { Authorization: `Bearer ${access_token}` }
    const { created, unchanged } = batch.parse(
      await post(`${at}/v1/batches?source=extras`, 'application/x-ndjson', rows.join('\n'), authorization),
    )
    sum.created += created
    sum.unchanged += unchanged
  }
  console.log(JSON.stringify({ extras, ...sum }))
}

main().catch((error: unknown) => {
  const down = error instanceof TypeError && error.message === 'fetch failed'
  console.error(
    down ? 'The registry does not answer: is npm start running?' : error instanceof Error ? error.message : error,
  )
  process.exitCode = 1
})
