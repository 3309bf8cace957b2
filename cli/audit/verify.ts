import { pluralise, were } from '#contract/counted.ts'
import { routes } from '#contract/routes.ts'
import { type AuditVerification, auditVerification } from '#contract/schemas/audit.ts'
import type { Client } from '../client.ts'
import { print } from '../print.ts'
import { progressLine } from '../progress.ts'
import { table } from '../table.ts'

const EXIT_SOME_DIFFER = 2
/** The maximum number of entries printed of each kind. */
const TOLD = 10

const kinds = auditVerification.shape.differences.keyof().options

type Found = Omit<AuditVerification, 'next'>

const nothing = (): Found => ({
  seals: 0,
  entries: 0,
  sealed: {},
  restarts: [],
  differences: {
    removed: { count: 0, entries: [] },
    changed: { count: 0, entries: [] },
    inserted: { count: 0, entries: [] },
    broken: { count: 0, entries: [] },
  },
})

/** Requests page after page and adds up the results. */
async function compare(client: Client): Promise<Found> {
  const report = nothing()
  const progress = progressLine('verified')
  try {
    for await (const answer of client.answers(routes.verifyAudit, auditVerification)) {
      report.seals += answer.seals
      report.entries += answer.entries
      Object.assign(report.sealed, answer.sealed)
      report.restarts.push(...answer.restarts)
      for (const kind of kinds) {
        const { count, entries } = report.differences[kind]
        const more = answer.differences[kind]
        report.differences[kind] = { count: count + more.count, entries: [...entries, ...more.entries].slice(0, TOLD) }
      }
      progress.at(pluralise(report.entries, 'entry', 'entries'))
    }
  } finally {
    progress.stop()
  }
  return report
}

function toText({ seals, entries, sealed, restarts, differences }: Found, total: number): string {
  const differ = total === 0 ? 'nothing differs' : pluralise(total, 'differs', 'differ')
  const isNothingSealed = entries === 0 && total === 0
  const compared = isNothingSealed
    ? 'No entry is sealed yet, so none was compared. Entries are sealed some minutes after they were made.\n'
    : `${pluralise(entries, 'entry', 'entries')} in ${pluralise(seals, 'seal')} ${were(entries)} compared: ${differ}\n`
  const where = Object.entries(sealed).map(([location, { to, hash }]) => [location, to, hash])
  const rows = kinds.flatMap(kind => differences[kind].entries.map(entry => [kind, entry]))
  const differenceTable = total === 0 ? '' : `\n${table(['kind', 'entry'], rows)}`
  const setBack = restarts.map(({ location, at, from }) => [location, at, from])
  const setBackTable =
    restarts.length === 0 ? '' : `\n${table(['clock set back', 'noticed', 'sealed again from'], setBack)}`
  if (isNothingSealed && seals === 0) return compared
  return `${compared}\n${table(['location', 'sealed up to', 'hash of its last seal'], where)}${setBackTable}${differenceTable}`
}

/** Compares the audit with its seals and prints the differences. Exit code 2 if there are any. */
export async function verifyAudit(client: Client, json: boolean): Promise<number> {
  const started = performance.now()
  const report = await compare(client)
  const total = kinds.reduce((sum, kind) => sum + report.differences[kind].count, 0)
  const seconds = Math.round(performance.now() - started) / 1000
  print(json, { ...report, seconds }, () => toText(report, total))
  return total === 0 ? 0 : EXIT_SOME_DIFFER
}
