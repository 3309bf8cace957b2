import { CognitoIdentityProvider } from '@aws-sdk/client-cognito-identity-provider'
import { describe, expect, test } from '@jest/globals'
import { CognitoDirectory } from '#adapters/users/cognito-directory.ts'
import { testUserDirectory } from './user-directory.ts'

/** An emulator of Cognito, such as MiniStack. */
const endpoint = process.env.COGNITO_ENDPOINT

async function createDirectory() {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
  const cognito = new CognitoIdentityProvider({ region: 'us-east-1', credentials, ...(endpoint ? { endpoint } : {}) })
  const { UserPool } = await cognito.createUserPool({ PoolName: 'users' })
  const UserPoolId = UserPool?.Id ?? ''
  for (const GroupName of ['service_agent', 'service_provider', 'partners'])
    await cognito.createGroup({ UserPoolId, GroupName })
  return { cognito, UserPoolId, users: new CognitoDirectory(UserPoolId, cognito) }
}

if (endpoint === undefined) {
  describe.skip('users in Cognito: COGNITO_ENDPOINT is not set', () => {
    test('are tested with an emulator', () => expect(endpoint).toBeDefined())
  })
} else {
  testUserDirectory('Cognito', async () => (await createDirectory()).users)

  test('a change of role keeps the group of a usage plan', async () => {
    const { cognito, UserPoolId, users } = await createDirectory()
    const user = await users.create('grace', 'agent', 'Aa1-one-time-password')
    if (user === null) throw new Error('grace exists')
    await cognito.adminAddUserToGroup({ UserPoolId, Username: 'grace', GroupName: 'partners' })
    await users.setRole(user, 'provider')
    const { Groups = [] } = await cognito.adminListGroupsForUser({ UserPoolId, Username: 'grace' })
    expect(Groups.map(({ GroupName }) => GroupName).sort()).toEqual(['partners', 'service_provider'])
  })
}
