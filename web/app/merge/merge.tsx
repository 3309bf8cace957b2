import '../edit/edit.css'
import './merge.css'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import type { components } from '../../../client/paths.ts'
import { fieldLabel } from '../customer/field-label.ts'
import { Name } from '../customer/name.tsx'
import { readCustomer } from '../customer/read-customer.ts'
import { valuesOf } from '../customer/values.ts'
import { TextField } from '../edit/inputs.tsx'
import { FailureNotice } from '../failure.tsx'
import { ActionFault } from '../provider/action.tsx'
import { dataOf } from '../request.ts'
import { registry } from '../session.ts'
import { useTexts } from '../translator.ts'
import { useDecision } from './use-decision.ts'

type Customer = components['schemas']['Customer']

const route = getRouteApi('/customers/$id/merge/$other')

/** What a merge would leave: the API decides it, and writes nothing. */
const readResult = (id: string, other: string) => ({
  queryKey: ['merge', id, other],
  queryFn: async ({ signal }: { signal: AbortSignal }) => {
    const body = { ids: [id, other] as [string, string], decision: 'same' as const, dry_run: true }
    const { customers } = await dataOf(registry.POST('/v1/duplicates', { body, signal }))
    return customers[0] ?? null
  },
})

/** The two customers, each field beside that of the result. */
function Sides({ stays, goes, result }: Record<'stays' | 'goes' | 'result', Customer>) {
  const { t } = useTexts()
  const [staying, going, resulting] = [stays, goes, result].map(it => new Map(valuesOf(it)))
  const fields = [...new Set([...(staying?.keys() ?? []), ...(going?.keys() ?? [])])]
  const text = (value: unknown): string => String(value ?? '—')
  return (
    <table className="versions">
      <thead>
        <tr>
          <th scope="col">{t('edit.field')}</th>
          {[stays, goes].map(customer => (
            <th key={customer.id} scope="col">
              {t(customer === stays ? 'merge.stays' : 'merge.goes')}
              <br />
              <Link to="/customers/$id" params={{ id: customer.id }}>
                <Name customer={customer} />
              </Link>
            </th>
          ))}
          <th scope="col">{t('merge.result')}</th>
        </tr>
      </thead>
      <tbody>
        {fields.map(field => {
          const [own, others, both] = [staying?.get(field), going?.get(field), resulting?.get(field)]
          const isLost = (others ?? null) !== null && others !== both
          return (
            <tr key={field}>
              <th scope="row">{fieldLabel(t, field)}</th>
              <td data-label={t('merge.stays')}>
                <bdi>{text(own)}</bdi>
              </td>
              <td data-label={t('merge.goes')}>
                <span>
                  <bdi>{text(others)}</bdi>
                  {isLost && <span className="reason differs lost">{t('merge.lost')}</span>}
                </span>
              </td>
              <td data-label={t('merge.result')}>
                <strong>
                  <bdi>{text(both)}</bdi>
                </strong>
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

/** Two customers side by side, and what a merge would leave, before it is done. */
export function MergeView() {
  const { t } = useTexts()
  const navigate = useNavigate()
  const { id, other } = route.useParams()
  const [note, setNote] = useState('')
  const [first, second] = [useQuery(readCustomer(id)), useQuery(readCustomer(other))]
  const result = useQuery(readResult(id, other))
  const decide = useDecision(id, other)
  const open = (customer: string) => navigate({ to: '/customers/$id', params: { id: customer } })
  const merge = (event: FormEvent) => {
    event.preventDefault()
    if (decide.isPending) return
    decide.mutate(
      { decision: 'same', ...(note.trim() === '' ? {} : { note: note.trim() }) },
      { onSuccess: ({ customers }) => open(customers[0]?.id ?? id) },
    )
  }
  const error = first.error ?? second.error ?? result.error
  const pair = first.data && second.data ? [first.data, second.data] : []
  const stays = pair.find(it => it.id === result.data?.id)
  const goes = pair.find(it => it !== stays)
  return (
    <article className="stack">
      <h1>{t('merge.title')}</h1>
      {error && (
        <FailureNotice error={error} onRetry={() => Promise.all([first, second, result].map(it => it.refetch()))} />
      )}
      {stays && goes && result.data && (
        <form className="card stack" onSubmit={merge}>
          <p>{t('merge.meaning')}</p>
          <Sides stays={stays} goes={goes} result={result.data} />
          <TextField
            label={t('edit.note')}
            hint={t('merge.noteHint')}
            fault={undefined}
            maxLength={1000}
            value={note}
            onChange={setNote}
          />
          <ActionFault error={decide.error} />
          <div className="row">
            <button
              className="button primary"
              type="submit"
              aria-keyshortcuts="Control+Enter"
              disabled={decide.isPending}
            >
              {t('merge.merge')}
            </button>
            <button
              className="button"
              type="button"
              disabled={decide.isPending}
              onClick={() => decide.mutate({ decision: 'different' }, { onSuccess: () => open(id) })}
            >
              {t('merge.different')}
            </button>
            <Link className="button" to="/customers/$id" params={{ id }}>
              {t('confirm.cancel')}
            </Link>
          </div>
        </form>
      )}
    </article>
  )
}
