/**
 * `npm run redrive -- --region REGION`: reads the records of failed batches again, within a day of their failure. Enables the stream
 * readers' dead-letter queues until these are empty, and disables them again. Requires the AWS CLI with credentials.
 */
import { execFileSync } from 'node:child_process'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { pluralise, were } from '#contract/counted.ts'
import { functionSpecs } from '#contract/functions.ts'
import { PREFIX } from '#lib/names.ts'

const { region } = parseArgs({ options: { region: { type: 'string' } } }).values
if (region === undefined) {
  console.error('Which region? npm run redrive -- --region eu-west-1')
  process.exit(1)
}

/** After this many rounds the rest stays: its records have left the stream, or still fail. */
const ROUNDS = 30
const ROUND_MS = 20_000

const aws = (...words: string[]): string =>
  execFileSync('aws', [...words, '--region', region, '--output', 'text'], { encoding: 'utf8' }).trim()

const readers = [...functionSpecs].flatMap(([name, { trigger }]) =>
  typeof trigger === 'object' && 'stream' in trigger ? [name] : [],
)

function toMapping(name: string): string {
  const query = "EventSourceMappings[?contains(EventSourceArn, ':sqs:')].UUID"
  return aws('lambda', 'list-event-source-mappings', '--function-name', `${PREFIX}-${name}`, '--query', query)
}

function countNotes(name: string): number {
  const url = aws('sqs', 'get-queue-url', '--queue-name', `${PREFIX}-${name}-failures`, '--query', 'QueueUrl')
  const attributes = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible']
  const response = aws(
    'sqs',
    'get-queue-attributes',
    '--queue-url',
    url,
    '--attribute-names',
    ...attributes,
    '--query',
    'values(Attributes)',
  )
  return response.split(/\s+/).reduce((sum, count) => sum + Number(count), 0)
}

for (const name of readers) {
  const before = countNotes(name)
  console.log(`${name}: ${pluralise(before, 'batch', 'batches')} ${were(before)} given up`)
  if (before === 0) continue
  const mapping = toMapping(name)
  aws('lambda', 'update-event-source-mapping', '--uuid', mapping, '--enabled')
  let left = before
  for (let round = 0; round < ROUNDS && left > 0; round++) {
    await wait(ROUND_MS)
    left = countNotes(name)
    console.log(`${name}: ${left} left`)
  }
  aws('lambda', 'update-event-source-mapping', '--uuid', mapping, '--no-enabled')
  if (left > 0) process.exitCode = 1
}
