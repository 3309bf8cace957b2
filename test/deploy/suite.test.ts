import { expect, test } from '@jest/globals'
import { toExclusionPattern, toOutcome } from './suite.ts'

const createReport = (overrides: object) => ({
  numPassedTests: 1,
  numFailedTests: 0,
  numRuntimeErrorTestSuites: 0,
  testResults: [],
  ...overrides,
})

test('the outcome counts passed and failed tests, and a file that could not run as a failure', () => {
  const { passed, failed, failures } = toOutcome(
    createReport({
      numPassedTests: 7,
      numFailedTests: 2,
      numRuntimeErrorTestSuites: 1,
      testResults: [
        { name: 'a.test.ts', message: 'it is broken', assertionResults: [] },
        {
          name: 'b.test.ts',
          message: '',
          assertionResults: [{ fullName: 'a test', status: 'passed', failureMessages: [] }],
        },
      ],
    }),
  )
  expect({ passed, failed }).toEqual({ passed: 7, failed: 3 })
  expect(failures).toEqual([expect.stringContaining('it is broken')])
})

test('every skipped test is counted under its reason', () => {
  const [prefix, reason] = ['a list (of two)', 'an emulator knows one']
  const pending = [`${prefix} and more`, 'a server (E2E_URL is set) is stopped'].map(fullName => ({
    fullName,
    status: 'pending',
    failureMessages: [],
  }))
  const { excluded } = toOutcome(
    createReport({ testResults: [{ name: 'a.test.ts', message: '', assertionResults: pending }] }),
    [[prefix, reason]],
  )
  expect([...excluded.entries()]).toEqual([
    [reason, 1],
    [expect.stringContaining('a server of their own'), 1],
  ])
})

test('the pattern matches every test that is not excluded', () => {
  const includesTest = new RegExp(toExclusionPattern(['a list (of two)', 'a cursor']))
  expect(includesTest.test('a list of two is read')).toBe(true)
  expect(includesTest.test('what a cursor leads to')).toBe(true)
  expect(includesTest.test('a list (of two) is read')).toBe(false)
  expect(includesTest.test('a cursor leads on')).toBe(false)
})
