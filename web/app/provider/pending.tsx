import './provider.css'
import { dataOf } from '../request.ts'
import { registry } from '../session.ts'
import { useTexts } from '../translator.ts'
import { ConflictCard } from './conflict-card.tsx'
import { DecisionButtons, DefinitionText } from './definitions.tsx'
import { ListEnd, usePages } from './pages.tsx'

/** What waits for the provider's decision: requested fields and types, and open conflicts. */
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
      <section className="card stack">
        <h2>{t('pending.fields')}</h2>
        <ul className="rows">
          {fields.items.map(field => (
            <li key={field.name} className="row spread">
              <DefinitionText definition={field} />
              <DecisionButtons kind="fields" definition={field} />
            </li>
          ))}
        </ul>
        <ListEnd list={fields} empty={t('pending.none')} />
      </section>
      <section className="card stack">
        <h2>{t('pending.types')}</h2>
        <ul className="rows">
          {types.items.map(type => (
            <li key={type.name} className="row spread">
              <DefinitionText definition={type} />
              <DecisionButtons kind="types" definition={type} />
            </li>
          ))}
        </ul>
        <ListEnd list={types} empty={t('pending.none')} />
      </section>
      <section className="card stack">
        <h2>{t('pending.conflicts')}</h2>
        <ul className="rows">
          {conflicts.items.map(conflict => (
            <ConflictCard key={conflict.id} conflict={conflict} />
          ))}
        </ul>
        <ListEnd list={conflicts} empty={t('pending.none')} />
      </section>
    </div>
  )
}
