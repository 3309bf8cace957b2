import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from '@jest/globals'
import { App } from 'aws-cdk-lib'
import { Template } from 'aws-cdk-lib/assertions'
import { Code } from 'aws-cdk-lib/aws-lambda'
import { readContext } from '#lib/context.ts'
import { addStacks } from '#lib/stacks/add-stacks.ts'

// biome-ignore lint/suspicious/noExplicitAny: a template is JSON whose form only the test knows
export type Json = any

export interface Resource {
  Type: string
  Properties: Record<string, Json>
  DeletionPolicy?: string
}

export const REGION = 'eu-west-1'
export const OTHER_REGION = 'us-east-1'

/** The folder of the templates, deleted after the tests. */
const folder = mkdtempSync(join(tmpdir(), 'stacks-'))
afterAll(() => rmSync(folder, { recursive: true }))

export const newFolder = (): string => mkdtempSync(join(folder, 'app-'))

/** Creates the app with the stacks of a context, without bundles. */
export function createApp(context: unknown, page: string | null = null): App {
  const app = new App({
    outdir: newFolder(),
    context: { 'aws:cdk:bundling-stacks': [], '@aws-cdk/core:defaultCrossStackReferences': 'strong' },
  })
  const code = () => Code.fromInline('export const handler = async () => undefined')
  addStacks(app, { context: readContext(context), code, pageFolder: page, account: undefined })
  return app
}

/** Synthesizes the stacks of a context and returns their templates by name. */
export function synthStacks(context: unknown, page: string | null = null): Map<string, Template> {
  const { stacks } = createApp(context, page).synth()
  return new Map(
    stacks.map(({ stackName, template }) => [stackName.replace('customer-registry-', ''), Template.fromJSON(template)]),
  )
}

export function getResources(templates: Iterable<Template>, type?: string): Resource[] {
  const resources = [...templates].flatMap(template =>
    Object.values(template.toJSON().Resources as Record<string, Resource>),
  )
  return type === undefined ? resources : resources.filter(({ Type }) => Type === type)
}

/** Formats a value of a template as text, with references in angle brackets. */
export function resolveText(value: Json): string {
  if (typeof value === 'string') return value
  if (value?.Ref) return `<${value.Ref}>`
  if (value?.['Fn::Join']) return value['Fn::Join'][1].map(resolveText).join(value['Fn::Join'][0])
  if (value?.['Fn::GetAtt']) return `<${value['Fn::GetAtt'].join('.')}>`
  if (value?.['Fn::ImportValue']) return `<${value['Fn::ImportValue']}>`
  return JSON.stringify(value)
}
