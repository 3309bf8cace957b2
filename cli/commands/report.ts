import { z } from 'zod'
import { routes } from '#contract/routes.ts'
import { type SummaryItem, summaryAnswer, summaryQuery } from '#contract/schemas/audit.ts'
import type { Client } from '../client.ts'
import { command } from '../command.ts'
import { json } from '../option.ts'
import { print } from '../print.ts'
import { table } from '../table.ts'

const { from, to } = summaryQuery.shape

/** The sum of the counts of all pages. */
async function counted(client: Client, days: { from?: string | undefined; to?: string | undefined }) {
  const items = new Map<string, SummaryItem>()
  for await (const page of client.answers(routes.auditSummary, summaryAnswer, { query: days }))
    for (const item of page.items) {
      const name = JSON.stringify([item.day, item.location, item.actor, item.action])
      items.set(name, { ...item, count: item.count + (items.get(name)?.count ?? 0) })
    }
  return [...items].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item)
}

export const report = command({
  name: 'report',
  summary: 'counts audit entries by day, location, actor and action (provider)',
  argument: z.undefined(),
  options: z.object({
    from: from.meta({ value: 'DAY', description: 'from this day, inclusive' }),
    to: to.meta({ value: 'DAY', description: 'to this day, inclusive' }),
    json,
  }),
  patience: 60,
  async run({ options, client }) {
    const { json, ...days } = options
    const items = await counted(client, days)
    const rows = items.map(item => [item.day, item.location, item.actor, item.action, item.count])
    const heading = ['day', 'location', 'actor', 'action', 'count']
    print(json, { items }, () => table(heading, rows))
    return 0
  },
})
