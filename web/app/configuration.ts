import { loadConfiguration } from '../shared/configuration.ts'

/** Read before the app starts; null if that fails. */
export const configuration = await loadConfiguration().catch(() => null)
