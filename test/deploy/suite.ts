import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import { begin, ROOT } from './child.ts'
import { notHere } from './not-here.ts'

/** What jest tells of a run. */
const told = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numRuntimeErrorTestSuites: z.number(),
  testResults: z.array(
    z.object({
      message: z.string(),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
})

export interface Outcome {
  passed: number
  failed: number
  /** What jest says of the failures. */
  failures: string
  /** Tests that were left out: how many, by why. */
  leftOut: ReadonlyMap<string, number>
}

const NEEDS_OWN = 'end, cut off, set up or look into a server of their own'

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
/** Takes the whole name of a test that is not among them. */
export const pattern = (beginnings: readonly string[]): string => `^(?!(${beginnings.map(escaped).join('|')}))`

/** What came of a run, from what jest wrote. */
export function outcomeOf(report: unknown, excepted = notHere): Outcome {
  const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites, testResults } = told.parse(report)
  const leftOut = new Map<string, number>()
  for (const { fullName, status } of testResults.flatMap(({ assertionResults }) => assertionResults)) {
    if (status !== 'pending') continue
    const why = excepted.find(([beginning]) => fullName.startsWith(beginning))?.[1] ?? NEEDS_OWN
    leftOut.set(why, (leftOut.get(why) ?? 0) + 1)
  }
  const failures = testResults.map(({ message }) => message).filter(message => message !== '')
  return {
    passed: numPassedTests,
    failed: numFailedTests + numRuntimeErrorTestSuites,
    failures: failures.join('\n'),
    leftOut,
  }
}

interface Given {
  /** The location that tests of one location go to, and then the others. */
  urls: readonly string[]
  passwords: Readonly<Record<'agent' | 'provider', string>>
  folder: string
  /** What else jest is told. */
  more?: readonly string[]
  environment?: Record<string, string>
}

/** Runs the end-to-end tests against what is given. */
export async function runSuite({ urls, passwords, folder, more = [], environment = {} }: Given): Promise<Outcome> {
  const report = join(folder, `report-${Date.now()}.json`)
  const names = notHere.length > 0 ? ['--testNamePattern', pattern(notHere.map(([name]) => name))] : []
  const child = begin({
    command: process.execPath,
    args: [join(ROOT, 'test/e2e/run.ts'), '--url', urls.join(','), '--json', '--outputFile', report, ...names, ...more],
    environment: { E2E_AGENT_PASSWORD: passwords.agent, E2E_PROVIDER_PASSWORD: passwords.provider, ...environment },
    log: join(folder, 'suite.log'),
  })
  await once(child, 'close')
  const written = await readFile(report, 'utf8').catch(() => null)
  if (written !== null) return outcomeOf(JSON.parse(written))
  throw new Error(`the tests did not run: ${(await readFile(join(folder, 'suite.log'), 'utf8')).slice(-2000)}`)
}
