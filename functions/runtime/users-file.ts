import { lazy } from '#domain/lazy.ts'
import { getSettings } from './settings.ts'

/** The file of users, opened once in a process; null where users are elsewhere. It is loaded only where there is one. */
export const getUsersFile = lazy(async () => {
  const { TOKEN_USERS_FILE: file } = getSettings()
  if (file === undefined) return null
  const { FileDirectory } = await import('#adapters/users/file-directory.ts')
  return new FileDirectory(file)
})
