import { randomInt } from 'node:crypto'

/** Six letters that nobody else on the list has in their name, so that a file can run again on a shared list. */
export const randomWord = (): string =>
  Array.from({ length: 3 }, () => `${'bcdfghjklmnpqrtvwxz'[randomInt(19)]}${'aeiou'[randomInt(5)]}`).join('')
