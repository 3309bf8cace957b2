/**
 * `npm run rotate -- --secret cursor-key --region PRIMARY [--region OTHER …]`: replaces a secret, and restarts every function that reads
 * it, in each region. Requires the AWS CLI with credentials. With `--dry-run` it only prints what it would do.
 */
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { parseArgs } from 'node:util'
import { functionSpecs } from '#contract/functions.ts'
import { PREFIX, SECRETS } from '#lib/names.ts'

const { values } = parseArgs({
  options: {
    secret: { type: 'string' },
    region: { type: 'string', multiple: true, default: [] },
    'dry-run': { type: 'boolean', default: false },
  },
})
const [primary, ...others] = values.region
/** The canary's secret is also its user's password and is changed with it. */
const secrets = (['CURSOR_KEY', 'RECEIPT_KEY'] as const).map(name => ({ name, secret: SECRETS[name] }))
const selected = secrets.find(({ secret }) => secret === `${PREFIX}/${values.secret}`)
if (selected === undefined || primary === undefined) {
  const names = secrets.map(({ secret }) => secret.replace(`${PREFIX}/`, '')).join(' or ')
  console.error(`Which secret, and which regions, the primary one first? --secret ${names} --region eu-west-1`)
  process.exit(1)
}

/** @param input is passed by standard input, so that process lists do not show it */
function aws(region: string, words: readonly string[], input?: string): void {
  const command = [...words, '--region', region]
  console.log(`aws ${command.join(' ')}`)
  if (!values['dry-run']) execFileSync('aws', command, { input: input ?? '', stdio: ['pipe', 'ignore', 'inherit'] })
}

const put = ['secretsmanager', 'put-secret-value', '--secret-id', selected.secret]
// Secrets Manager replicates it by itself.
aws(primary, [...put, '--secret-string', 'file:///dev/stdin'], randomBytes(48).toString('base64url'))
const readers = [...functionSpecs].filter(([, { keys }]) => keys?.includes(selected.name)).map(([name]) => name)
const when = new Date().toISOString()
for (const region of [primary, ...others])
  for (const name of readers)
    aws(region, [
      'lambda',
      'update-function-configuration',
      ...['--function-name', `${PREFIX}-${name}`],
      // Secrets are read when a process starts; changing a function's configuration starts new ones.
      ...['--description', `${selected.secret} changed ${when}`],
    ])
