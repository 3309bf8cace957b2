import { NotFound } from '#domain/errors.ts'
import type { UserDirectory } from '#domain/users/port.ts'
import { getSettings, lazy } from '../runtime/settings.ts'

/** The directory that the environment names. Its client is loaded with the first request. @throws NotFound without one */
export const getDirectory = lazy(async (): Promise<UserDirectory> => {
  const { TOKEN_USERS_FILE: file, USER_POOL_ID: pool } = getSettings()
  if (file !== undefined) {
    const { FileDirectory } = await import('#adapters/users/file-directory.ts')
    return new FileDirectory(file)
  }
  if (pool === undefined) throw new NotFound('This deployment does not manage users')
  const { CognitoDirectory } = await import('#adapters/users/cognito-directory.ts')
  return new CognitoDirectory(pool)
})
