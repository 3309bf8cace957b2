import { randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { exportJWK, generateKeyPair } from 'jose'
import * as z from 'zod'
import { publicKey } from '#adapters/tokens/verifier.ts'

const keys = z.object({ cursor: z.string(), receipt: z.string(), signing: z.looseObject(publicKey.shape) })
type Keys = z.infer<typeof keys>

const secret = () => randomBytes(32).toString('base64url')

async function makeKeys(): Promise<Keys> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  const jwk = await exportJWK(privateKey)
  return keys.parse({
    cursor: secret(),
    receipt: secret(),
    signing: { ...jwk, kid: secret().slice(0, 8), alg: 'RS256', use: 'sig' },
  })
}

/** The machine's own secrets, made at the first start and kept beside its data, for this user's eyes alone. */
export async function localKeys(folder: string): Promise<Keys & { jwks: string }> {
  const file = join(folder, 'keys.json')
  const found = await readFile(file, 'utf8').then(
    text => keys.parse(JSON.parse(text)),
    () => null,
  )
  const own = found ?? (await makeKeys())
  if (found === null) await writeFile(file, JSON.stringify(own), { mode: 0o600 })
  return { ...own, jwks: JSON.stringify({ keys: [publicKey.parse(own.signing)] }) }
}
