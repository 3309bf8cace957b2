import { useState } from 'react'
import type { components } from '../../../client/paths.ts'
import { saveFile } from '../../shared/save-file.ts'
import { ActionFault, useAction } from '../provider/action.tsx'
import { repeatUntilDone } from '../resume.ts'
import { useTexts } from '../translator.ts'
import { type ListFilter, readPage } from './read-page.ts'

type Customer = components['schemas']['Customer']

const PAGE_SIZE = 100

/** The files that a list is stored in. `registry ingest` reads each again. */
const FORMATS = {
  jsonl: {
    label: 'list.export',
    type: 'application/x-ndjson',
    write: async (customers: readonly Customer[]) => customers.map(customer => `${JSON.stringify(customer)}\n`),
  },
  csv: {
    label: 'list.exportCsv',
    type: 'text/csv;charset=utf-8',
    write: async (customers: readonly Customer[]) => [(await import('./csv.ts')).toCsv(customers)],
  },
} as const
type Format = keyof typeof FORMATS

/** Reads every page of the list, and stores it as JSON Lines or CSV. */
export function ExportButtons({ filter }: { filter: ListFilter }) {
  const { t } = useTexts()
  const [count, setCount] = useState(0)
  const run = useAction(async (format: Format) => {
    const customers: Customer[] = []
    await repeatUntilDone(
      page => readPage(filter, { limit: PAGE_SIZE, ...page }),
      ({ items }) => {
        customers.push(...items)
        setCount(customers.length)
      },
    )
    const { type, write } = FORMATS[format]
    saveFile(`customers.${format}`, type, await write(customers))
  })
  return (
    <>
      {(['jsonl', 'csv'] as const).map(format => (
        <button
          key={format}
          className="button"
          type="button"
          disabled={run.isPending}
          onClick={() => run.mutate(format)}
        >
          {t(FORMATS[format].label)}
        </button>
      ))}
      <span className="quiet" role="status">
        {!run.isIdle && !run.isError && t('list.exported', { count })}
      </span>
      <ActionFault error={run.error} />
    </>
  )
}
