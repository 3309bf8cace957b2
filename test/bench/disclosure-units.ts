/**
 * Request units of "who was shown her?" and "what was done about her?" for `npm run -s bench:units`: of 30 searches that showed a customer and
 * 30 reads of her, among few and many others.
 */
import { randomUUID } from 'node:crypto'
import { createRequestContext } from '#adapters/clock.ts'
import { FIRST, LAST } from '#domain/audit/entries.ts'
import { carryEntries } from '#domain/audit/index-entries.ts'
import { listAudit } from '#domain/audit/list.ts'
import type { Access, AuditIndex } from '#domain/audit/port.ts'
import type { Ports } from '#functions/runtime/ports.ts'

type Measure<P> = <T>(operation: (ports: P) => Promise<T>) => Promise<{ units: object; answer: T }>
type DisclosurePorts = Pick<Ports, 'accesses' | 'audit' | 'locations'> & {
  consistentAudit: Ports['audit']
  postings: AuditIndex
}

const SEARCHES = 30
const OTHERS = 3000
const ALL = { above: FIRST, below: LAST }
const DAY_MS = 86_400_000
const ASKED = 'a'.repeat(22)

export async function disclosureUnits(measured: Measure<DisclosurePorts>): Promise<Record<string, object>> {
  const customer = randomUUID()
  const search = (shown: readonly string[], question: string): Access => {
    const {
      now: at,
      request_id,
      location,
      actor,
    } = createRequestContext({
      ...{ location: 'loc1', actor: 'agent', request_id: randomUUID() },
    })
    const row = { at, request_id, location, actor, action: 'search', outcome: 'done', asked: {} }
    return { ...row, shown, shown_count: shown.length, questions: [question] }
  }
  const record = (shown: number, of?: string) => {
    const ids = Array.from({ length: shown }, () => randomUUID())
    const access = of === undefined ? search(ids, randomUUID().slice(0, 22)) : search([of, ...ids.slice(1)], ASKED)
    return measured(({ accesses }) => accesses.record(access))
  }
  let days = 7
  const carry = async () => {
    const now = new Date(Date.now() + ++days * DAY_MS).toISOString()
    await measured(({ locations }) => locations.recordStreamPosition(now))
    return measured(({ consistentAudit: audit, locations, postings }) =>
      carryEntries({ audit, locations }, postings, { now }, 1000, () => true),
    )
  }
  const pages = async () => {
    const list = (filter: Parameters<typeof listAudit>[1]) =>
      measured(ports => listAudit({ ...ports, auditIndex: ports.postings }, filter, ALL, true, 25, null))
    const [shown, asked] = [await list({ shown: customer }), await list({ asked: [ASKED] })]
    const about = await list({ customer })
    return {
      customer: { entries: about.answer.items.length, ...about.units },
      shown: { entries: shown.answer.items.length, ...shown.units },
      asked: { entries: asked.answer.items.length, ...asked.units },
    }
  }
  const rows = { of_25: (await record(25)).units, of_100: (await record(100)).units }
  for (let n = 0; n < SEARCHES; n++) await record(25, customer)
  const { shown: _, shown_count: __, questions: ___, ...read } = search([], '')
  for (let n = 0; n < SEARCHES; n++)
    await measured(({ accesses }) =>
      accesses.record({ ...read, request_id: randomUUID(), action: 'getCustomer', customer }),
    )
  const carried = await carry()
  const few = await pages()
  for (let n = 0; n < OTHERS; n++) await record(2)
  await carry()
  const many = await pages()
  return {
    search_access_row: rows,
    audit_carry_postings: { entries: carried.answer, ...carried.units },
    audit_page_by_shown: { [`among_${SEARCHES}`]: few.shown, [`among_${OTHERS}`]: many.shown },
    audit_page_by_customer: { [`among_${SEARCHES}`]: few.customer, [`among_${OTHERS}`]: many.customer },
    audit_page_by_asked: { [`among_${SEARCHES}`]: few.asked, [`among_${OTHERS}`]: many.asked },
  }
}
