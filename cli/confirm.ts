import { createInterface } from 'node:readline/promises'

/** Asks for confirmation, on the terminal or from standard input. */
export async function confirmed(question: string): Promise<boolean> {
  const ask = createInterface({ input: process.stdin, output: process.stderr })
  const silent = new Promise<string>(resolve => ask.once('close', () => resolve('')))
  try {
    return (await Promise.race([ask.question(`${question} Type yes: `), silent])).trim() === 'yes'
  } finally {
    ask.close()
  }
}
