import { NotFound } from '#domain/errors.ts'
import { lazy } from '#domain/lazy.ts'
import type { UserDirectory } from '#domain/users/port.ts'
import { getSettings } from '../runtime/settings.ts'
import { getUsersFile } from '../runtime/users-file.ts'

/** The directory that the environment names. Its client is loaded with the first request. @throws NotFound without one */
export const getDirectory = lazy(async (): Promise<UserDirectory> => {
  const file = await getUsersFile()
  if (file !== null) return file
  const { USER_POOL_ID: pool } = getSettings()
  if (pool === undefined) throw new NotFound('This deployment does not manage users')
  const { CognitoDirectory } = await import('#adapters/users/cognito-directory.ts')
  return new CognitoDirectory(pool)
})
