import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, jest, test } from '@jest/globals'
import { App, Stack, Validations } from 'aws-cdk-lib'
import { Bucket } from 'aws-cdk-lib/aws-s3'
import { AwsSolutionsChecks } from 'cdk-nag'
import { createApp, newFolder } from './stacks.ts'

const readContextFile = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../.ci/context-${name}.json`, import.meta.url), 'utf8'))
const PAGE = new URL('../../docs', import.meta.url).pathname

// The rules check every resource of eleven stacks, which takes a quarter of a minute on an idle machine.
jest.setTimeout(300_000)

/** Synthesizes the stacks and throws every finding of cdk-nag that is not suppressed with a reason. */
function assertNoFindings(app: App): void {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app))
  app.synth()
}

// The kit sets the exit code when it finds something, which would make jest fail.
afterEach(() => {
  process.exitCode = 0
})

describe('cdk-nag has no unexplained findings', () => {
  test.each([
    ['in the largest form, with the documentation page', 'largest', PAGE],
    ['in the smallest form', 'smallest', null],
  ])('%s', (_, name, page) => {
    const app = createApp(readContextFile(name), page)
    expect(() => assertNoFindings(app)).not.toThrow()
  })
})

test('cdk-nag reports an unexplained finding', () => {
  const app = new App({ outdir: newFolder() })
  new Bucket(new Stack(app, 'Careless'), 'Bucket')
  expect(() => assertNoFindings(app)).toThrow('AwsSolutions-S10')
})
