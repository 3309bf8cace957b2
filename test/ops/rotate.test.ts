import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'
import { functionSpecs } from '#contract/functions.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const rotate = (...args: string[]) =>
  spawnSync(process.execPath, ['ops/rotate.ts', ...args], { cwd: ROOT, encoding: 'utf8' })

test.each([
  ['cursor-key', 'CURSOR_KEY'],
  ['receipt-key', 'RECEIPT_KEY'],
] as const)('%s is replaced once, and every function that reads it is restarted in each region', (secret, key) => {
  const { status, stdout } = rotate('--secret', secret, '--region', 'eu-west-1', '--region', 'us-east-1', '--dry-run')
  expect(status).toBe(0)
  const lines = stdout.trim().split('\n')
  const puts = lines.filter(line => line.includes('put-secret-value'))
  // The output must not contain the value.
  expect(puts).toEqual([
    `aws secretsmanager put-secret-value --secret-id customer-registry/${secret} --secret-string file:///dev/stdin --region eu-west-1`,
  ])
  const readers = [...functionSpecs].filter(([, { keys }]) => keys?.includes(key)).map(([name]) => name)
  for (const region of ['eu-west-1', 'us-east-1']) {
    const restarted = lines.filter(line => line.includes('update-function-configuration') && line.endsWith(region))
    expect(restarted.map(line => /customer-registry-(\S+)/.exec(line)?.[1]).sort()).toEqual(readers.sort())
  }
})

test.each([
  [[]],
  [['--secret', 'cursor-key']],
  [['--region', 'eu-west-1']],
  [['--secret', 'canary-password', '--region', 'eu-west-1']],
])('%j is refused with what is missing', args => {
  const { status, stdout, stderr } = rotate(...args, '--dry-run')
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
  expect(stderr).toContain('Which secret')
})
