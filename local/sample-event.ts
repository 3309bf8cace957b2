import { readFile } from 'node:fs/promises'
import { createFixedUsers, createTokenIssuer } from '#adapters/tokens/issuer.ts'
import type { LocalEnv } from '#contract/env.ts'
import { localKeys } from './keys.ts'
import { CLIENT, USERS } from './names.ts'
import { StartupError } from './service.ts'

/** Reads an event for a function, with a valid token of the demo agent instead of `Bearer TOKEN`. @throws StartupError */
export async function readSampleEvent(
  file: string,
  { REGISTRY_PORT }: Pick<LocalEnv, 'REGISTRY_PORT'>,
  data: string,
): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new StartupError(`${file} cannot be read`)
  })
  const { signing } = await localKeys(data)
  const issue = createTokenIssuer({
    issuer: `http://127.0.0.1:${REGISTRY_PORT}`,
    clientId: CLIENT,
    signingKey: JSON.stringify(signing),
    users: createFixedUsers(JSON.stringify(USERS)),
  })
  const token = await issue('agent', USERS.agent.password)
  try {
    return JSON.parse(text.replaceAll('Bearer TOKEN', `Bearer ${token?.access_token}`))
  } catch {
    throw new StartupError(`${file} is not valid JSON`)
  }
}
