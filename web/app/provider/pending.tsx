import './provider.css'
import type { ComponentProps } from 'react'
import { usePages } from '../pages.tsx'
import { dataOf } from '../request.ts'
import { PendingRuns } from '../retention/pending-runs.tsx'
import { registry } from '../session.ts'
import { useTexts } from '../translator.ts'
import { ConflictCard } from './conflict-card.tsx'
import { DecisionButtons, DefinitionText } from './definitions.tsx'
import { ListCard } from './list-card.tsx'

/** A requested field or type, and the buttons that decide on it. */
function RequestedRow(props: ComponentProps<typeof DecisionButtons>) {
  return (
    <li className="row spread">
      <DefinitionText definition={props.definition} />
      <DecisionButtons {...props} />
    </li>
  )
}

/** What waits for the provider's decision: requested fields and types, open conflicts, and the purge. */
export function Pending() {
  const { t } = useTexts()
  const fields = usePages(['fields', 'requested'], (page, signal) =>
    dataOf(registry.GET('/v1/fields', { params: { query: { state: 'requested', ...page } }, signal })),
  )
  const types = usePages(['types', 'requested'], (page, signal) =>
    dataOf(registry.GET('/v1/types', { params: { query: { state: 'requested', ...page } }, signal })),
  )
  const conflicts = usePages(['conflicts'], (page, signal) =>
    dataOf(registry.GET('/v1/conflicts', { params: { query: page }, signal })),
  )
  return (
    <div className="stack">
      <h1>{t('pending.title')}</h1>
      <ListCard title={t('pending.fields')} list={fields} empty={t('pending.none')}>
        {field => <RequestedRow key={field.name} kind="fields" definition={field} />}
      </ListCard>
      <ListCard title={t('pending.types')} list={types} empty={t('pending.none')}>
        {type => <RequestedRow key={type.name} kind="types" definition={type} />}
      </ListCard>
      <ListCard title={t('pending.conflicts')} list={conflicts} empty={t('pending.none')}>
        {conflict => <ConflictCard key={conflict.id} conflict={conflict} />}
      </ListCard>
      <PendingRuns />
    </div>
  )
}
