import { randomBytes } from 'node:crypto'

/** A random password of 108 bits that meets the user pool's policy: it has each kind of character. */
export const newOneTimePassword = (): string => `Aa1-${randomBytes(14).toString('base64url').slice(0, 18)}`
