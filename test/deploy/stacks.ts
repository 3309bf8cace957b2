import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import type { RegistryContext } from '#lib/context.ts'
import { PREFIX } from '#lib/names.ts'
import { ROOT, runProcess } from './child-process.ts'
import type { Emulator } from './emulator.ts'

const ACCOUNT = '000000000000'
const outputs = z.record(z.string(), z.record(z.string(), z.string()))

/** The stacks of a context, deployed to the emulator with the CDK. */
export class Stacks {
  readonly #emulator: Emulator
  readonly #folder: string

  constructor(emulator: Emulator, folder: string) {
    this.#emulator = emulator
    this.#folder = folder
  }

  #cdk(...args: string[]): Promise<void> {
    return runProcess({
      command: join(ROOT, 'node_modules/.bin/cdk'),
      args: [...args, '--no-notices'],
      environment: { ...this.#emulator.environment, AWS_REGION: 'us-east-1', CDK_DISABLE_VERSION_CHECK: '1' },
      log: join(this.#folder, 'cdk.log'),
    })
  }

  /** Synthesizes the templates and bootstraps each region. */
  async bootstrap(context: RegistryContext): Promise<void> {
    await mkdir(this.#templates, { recursive: true })
    await this.#cdk('synth', '--quiet', '--output', this.#templates, '--context', `registry=${JSON.stringify(context)}`)
    const environments = context.regions.map(region => `aws://${ACCOUNT}/${region}`)
    await this.#cdk('bootstrap', '--app', this.#templates, ...environments)
  }

  /** Deploys the global resources: keys, the table, users and secrets. */
  async deployRegistry(): Promise<void> {
    await this.#deploy(`${PREFIX}-registry`)
  }

  /** Deploys all stacks. Returns the API id of each region. */
  async deployAll(regions: readonly string[]): Promise<Map<string, string>> {
    await this.#deploy('--all', '--concurrency', '2')
    const deployedOutputs = outputs.parse(JSON.parse(await readFile(this.#outputs, 'utf8')))
    return new Map(
      regions.map(region => {
        const url = deployedOutputs[`${PREFIX}-api-${region}`]?.Url
        if (url === undefined) throw new Error(`the stack of ${region} has no output Url`)
        return [region, new URL(url).hostname.split('.')[0] ?? '']
      }),
    )
  }

  #deploy(...stackNames: string[]): Promise<void> {
    return this.#cdk(
      ...['deploy', '--app', this.#templates, ...stackNames],
      ...['--require-approval', 'never', '--outputs-file', this.#outputs],
    )
  }

  get #templates(): string {
    return join(this.#folder, 'templates')
  }

  get #outputs(): string {
    return join(this.#folder, 'outputs.json')
  }
}
