import { useState } from 'react'
import type { components } from '../../../client/paths.ts'
import { saveFile } from '../../shared/save-file.ts'
import { ActionFault, useAction } from '../provider/action.tsx'
import { useTexts } from '../translator.ts'
import type { ListSearch } from './list-search.ts'
import { readPage } from './read-page.ts'

type Customer = components['schemas']['Customer']

const PAGE_SIZE = 100

const toLine = (customer: Customer): string => `${JSON.stringify(customer)}\n`

/** Reads every page of the list, and stores it as JSON Lines, which `registry ingest` reads again. */
export function ExportButton({ search }: { search: ListSearch }) {
  const { t } = useTexts()
  const [count, setCount] = useState(0)
  const run = useAction(async () => {
    const lines: string[] = []
    let cursor: string | null = null
    do {
      const page: Awaited<ReturnType<typeof readPage>> = await readPage(search, {
        limit: PAGE_SIZE,
        ...(cursor === null ? {} : { cursor }),
      })
      lines.push(...page.items.map(toLine))
      setCount(lines.length)
      cursor = page.next
    } while (cursor !== null)
    saveFile('customers.jsonl', 'application/x-ndjson', lines)
  })
  return (
    <>
      <button className="button" type="button" disabled={run.isPending} onClick={() => run.mutate(undefined)}>
        {t('list.export')}
      </button>
      <span className="quiet" role="status">
        {!run.isIdle && !run.isError && t('list.exported', { count })}
      </span>
      <ActionFault error={run.error} />
    </>
  )
}
