/** The entry point of the CDK app (`npm run synth`, `npm run deploy`): builds the bundles, then defines the stacks. */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { App, Validations } from 'aws-cdk-lib'
import { Code } from 'aws-cdk-lib/aws-lambda'
import { AwsSolutionsChecks } from 'cdk-nag'
import { bundleAll, DIST } from '#lib/bundle.ts'
import { InvalidContext, readContext } from '#lib/context.ts'
import { addStacks } from '#lib/stacks/add-stacks.ts'

const app = new App()
try {
  const context = readContext(app.node.tryGetContext('registry'))
  await bundleAll()
  const page = fileURLToPath(new URL('../web/dist', import.meta.url))
  addStacks(app, {
    context,
    code: name => Code.fromAsset(`${DIST}${name}`),
    pageFolder: existsSync(page) ? page : null,
    account: process.env.CDK_DEFAULT_ACCOUNT,
  })
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app))
  app.synth()
} catch (error) {
  if (!(error instanceof InvalidContext)) throw error
  console.error(error.message)
  process.exitCode = 1
}
