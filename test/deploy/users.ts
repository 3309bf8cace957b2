import { randomBytes } from 'node:crypto'
import { CognitoIdentityProvider } from '@aws-sdk/client-cognito-identity-provider'
import type { Emulator } from './emulator.ts'
import { readParameter } from './emulator-patches.ts'

/** A password that meets the pool's policy, with each kind of character. */
const newPassword = (): string => `Aa1-${randomBytes(18).toString('base64url')}`

const groups = { agent: 'service_agent', provider: 'service_provider' } as const

/** Creates the users of the tests, as a provider does by hand (README). Returns their passwords. */
export async function addUsers(emulator: Emulator, primary: string): Promise<Record<keyof typeof groups, string>> {
  const UserPoolId = await readParameter(emulator, primary, 'userPool')
  const pool = new CognitoIdentityProvider(emulator.at(primary))
  const passwords = { agent: newPassword(), provider: newPassword() }
  for (const Username of ['agent', 'provider'] as const) {
    const user = { UserPoolId, Username }
    await pool.adminCreateUser({ ...user, MessageAction: 'SUPPRESS' })
    await pool.adminSetUserPassword({ ...user, Password: passwords[Username], Permanent: true })
    await pool.adminAddUserToGroup({ ...user, GroupName: groups[Username] })
  }
  return passwords
}
