import type { DynamoBatchStore } from '#adapters/dynamodb/batch-store.ts'
import type { DynamoChangeLogStore } from '#adapters/dynamodb/change-log-store.ts'
import type { DynamoListStore } from '#adapters/dynamodb/list-store.ts'
import type { DynamoRecordStore } from '#adapters/dynamodb/record-store.ts'
import type { MemoryIndex } from '#adapters/memory-search/memory-index.ts'
import type { BatchRow } from '#contract/schemas/batch.ts'
import { listQuery } from '#contract/schemas/customer.ts'
import { ingest } from '#domain/batches/ingest.ts'
import { listDiff } from '#domain/customers/list-diff.ts'
import type { RequestContext } from '#domain/ports.ts'
import { toChangeLogEntry } from '#domain/records/change-log-entry.ts'
import { listCustomers } from '#domain/search/list-customers.ts'

interface Ports {
  records: DynamoRecordStore
  lists: DynamoListStore
  lines: DynamoChangeLogStore
  batches: DynamoBatchStore
  index: MemoryIndex
}

type Measured = <T>(operation: (ports: Ports) => Promise<T>) => Promise<{ units: object; answer: T }>

const ROWS = 25
const [BEFORE, EARLIER, DAY, AFTER] = ['2000-12-01', '2001-01-01', '2001-02-03', '2001-03-01'].map(
  day => `${day}T00:00:00.000Z`,
)

/** Rows of a source; those of one key are of one customer. */
const toRows = (more: Partial<BatchRow>): { row: BatchRow }[] =>
  Array.from({ length: ROWS }, (_, n) => ({ row: { id: `${n}`, surname: `Katzenellenbogen ${n}`, ...more } }))

/** What batches of 25 rows, the list as it was and its difference consume, in a list of whatever length. */
export async function wholeList(measured: Measured, call: () => RequestContext): Promise<Record<string, object>> {
  const none = new Map()
  const fields = (more: Partial<BatchRow>) =>
    measured(ports => ingest(ports, call(), none, { source: 'bench', ids: 'source', rows: toRows(more) }, undefined))
  const dated = await fields({ valid_from: DAY })
  const datedAgain = await fields({ valid_from: DAY })
  const between = await fields({ given_name: 'Wilhelmina', valid_from: EARLIER })
  const removed = await fields({ action: 'delete' })
  const stored = await measured(({ batches }) => batches.batch(dated.answer.id))
  const ids = dated.answer.results.map(({ id }) => id ?? '')
  const lines = await measured(async ({ records, lines }) => {
    for (const id of ids) await lines.putLines((await records.versions('customer', id, true)({})).map(toChangeLogEntry))
  })
  const page = (more: Record<string, string>) =>
    measured(ports =>
      listCustomers(
        ports,
        none,
        listQuery.parse({ state: 'all', ...more }),
        undefined,
        call().now,
        customer => customer,
      ),
    )
  const { now } = call()
  const diff = (from = '', to = '') => measured(ports => listDiff({ ...ports }, from, to, 100, null, now))
  const asOf = await page({ as_of: now })
  const known = await page({ as_of: now, known_at: now })
  const early = await page({ as_of: '1990-01-01', limit: '100' })
  const changed = await diff(BEFORE, AFTER)
  const nothing = await diff('1980-01-01', '1990-01-01')
  return {
    batch_25_rows_dated: dated.units,
    batch_25_rows_dated_again: datedAgain.units,
    batch_25_rows_dated_earlier: between.units,
    batch_25_rows_delete: removed.units,
    get_batch: stored.units,
    lines_of_75_versions: lines.units,
    list_page_as_of: asOf.units,
    list_page_as_of_known_at: known.units,
    list_page_as_of_before_everybody: { ...early.units, customers: early.answer.items.length },
    diff_25_customers: { ...changed.units, differences: changed.answer.items.length },
    diff_of_nothing: nothing.units,
  }
}
