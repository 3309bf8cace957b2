/**
 * `npm run rotate -- --secret cursor-key --region PRIMARY [--region OTHER …]`: puts another secret in place of one, and has every function that
 * reads it start anew, in each region. Needs the AWS command line, logged in. With `--dry-run` it says what it would do.
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
/** The canary's is its user's password too, and is changed with that. */
const known = (['CURSOR_KEY', 'RECEIPT_KEY'] as const).map(name => ({ name, secret: SECRETS[name] }))
const wanted = known.find(({ secret }) => secret === `${PREFIX}/${values.secret}`)
if (wanted === undefined || primary === undefined) {
  const names = known.map(({ secret }) => secret.replace(`${PREFIX}/`, '')).join(' or ')
  console.error(`Which secret, and which regions, the primary one first? --secret ${names} --region eu-west-1`)
  process.exit(1)
}

/** @param input goes by the standard input, where no list of processes shows it */
function aws(region: string, words: readonly string[], input?: string): void {
  const command = [...words, '--region', region]
  console.log(`aws ${command.join(' ')}`)
  if (!values['dry-run']) execFileSync('aws', command, { input: input ?? '', stdio: ['pipe', 'ignore', 'inherit'] })
}

const put = ['secretsmanager', 'put-secret-value', '--secret-id', wanted.secret]
// Secrets Manager brings it to the replicas by itself.
aws(primary, [...put, '--secret-string', 'file:///dev/stdin'], randomBytes(48).toString('base64url'))
const readers = [...functionSpecs].filter(([, { keys }]) => keys?.includes(wanted.name)).map(([name]) => name)
const when = new Date().toISOString()
for (const region of [primary, ...others])
  for (const name of readers)
    aws(region, [
      'lambda',
      'update-function-configuration',
      ...['--function-name', `${PREFIX}-${name}`],
      // A process reads its secrets when it starts: whatever is changed of a function starts others.
      ...['--description', `${wanted.secret} changed ${when}`],
    ])
