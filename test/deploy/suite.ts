import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ROOT, startProcess } from './child-process.ts'
import { excludedTests } from './excluded-tests.ts'
import { countFailed, describeFailures, jestReport } from './jest-report.ts'

export interface Outcome {
  passed: number
  failed: number
  /** What failed, as of `describeFailures`. */
  failures: readonly string[]
  /** The number of skipped tests by reason. */
  excluded: ReadonlyMap<string, number>
}

const NEEDS_OWN = 'stop, cut off, configure or inspect a server of their own'

const escapeRegExp = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
/** Returns a pattern that matches the full names of all tests without these prefixes. */
export const toExclusionPattern = (prefixes: readonly string[]): string =>
  `^(?!(${prefixes.map(escapeRegExp).join('|')}))`

/** Reads the outcome of a run from jest's report. */
export function toOutcome(report: unknown, exclusions = excludedTests): Outcome {
  const parsed = jestReport.parse(report)
  const excluded = new Map<string, number>()
  for (const { fullName, status } of parsed.testResults.flatMap(({ assertionResults }) => assertionResults)) {
    if (status !== 'pending') continue
    const reason = exclusions.find(([prefix]) => fullName.startsWith(prefix))?.[1] ?? NEEDS_OWN
    excluded.set(reason, (excluded.get(reason) ?? 0) + 1)
  }
  return {
    passed: parsed.numPassedTests,
    failed: countFailed(parsed),
    failures: describeFailures(parsed),
    excluded,
  }
}

interface SuiteOptions {
  /** The location for tests of one location, followed by the others. */
  urls: readonly string[]
  passwords: Readonly<Record<'agent' | 'provider', string>>
  folder: string
  /** Further arguments for jest. */
  jestArguments?: readonly string[]
  environment?: Record<string, string>
}

/** Runs the end-to-end tests against the given URLs. */
export async function runSuite({
  urls,
  passwords,
  folder,
  jestArguments = [],
  environment = {},
}: SuiteOptions): Promise<Outcome> {
  const report = join(folder, `report-${Date.now()}.json`)
  const names =
    excludedTests.length > 0 ? ['--testNamePattern', toExclusionPattern(excludedTests.map(([name]) => name))] : []
  const child = startProcess({
    command: process.execPath,
    args: [
      join(ROOT, 'test/e2e/run.ts'),
      '--url',
      urls.join(','),
      '--json',
      '--outputFile',
      report,
      ...names,
      ...jestArguments,
    ],
    environment: { E2E_AGENT_PASSWORD: passwords.agent, E2E_PROVIDER_PASSWORD: passwords.provider, ...environment },
    log: join(folder, 'suite.log'),
  })
  await once(child, 'close')
  const reportText = await readFile(report, 'utf8').catch(() => null)
  if (reportText !== null) return toOutcome(JSON.parse(reportText))
  throw new Error(`the tests did not run: ${(await readFile(join(folder, 'suite.log'), 'utf8')).slice(-2000)}`)
}
