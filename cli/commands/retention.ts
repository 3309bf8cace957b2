import { z } from 'zod'
import { pluralise } from '#contract/counted.ts'
import { routes } from '#contract/routes.ts'
import {
  type Policy,
  policyAnswer,
  policyBody,
  type RunReport,
  runAnswer,
  runList,
} from '#contract/schemas/retention.ts'
import type { Client } from '../client.ts'
import { command } from '../command.ts'
import { UsageError } from '../failure.ts'
import { flag, json, wholeNumber } from '../option.ts'
import { pairs, table } from '../table.ts'

const PAGE = 100
const HEADING = ['at', 'by', 'due', 'expired', 'marked', 'removed', 'kept', 'waits for']

/** Why customers are kept, with their numbers. */
const keptIn = ({ kept }: RunReport): string =>
  Object.entries(kept)
    .flatMap(([why, count]) => (count > 0 ? [`${count} ${why}`] : []))
    .join(', ')

const toRow = (run: RunReport) => [
  run.at,
  run.actor,
  run.due,
  run.expired,
  run.marked,
  run.removed,
  keptIn(run),
  run.waiting_for.join(', '),
]

const toDays = (days: number | null): string => (days === null ? 'for ever' : pluralise(days, 'day'))
const policyText = ({ days, types }: Policy): string =>
  pairs([
    ['all', toDays(days)],
    ...Object.entries(types).map(([type, typeDays]) => [type, toDays(typeDays ?? null)] as const),
  ])

/** TYPE=DAYS, separated by commas. */
const typesIn = (text: string): Record<string, number> =>
  Object.fromEntries(
    text.split(',').map((part): [string, number] => {
      const [type = '', days = ''] = part.split('=')
      return [type.trim(), Number(days)]
    }),
  )

interface Options {
  days?: string | undefined
  types?: string | undefined
}

/** The policy; changed first if the options say so. */
async function policy(client: Client, { days, types }: Options): Promise<Policy> {
  if (days === undefined && types === undefined) return client.ask(routes.getRetention, policyAnswer)
  const now = await client.ask(routes.getRetention, policyAnswer)
  const body = policyBody.safeParse({
    days: days === undefined ? now.days : days === 'never' ? null : Number(days),
    types: types === undefined ? now.types : typesIn(types),
  })
  if (!body.success)
    throw new UsageError('--days takes a whole number of days from 1, or never; --types TYPE=DAYS, separated by commas')
  return client.ask(routes.putRetention, policyAnswer, { body: body.data })
}

/** Runs to the end, in as many requests as needed, and adds up the reports. */
async function run(client: Client, dry_run: boolean): Promise<RunReport> {
  let all: RunReport | null = null
  for await (const { next: _, ...part } of client.answers(routes.runRetention, runAnswer, { body: { dry_run } }))
    all = all === null ? part : together(all, part)
  if (all === null) throw new Error('a run has at least one part')
  return all
}

function together(a: RunReport, b: RunReport): RunReport {
  const sums = { ...b, id: a.id, at: a.at, kept: { ...b.kept } }
  for (const name of ['due', 'expired', 'marked', 'removed'] as const) sums[name] += a[name]
  for (const name of ['held', 'merged', 'changed', 'unheard', 'waiting'] as const) sums.kept[name] += a.kept[name]
  return { ...sums, waiting_for: [...new Set([...a.waiting_for, ...b.waiting_for])].sort() }
}

export const retention = command({
  name: 'retention',
  summary: 'shows or sets the retention policy, runs the purge, lists its runs (provider)',
  notes: [
    'policy: how long customers stay after their last change; --days and --types set it.',
    'run: expires customers who are due, and continues the purges in progress; --dry-run only counts.',
    'runs: the last runs, and why customers were kept: held; merged (with a customer who is not due); changed meanwhile; unheard',
    '(a location has not acknowledged the phase before); waiting (for the time between two phases).',
  ],
  argument: z
    .enum(['policy', 'run', 'runs'], 'is none of policy, run, runs')
    .meta({ value: 'WHAT', description: 'policy, run or runs' }),
  options: z.object({
    days: z.string().optional().meta({ value: 'DAYS', description: 'how many days customers stay, or never' }),
    types: z
      .string()
      .optional()
      .meta({ value: 'TYPE=DAYS', description: 'the days of single types, separated by commas' }),
    'dry-run': flag('only counts what a run would start'),
    limit: wholeNumber(1, 1000).default(20).meta({ value: 'N', description: 'maximum number of runs (default: 20)' }),
    json,
  }),
  patience: 60,
  async run({ argument: verb, options, client }) {
    const print = (value: unknown, text: () => string) =>
      process.stdout.write(options.json ? `${JSON.stringify(value)}\n` : text())
    if (verb === 'policy') {
      const current = await policy(client, options)
      print(current, () => policyText(current))
    } else if (verb === 'run') {
      const done = await run(client, options['dry-run'])
      print(done, () => table(HEADING, [toRow(done)]))
    } else {
      const { items } = await client.items(routes.listRetentionRuns, runList, {}, PAGE, options.limit)
      print({ items }, () => table(HEADING, items.map(toRow)))
    }
    return 0
  },
})
