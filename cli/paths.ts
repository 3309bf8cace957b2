import { resolve } from 'node:path'

/** Resolves a file against the folder where npm was called, because npm runs scripts in the project's folder. */
export const toPath = (file: string): string =>
  process.env.npm_lifecycle_event === 'registry' && process.env.INIT_CWD
    ? resolve(process.env.INIT_CWD, file)
    : resolve(file)
