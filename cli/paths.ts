import { resolve } from 'node:path'

/** A file as the person meant it: npm runs scripts in the project's folder, and says where it was called itself. */
export const toPath = (file: string): string =>
  process.env.npm_lifecycle_event === 'registry' && process.env.INIT_CWD
    ? resolve(process.env.INIT_CWD, file)
    : resolve(file)
