import { randomBytes } from 'node:crypto'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { exportJWK, generateKeyPair } from 'jose'
import * as z from 'zod'
import { publicKey } from '#adapters/tokens/verifier.ts'
import { FIRST, KEYS_FILE } from './names.ts'

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

/**
 * The machine's secrets, shared by all its locations. They are created at the first start and stored in the data folder, readable only by
 * this user. Earlier versions stored them with the first location.
 */
export async function localKeys(data: string): Promise<Keys & { jwks: string }> {
  const file = join(data, KEYS_FILE)
  const read = () =>
    readFile(file, 'utf8').then(
      text => keys.parse(JSON.parse(text)),
      () => null,
    )
  let stored = await read()
  if (stored === null) {
    await rename(join(data, FIRST, KEYS_FILE), file).catch(() => undefined)
    stored = await read()
  }
  if (stored === null) {
    stored = await makeKeys()
    await writeFile(file, JSON.stringify(stored), { mode: 0o600 })
  }
  return { ...stored, jwks: JSON.stringify({ keys: [publicKey.parse(stored.signing)] }) }
}
