import type { components } from '../../../client/paths.ts'
import { dataOf } from '../request.ts'
import { registry } from '../session.ts'
import { useTexts } from '../translator.ts'
import { ActionFault, useAction } from './action.tsx'

export type DefinitionKind = 'fields' | 'types'

type Field = components['schemas']['Field']
type Definition = Pick<Field, 'name' | 'label'> &
  Partial<Pick<Field, 'type' | 'choices' | 'pattern' | 'country' | 'required' | 'searchable' | 'pii'>>

/** Names a field or type, and says what it is. */
export function DefinitionText({ definition }: { definition: Definition }) {
  const { t } = useTexts()
  const { name, label, type, choices, pattern, country, required, searchable, pii } = definition
  const facts = [
    type && t(`fieldType.${type}`),
    choices?.join(', '),
    pattern,
    country,
    required && t('fields.required'),
    searchable && t('fields.searchable'),
    pii === 'sensitive' && t('pii.sensitive'),
  ].filter(it => it)
  return (
    <div className="wrap">
      <strong>
        <bdi>{label}</bdi>
      </strong>{' '}
      <bdi className="mono quiet">{name}</bdi>
      {facts.length > 0 && (
        <div className="quiet">
          <bdi>{facts.join(' · ')}</bdi>
        </div>
      )}
    </div>
  )
}

interface DecisionProps {
  kind: DefinitionKind
  definition: Definition & Pick<components['schemas']['Field'], 'state'>
}

/** Authorises a field or type, also one that was rejected or removed, or rejects a requested one. */
export function DecisionButtons({ kind, definition: { name, label, state } }: DecisionProps) {
  const { t } = useTexts()
  const params = { params: { path: { name } } }
  const decide = useAction(
    (decision: 'authorise' | 'reject'): Promise<unknown> =>
      kind === 'fields'
        ? dataOf(registry.POST(`/v1/fields/{name}/${decision}`, params))
        : dataOf(registry.POST(`/v1/types/{name}/${decision}`, params)),
    kind,
  )
  return (
    <>
      <span className="row">
        <button
          className={`button ${state === 'requested' ? 'primary' : ''}`}
          type="button"
          aria-label={t('fields.authoriseNamed', { label })}
          disabled={decide.isPending}
          onClick={() => decide.mutate('authorise')}
        >
          {t('fields.authorise')}
        </button>
        {state === 'requested' && (
          <button
            className="button"
            type="button"
            aria-label={t('fields.rejectNamed', { label })}
            disabled={decide.isPending}
            onClick={() => decide.mutate('reject')}
          >
            {t('fields.reject')}
          </button>
        )}
      </span>
      <ActionFault error={decide.error} />
    </>
  )
}
