import { z } from 'zod'
import { pluralise } from '#contract/counted.ts'
import { routes } from '#contract/routes.ts'
import {
  cancelAnswer,
  type Policy,
  policyAnswer,
  policyBody,
  type RunReport,
  runAnswer,
  type runBody,
  runList,
} from '#contract/schemas/retention.ts'
import type { Client } from '../client.ts'
import { command } from '../command.ts'
import { confirmed } from '../confirm.ts'
import { Failure, UsageError } from '../failure.ts'
import { flag, json, oneOf, wholeNumber } from '../option.ts'
import { print } from '../print.ts'
import { pairs, table } from '../table.ts'

const PAGE = 100
const HEADING = ['at', 'by', 'due', 'expired', 'marked', 'removed', 'returned', 'kept', 'waits for', 'state', 'id']

const WHO = ['customer', 'surname', 'given name', 'born']
const toPerson = ({ id, surname, given_name, dob }: Leaving['customers'][number]) => [id, surname, given_name, dob]

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
  run.returned,
  keptIn(run),
  run.waiting_for.join(', '),
  run.failed ? 'failed' : run.finished ? 'finished' : 'unfinished',
  run.id,
]

const toDays = (days: number | null): string => (days === null ? 'for ever' : pluralise(days, 'day'))
const policyText = ({ days, types }: Policy): string =>
  pairs([
    ['all', toDays(days)],
    ...Object.entries(types).map(([type, typeDays]) => [type, toDays(typeDays ?? null)] as const),
  ])

const NEVER = 'never'
const DEFAULT = 'default'
const daysIn = (text: string): number | null => (text === NEVER ? null : Number(text))

/** TYPE=DAYS, separated by commas. Types without days of their own are left out. */
const typesIn = (text: string): Record<string, number | null> =>
  Object.fromEntries(
    text.split(',').flatMap((part): [string, number | null][] => {
      const [type = '', days = ''] = part.split('=')
      return days.trim() === DEFAULT ? [] : [[type.trim(), daysIn(days.trim())]]
    }),
  )

/** A run with the customers who would leave. */
type Leaving = Omit<z.infer<typeof runAnswer>, 'next'>

interface Options {
  yes: boolean
  days?: string | undefined
  types?: string | undefined
}

/** Asks before customers leave the list; without any, there is nothing to ask. */
async function confirmDue(client: Client, options: Options, policy?: Policy): Promise<void> {
  if (options.yes) return
  const { due, kept } = await run(client, { dry_run: true, ...(policy ? { policy } : {}) })
  const leaving = due - kept.held - kept.merged
  if (leaving === 0) return
  const question = `${pluralise(leaving, 'customer')} will leave the list with ${policy ? 'the next run' : 'this run'}.`
  if (!(await confirmed(question)))
    throw new Failure(
      'Nothing was changed. `registry retention run --dry-run --list` lists the customers; --yes skips the question',
    )
}

/** The policy; changed first if the options say so. */
async function policy(client: Client, options: Options): Promise<Policy> {
  const { days, types } = options
  if (days === undefined && types === undefined) return client.ask(routes.getRetention, policyAnswer)
  const now = await client.ask(routes.getRetention, policyAnswer)
  const body = policyBody.safeParse({
    days: days === undefined ? now.days : daysIn(days),
    types: types === undefined ? now.types : typesIn(types),
  })
  if (!body.success)
    throw new UsageError(
      '--days takes a whole number of days from 1, or never; --types TYPE=DAYS, separated by commas, with days, never or default',
    )
  await confirmDue(client, options, body.data)
  return client.ask(routes.putRetention, policyAnswer, { body: body.data })
}

/** Runs to the end, in as many requests as needed, and adds up the reports. */
async function run(client: Client, body: z.input<typeof runBody>): Promise<RunReport & Pick<Leaving, 'customers'>> {
  let all: Leaving | null = null
  for await (const { next: _, ...part } of client.answers(routes.runRetention, runAnswer, { body }))
    all = all === null ? part : together(all, part)
  if (all === null) throw new Error('a run has at least one part')
  return all
}

function together(a: Leaving, b: Leaving): Leaving {
  const sums = { ...b, id: a.id, at: a.at, kept: { ...b.kept }, customers: [...a.customers, ...b.customers] }
  for (const name of ['due', 'expired', 'marked', 'removed', 'returned'] as const) sums[name] += a[name]
  for (const name of ['held', 'merged', 'changed', 'unheard', 'waiting'] as const) sums.kept[name] += a.kept[name]
  return { ...sums, waiting_for: [...new Set([...a.waiting_for, ...b.waiting_for])].sort() }
}

export const retention = command({
  name: 'retention',
  summary: 'shows or sets the retention policy, runs the purge, lists its runs (provider)',
  notes: [
    'policy: how long customers stay after their last change; --days and --types set it. PERSON=never keeps persons for ever, whatever',
    '--days says; PERSON=default, or leaving PERSON out of --types, lets them follow --days.',
    'run: expires customers who are due, and continues the purges in progress; --dry-run only counts, and lists them with --list.',
    'cancel: takes back the customers of a run who are not deleted yet; runs shows the ids.',
    'runs: the last runs, and why customers were kept: held; merged (with a customer who is not due); changed meanwhile; unheard',
    '(a location has not acknowledged the phase before); waiting (for the time between two phases).',
  ],
  argument: oneOf(['policy', 'run', 'runs', 'cancel'], 'WHAT', 'policy, run, runs or cancel'),
  options: z.object({
    days: z.string().optional().meta({ value: 'DAYS', description: 'how many days customers stay, or never' }),
    types: z
      .string()
      .optional()
      .meta({ value: 'TYPE=DAYS', description: 'the days of single types, separated by commas' }),
    'dry-run': flag('only counts what a run would start'),
    list: flag('lists the customers whom a dry run finds'),
    run: z.string().optional().meta({ value: 'ID', description: 'the run to cancel' }),
    yes: flag('does not ask before customers leave the list'),
    limit: wholeNumber(1, 1000).default(20).meta({ value: 'N', description: 'maximum number of runs (default: 20)' }),
    json,
  }),
  patience: 60,
  async run({ argument: verb, options, client }) {
    if (verb === 'policy') {
      const current = await policy(client, options)
      print(options.json, current, () => policyText(current))
    } else if (verb === 'run') {
      const isDry = options['dry-run']
      if (options.list && !isDry) throw new UsageError('--list is for --dry-run')
      if (!isDry) await confirmDue(client, options)
      const { customers, ...done } = await run(client, { dry_run: isDry, ...(options.list ? { customers: true } : {}) })
      print(options.json, options.list ? { ...done, customers } : done, () => {
        const report = table(HEADING, [toRow(done)])
        return options.list ? `${report}\n${table(WHO, customers.map(toPerson))}` : report
      })
    } else if (verb === 'cancel') {
      if (options.run === undefined)
        throw new UsageError('Name the run: --run ID, as `registry retention runs` shows it')
      const result = await client.ask(routes.cancelRetentionRun, cancelAnswer, { params: { id: options.run } })
      print(
        options.json,
        result,
        () => `${pluralise(result.returned, 'customer')} back on the list, ${result.removed} already deleted\n`,
      )
    } else {
      const { items } = await client.items(routes.listRetentionRuns, runList, {}, PAGE, options.limit)
      print(options.json, { items }, () => table(HEADING, items.map(toRow)))
    }
    return 0
  },
})
