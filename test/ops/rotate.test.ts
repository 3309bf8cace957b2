import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'
import { functionSpecs } from '#contract/functions.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const rotate = (...words: string[]) =>
  spawnSync(process.execPath, ['ops/rotate.ts', ...words], { cwd: ROOT, encoding: 'utf8' })

test.each([
  ['cursor-key', 'CURSOR_KEY'],
  ['receipt-key', 'RECEIPT_KEY'],
] as const)('%s is put once, and all who read it start anew in each region', (secret, key) => {
  const { status, stdout } = rotate('--secret', secret, '--region', 'eu-west-1', '--region', 'us-east-1', '--dry-run')
  expect(status).toBe(0)
  const lines = stdout.trim().split('\n')
  const puts = lines.filter(line => line.includes('put-secret-value'))
  // The value itself is said nowhere.
  expect(puts).toEqual([
    `aws secretsmanager put-secret-value --secret-id customer-registry/${secret} --secret-string file:///dev/stdin --region eu-west-1`,
  ])
  const readers = [...functionSpecs].filter(([, { keys }]) => keys?.includes(key)).map(([name]) => name)
  for (const region of ['eu-west-1', 'us-east-1']) {
    const started = lines.filter(line => line.includes('update-function-configuration') && line.endsWith(region))
    expect(started.map(line => /customer-registry-(\S+)/.exec(line)?.[1]).sort()).toEqual(readers.sort())
  }
})

test.each([
  [[]],
  [['--secret', 'cursor-key']],
  [['--region', 'eu-west-1']],
  [['--secret', 'canary-password', '--region', 'eu-west-1']],
])('%j is told what is missing', words => {
  const { status, stdout, stderr } = rotate(...words, '--dry-run')
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
  expect(stderr).toContain('Which secret')
})
