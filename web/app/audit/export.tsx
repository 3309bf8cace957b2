import { useEffect, useRef } from 'react'
import { saveFile } from '../../shared/save-file.ts'
import { ActionFault, useAction } from '../provider/action.tsx'
import { dataOf } from '../request.ts'
import { registry } from '../session.ts'
import { useTexts } from '../translator.ts'
import type { AuditQuery } from './filter.ts'

const PAGE_SIZE = 1000
const NAME = 'audit.csv'

/** The cursor of the next page, which the Link header has. */
function nextCursor(response: Response): string | null {
  const address = /<([^>]*)>;\s*rel="next"/.exec(response.headers.get('Link') ?? '')?.[1]
  return address === undefined ? null : new URL(address, location.href).searchParams.get('cursor')
}

/** All pages of entries as CSV. */
async function readAll(query: AuditQuery, signal: AbortSignal): Promise<string[]> {
  const parts: string[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const page = { format: 'csv', limit: PAGE_SIZE, ...(cursor === '' ? {} : { cursor }) } as const
    const request = registry.GET('/v1/audit', { params: { query: { ...query, ...page } }, parseAs: 'text', signal })
    parts.push(await dataOf(request))
    cursor = nextCursor((await request).response)
  }
  return parts
}

/** Stores the entries of the filter in a file. */
export function Export({ query }: { query: AuditQuery }) {
  const { t } = useTexts()
  const abort = useRef<AbortController>(null)
  useEffect(() => () => abort.current?.abort(), [])
  const save = useAction(async () => {
    abort.current = new AbortController()
    saveFile(NAME, 'text/csv;charset=utf-8', await readAll(query, abort.current.signal))
  })
  return (
    <>
      <button className="button" type="button" disabled={save.isPending} onClick={() => save.mutate(undefined)}>
        {t(save.isPending ? 'audit.exporting' : 'audit.export')}
      </button>
      {save.isSuccess && <span role="status">{t('audit.exported', { name: NAME })}</span>}
      <ActionFault error={save.error} />
    </>
  )
}
