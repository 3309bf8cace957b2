import type { Draft } from '../edit/draft.ts'
import { CheckField, ChoiceField, LinesField, TextField } from '../edit/inputs.tsx'
import type { useForm } from '../edit/use-form.ts'
import { useTexts } from '../translator.ts'
import { MEMBER_TYPES } from './field-body.ts'

const TYPES = ['text', 'number', 'date', 'boolean', 'choice', 'phone', 'email'] as const
const PRIVACY = ['none', 'personal', 'sensitive'] as const

interface Props {
  draft: Draft
  inputOf: ReturnType<typeof useForm>['inputOf']
  /** Whether the field may have values already, so that their type stays. */
  isTypeFixed?: boolean
}

/** What kind of values a custom field has, and how they are treated. */
export function FieldInputs({ draft: { type, pii }, inputOf, isTypeFixed = false }: Props) {
  const { t } = useTexts()
  return (
    <>
      <div className="form">
        {!isTypeFixed && (
          <ChoiceField
            label={t('fields.kind')}
            options={TYPES.map(it => [it, t(`fieldType.${it}`)] as const)}
            {...inputOf('type')}
          />
        )}
        <ChoiceField
          label={t('fields.pii')}
          options={PRIVACY.map(it => [it, t(`pii.${it}`)] as const)}
          {...inputOf('pii')}
        />
      </div>
      {type === MEMBER_TYPES.choices && <LinesField label={t('fields.choices')} {...inputOf('choices')} />}
      {type === MEMBER_TYPES.pattern && (
        <TextField label={t('fields.pattern')} hint={t('fields.patternHint')} dir="ltr" {...inputOf('pattern')} />
      )}
      {type === MEMBER_TYPES.country && (
        <TextField label={t('fields.country')} hint={t('fields.countryHint')} dir="ltr" {...inputOf('country')} />
      )}
      <div className="row">
        <CheckField label={t('fields.required')} {...inputOf('required')} />
        {pii !== 'sensitive' && <CheckField label={t('fields.searchable')} {...inputOf('searchable')} />}
      </div>
    </>
  )
}
