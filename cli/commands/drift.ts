import { z } from 'zod'
import { pluralise, were } from '#contract/counted.ts'
import { routes } from '#contract/routes.ts'
import { type DriftAnswer, driftAnswer } from '#contract/schemas/operations.ts'
import type { Client } from '../client.ts'
import { command } from '../command.ts'
import { flag, json } from '../option.ts'
import { print } from '../print.ts'
import { progressLine } from '../progress.ts'
import { table } from '../table.ts'

const EXIT_SOME_DIFFER = 2
/** The maximum number of ids printed of each kind. */
const TOLD = 10

const kinds = driftAnswer.shape.differences.keyof().options

const none = (): DriftAnswer['differences'] => ({
  missing: { count: 0, ids: [] },
  behind: { count: 0, ids: [] },
  ahead: { count: 0, ids: [] },
  different: { count: 0, ids: [] },
  orphan: { count: 0, ids: [] },
})

type Found = Omit<DriftAnswer, 'next'>

/** Requests page after page and adds up the results. */
async function compare(client: Client, repair: boolean): Promise<Found> {
  const report: Found = { customers: 0, entries: 0, differences: none(), repaired: 0, needs_rebuild: false }
  const progress = progressLine('compared')
  try {
    for await (const answer of client.answers(routes.indexDrift, driftAnswer, { body: { repair } })) {
      for (const name of ['customers', 'entries', 'repaired'] as const) report[name] += answer[name]
      for (const kind of kinds) {
        const { count, ids } = report.differences[kind]
        const more = answer.differences[kind]
        report.differences[kind] = { count: count + more.count, ids: [...ids, ...more.ids].slice(0, TOLD) }
      }
      report.needs_rebuild ||= answer.needs_rebuild
      progress.at(`${pluralise(report.customers, 'customer')}, ${pluralise(report.entries, 'entry', 'entries')}`)
    }
  } finally {
    progress.stop()
  }
  return report
}

function toText({ customers, entries, differences, repaired, needs_rebuild }: Found, total: number): string {
  const compared = `${pluralise(customers, 'customer')} and ${pluralise(entries, 'entry', 'entries')} of the index were compared: `
  if (total === 0) return `${compared}nothing differs\n`
  const rows = kinds.flatMap(kind => {
    const { count, ids } = differences[kind]
    return count > 0 ? [[kind, count, ids.join(' ')]] : []
  })
  const advice = needs_rebuild ? 'those who are ahead need a rebuild\n' : ''
  return `${compared}${pluralise(total, 'differs', 'differ')}, ${repaired} ${were(repaired)} repaired\n\n${table(['kind', 'count', 'ids'], rows)}${advice}`
}

export const drift = command({
  name: 'drift',
  summary: 'compares the list with the search index, and repairs it (provider)',
  notes: [
    'missing: not in the index; behind: older in the index; different: right version, other content; orphan: not on the',
    'list; ahead: newer in the index than on the list, which requires a rebuild.',
    'Exit code: 0 no differences, or all repaired; 2 differences; 1 not completed.',
  ],
  argument: z.undefined(),
  options: z.object({ repair: flag('repairs differences'), json }),
  patience: 60,
  async run({ options, client }) {
    const started = performance.now()
    const report = await compare(client, options.repair)
    const total = kinds.reduce((sum, kind) => sum + report.differences[kind].count, 0)
    const seconds = Math.round(performance.now() - started) / 1000
    print(options.json, { ...report, seconds }, () => toText(report, total))
    return total === report.repaired ? 0 : EXIT_SOME_DIFFER
  },
})
