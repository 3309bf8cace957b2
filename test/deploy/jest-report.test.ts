import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { ROOT } from './child-process.ts'
import { countFailed, describeFailures, jestReport } from './jest-report.ts'

const report = jestReport.parse({
  numPassedTests: 1,
  numFailedTests: 1,
  numRuntimeErrorTestSuites: 1,
  testResults: [
    {
      name: join(ROOT, 'test/a.test.ts'),
      message: '● the message of the whole file',
      assertionResults: [
        { fullName: 'a list is read', status: 'passed', failureMessages: [] },
        {
          fullName: 'a list is written',
          status: 'failed',
          failureMessages: [`\u001b[31mError\u001b[39m: first\n\n${'    at line\n'.repeat(30)}`, 'second'],
        },
      ],
    },
    { name: join(ROOT, 'test/b.test.ts'), message: 'Cannot find module c', assertionResults: [] },
    { name: join(ROOT, 'test/d.test.ts'), message: '', assertionResults: [] },
  ],
})

test('a file that could not run counts as a failed test', () => {
  expect(countFailed(report)).toBe(2)
})

test('failures are described by file, test and the start of the message, without colours', () => {
  const [failedTest = '', brokenFile, ...others] = describeFailures(report)
  expect(failedTest.split('\n').slice(0, 2)).toEqual(['test/a.test.ts: a list is written', '    Error: first'])
  expect(failedTest.split('\n')).toHaveLength(13)
  expect(brokenFile).toBe('test/b.test.ts\n    Cannot find module c')
  expect(others).toEqual([])
})
