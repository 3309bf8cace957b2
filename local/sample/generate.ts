/**
 * `npm run sample -- --extras N [--from M]`: adds N generated people to the registry at REGISTRY_URL, or to the one on this machine: the same
 * ones each time. With `--from`, the first M are left out, because they are there already.
 */
import { parseArgs } from 'node:util'
import * as z from 'zod'
import { cliEnv, localEnv, readEnv } from '#contract/env.ts'
import { batch, MAX_BATCH_ROWS } from '#contract/schemas/batch.ts'
import { token } from '#contract/schemas/service.ts'
import { toLocalUrl } from '../address.ts'
import { USERS } from '../names.ts'
import { toGeneratedPerson } from './generated-person.ts'

const MOST = 1_000_000

async function post(url: string, type: string, body: string, headers: Record<string, string> = {}): Promise<unknown> {
  const response = await fetch(url, { method: 'POST', headers: { 'Content-Type': type, ...headers }, body })
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`)
  return response.json()
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { extras: { type: 'string', default: '1000' }, from: { type: 'string', default: '0' } },
  })
  const extras = z.coerce.number({ error: '--extras must be a number' }).int().min(1).max(MOST).parse(values.extras)
  const first = z.coerce.number({ error: '--from must be a number' }).int().min(0).parse(values.from)
  const { REGISTRY_URL, REGISTRY_USER = 'agent', REGISTRY_PASSWORD } = readEnv(cliEnv, process.env)
  const { REGISTRY_HOST, REGISTRY_PORT } = readEnv(localEnv, process.env)
  const at = REGISTRY_URL?.replace(/\/+$/, '') ?? toLocalUrl(REGISTRY_HOST, REGISTRY_PORT)
  const login = JSON.stringify({ username: REGISTRY_USER, password: REGISTRY_PASSWORD ?? USERS.agent.password })
  const { access_token } = token.parse(await post(`${at}/v1/auth/token`, 'application/json', login))
  const sum = { created: 0, unchanged: 0 }
  for (let from = 0; from < extras; from += MAX_BATCH_ROWS) {
    const rows = Array.from({ length: Math.min(MAX_BATCH_ROWS, extras - from) }, (_, n) =>
      JSON.stringify(toGeneratedPerson(first + from + n)),
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
