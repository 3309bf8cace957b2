import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import { ROOT, startProcess } from './child-process.ts'
import { excludedTests } from './excluded-tests.ts'

/** What jest tells of a run. */
const jestReport = z.object({
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
  excluded: ReadonlyMap<string, number>
}

const NEEDS_OWN = 'end, cut off, set up or look into a server of their own'

const escapeRegExp = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
/** Takes the whole name of a test that is not among them. */
export const toExclusionPattern = (beginnings: readonly string[]): string =>
  `^(?!(${beginnings.map(escapeRegExp).join('|')}))`

/** What came of a run, from what jest wrote. */
export function toOutcome(report: unknown, exclusions = excludedTests): Outcome {
  const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites, testResults } = jestReport.parse(report)
  const excluded = new Map<string, number>()
  for (const { fullName, status } of testResults.flatMap(({ assertionResults }) => assertionResults)) {
    if (status !== 'pending') continue
    const reason = exclusions.find(([beginning]) => fullName.startsWith(beginning))?.[1] ?? NEEDS_OWN
    excluded.set(reason, (excluded.get(reason) ?? 0) + 1)
  }
  const failures = testResults.map(({ message }) => message).filter(message => message !== '')
  return {
    passed: numPassedTests,
    failed: numFailedTests + numRuntimeErrorTestSuites,
    failures: failures.join('\n'),
    excluded: excluded,
  }
}

interface SuiteOptions {
  /** The location that tests of one location go to, and then the others. */
  urls: readonly string[]
  passwords: Readonly<Record<'agent' | 'provider', string>>
  folder: string
  /** What else jest is told. */
  more?: readonly string[]
  environment?: Record<string, string>
}

/** Runs the end-to-end tests against what is given. */
export async function runSuite({
  urls,
  passwords,
  folder,
  more = [],
  environment = {},
}: SuiteOptions): Promise<Outcome> {
  const report = join(folder, `report-${Date.now()}.json`)
  const names =
    excludedTests.length > 0 ? ['--testNamePattern', toExclusionPattern(excludedTests.map(([name]) => name))] : []
  const child = startProcess({
    command: process.execPath,
    args: [join(ROOT, 'test/e2e/run.ts'), '--url', urls.join(','), '--json', '--outputFile', report, ...names, ...more],
    environment: { E2E_AGENT_PASSWORD: passwords.agent, E2E_PROVIDER_PASSWORD: passwords.provider, ...environment },
    log: join(folder, 'suite.log'),
  })
  await once(child, 'close')
  const reportText = await readFile(report, 'utf8').catch(() => null)
  if (reportText !== null) return toOutcome(JSON.parse(reportText))
  throw new Error(`the tests did not run: ${(await readFile(join(folder, 'suite.log'), 'utf8')).slice(-2000)}`)
}
