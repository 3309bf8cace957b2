import './provider.css'
import { useRef, useState } from 'react'
import type { components } from '../../../client/paths.ts'
import { useCaller, useIsPermitted } from '../caller.ts'
import { usePages } from '../pages.tsx'
import { dataOf } from '../request.ts'
import { registry } from '../session.ts'
import { useTexts } from '../translator.ts'
import { ActionFault, useAction } from './action.tsx'
import { ChangeField, ChangeType } from './change-definition.tsx'
import { Confirmed } from './confirmed.tsx'
import { DecisionButtons, DefinitionText } from './definitions.tsx'
import { ListCard } from './list-card.tsx'
import { RequestField } from './request-field.tsx'
import { RequestType } from './request-type.tsx'

type RowProps =
  | { kind: 'fields'; definition: components['schemas']['Field'] }
  | { kind: 'types'; definition: components['schemas']['CustomerType'] }

/** A field or type with its state, and what the user may do with it. */
function DefinitionRow(props: RowProps) {
  const { t } = useTexts()
  const [mayDecide, mayChange] = [useIsPermitted('authoriseField'), useIsPermitted('patchField')]
  const [isOpen, setIsOpen] = useState(false)
  const changeButton = useRef<HTMLButtonElement>(null)
  const { kind, definition } = props
  const { name, label, state } = definition
  const isBuiltIn = 'built_in' in definition && definition.built_in
  const params = { params: { path: { name } } }
  const remove = useAction(
    (): Promise<unknown> =>
      kind === 'fields'
        ? dataOf(registry.DELETE('/v1/fields/{name}', params))
        : dataOf(registry.DELETE('/v1/types/{name}', params)),
    kind,
  )
  const close = () => {
    setIsOpen(false)
    changeButton.current?.focus()
  }
  return (
    <li className="row spread">
      <DefinitionText definition={definition} />
      <span className="row">
        <span className="grade">{t(`definition.${state}`)}</span>
        {mayDecide && state !== 'authorised' && <DecisionButtons kind={kind} definition={definition} />}
        {mayChange && !isBuiltIn && (
          <button
            className="button"
            type="button"
            ref={changeButton}
            aria-expanded={isOpen}
            aria-label={t('fields.changeNamed', { label })}
            onClick={() => setIsOpen(!isOpen)}
          >
            {t('fields.change')}
          </button>
        )}
        {mayDecide && state === 'authorised' && !isBuiltIn && (
          <Confirmed
            label={t('fields.remove')}
            named={t('fields.removeNamed', { label })}
            onConfirm={() => remove.mutate(undefined)}
          >
            {t(kind === 'fields' ? 'fields.removal' : 'types.removal')}
          </Confirmed>
        )}
      </span>
      <ActionFault error={remove.error} />
      {isOpen &&
        (props.kind === 'fields' ? (
          <ChangeField field={props.definition} onDone={close} />
        ) : (
          <ChangeType type={props.definition} onDone={close} />
        ))}
    </li>
  )
}

/** The custom fields and the types of customers. */
export function Fields() {
  const { t } = useTexts()
  const { data: caller } = useCaller()
  const mayDecide = useIsPermitted('authoriseField')
  const fields = usePages(['fields', 'all'], (page, signal) =>
    dataOf(registry.GET('/v1/fields', { params: { query: page }, signal })),
  )
  const types = usePages(['types', 'all'], (page, signal) =>
    dataOf(registry.GET('/v1/types', { params: { query: page }, signal })),
  )
  return (
    <div className="stack">
      <h1>{t('fields.title')}</h1>
      {caller && !mayDecide && <p className="notice">{t('fields.readOnly')}</p>}
      <div className="columns">
        <ListCard title={t('fields.list')} list={fields} empty={t('fields.none')}>
          {field => <DefinitionRow key={field.name} kind="fields" definition={field} />}
        </ListCard>
        <RequestField />
        <ListCard title={t('types.list')} list={types} empty={t('fields.none')}>
          {type => <DefinitionRow key={type.name} kind="types" definition={type} />}
        </ListCard>
        <RequestType />
      </div>
    </div>
  )
}
