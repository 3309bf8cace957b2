import { randomUUID } from 'node:crypto'
import { createRequestContext } from '#adapters/clock.ts'
import { FIRST, LAST } from '#domain/audit/entries.ts'
import { carryEntries } from '#domain/audit/index-entries.ts'
import { listAudit } from '#domain/audit/list.ts'
import type { Access } from '#domain/audit/port.ts'
import { sealEntries } from '#domain/audit/seal.ts'
import { countDays, summary } from '#domain/audit/summary.ts'
import { verify } from '#domain/audit/verify.ts'
import { sendHeartbeat } from '#domain/locations/heartbeat.ts'
import { readLocationStatus } from '#domain/locations/location-status.ts'
import { toChangeLogEntry } from '#domain/records/change-log-entry.ts'
import type { Ports } from '#functions/runtime/ports.ts'
import { MemoryAuditIndex } from '../in-memory/audit-index.ts'

type Measure<P> = <T>(operation: (ports: P) => Promise<T>) => Promise<{ units: object; answer: T }>
type AuditPorts = Pick<Ports, 'records' | 'lines' | 'accesses' | 'audit' | 'locations'> & {
  consistentAudit: Ports['audit']
}

const ALL = { above: FIRST, below: LAST }
const TOMORROW_MS = 48 * 3_600_000

/** Request units of the audit: with few entries (`v1`), then with those of a long history as well (`v10000`). */
export async function auditUnits(
  measured: Measure<AuditPorts>,
  [short = '', long = '']: readonly string[],
): Promise<Record<string, object>> {
  const call = (ahead = 0) => {
    const context = createRequestContext({ location: 'loc1', actor: 'agent', request_id: randomUUID() })
    return { ...context, now: new Date(Date.parse(context.now) + ahead).toISOString() }
  }
  const access = (): Access => {
    const { now: at, request_id, location, actor } = call()
    return { at, request_id, location, actor, action: 'getCustomer', outcome: 'done', asked: {}, customer: short }
  }
  const lines = async (id: string) => {
    const { answer } = await measured(({ records }) => records.loadPartition('customer', id))
    const of = answer.versions.map(toChangeLogEntry)
    // The line of one version after the other, as most come.
    const last = await measured(({ lines }) => lines.putLines(of.slice(-1)))
    await measured(({ lines }) => lines.putLines(of))
    return last.units
  }
  const put = await measured(({ accesses }) => accesses.record(access()))
  const report: Record<string, object> = { access_row: { v1: put.units } }
  for (const [name, id] of [
    ['v1', short],
    ['v10000', long],
  ] as const) {
    const add = (what: string, units: object) => {
      report[what] = { ...report[what], [name]: units }
    }
    add('audit_lines', await lines(id))
    await measured(({ accesses }) => accesses.record(access()))
    const page = await measured(ports => listAudit({ ...ports, auditIndex: null }, {}, ALL, true, 25, null))
    add('audit_page_of_25', page.units)
    const large = await measured(ports => listAudit({ ...ports, auditIndex: null }, {}, ALL, true, 1000, null))
    add(`audit_page_of_${large.answer.items.length}`, large.units)
    const filtered = await measured(ports =>
      listAudit({ ...ports, auditIndex: null }, { actor: 'nobody' }, ALL, true, 25, null),
    )
    add('audit_page_that_finds_nobody', filtered.units)
  }
  const open = await measured(ports => summary(ports, {}, null, () => true))
  const later = call(TOMORROW_MS)
  await measured(async ports => sendHeartbeat(ports, later, await readLocationStatus(ports)))
  await measured(({ locations }) => locations.recordStreamPosition(later.now))
  const seal = await measured(ports => sealEntries(ports, later, 1000))
  report.audit_seal = { entries: seal.answer.entries, ...seal.units }
  const auditIndex = new MemoryAuditIndex()
  const carried = await measured(({ consistentAudit: audit, locations }) =>
    carryEntries({ audit, locations }, auditIndex, later, 1000, () => true),
  )
  report.audit_carry = { entries: carried.answer, ...carried.units }
  for (const [name, filter] of [
    ['changes', { customer: long }],
    ['accesses', { action: 'getCustomer' }],
    ['nobody', { actor: 'nobody' }],
  ] as const) {
    const page = await measured(ports => listAudit({ ...ports, auditIndex }, filter, ALL, true, 25, null))
    report[`audit_page_by_index_${name}`] = { entries: page.answer.items.length, ...page.units }
  }
  const verified = await measured(ports => verify(ports, null, () => true))
  report.audit_verify = { entries: verified.answer.entries, ...verified.units }
  const counted = await measured(ports => countDays(ports, later))
  report.audit_count_days = counted.units
  const closed = await measured(ports => summary(ports, {}, null, () => true))
  report.audit_summary = { open_day: open.units, counted_day: closed.units }
  return report
}
