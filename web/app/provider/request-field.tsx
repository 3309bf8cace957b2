import { useState } from 'react'
import { dataOf } from '../request.ts'
import { registry } from '../session.ts'
import { useTexts } from '../translator.ts'
import { useAction } from './action.tsx'
import { type RequestedName, RequestForm } from './request-form.tsx'

const TYPES = ['text', 'number', 'date', 'boolean', 'choice', 'phone', 'email'] as const
const PRIVACY = ['none', 'personal', 'sensitive'] as const

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '')

/** The form that requests a custom field. The provider decides on it. */
export function RequestField() {
  const { t } = useTexts()
  const [type, setType] = useState<(typeof TYPES)[number]>('text')
  const [pii, setPii] = useState<(typeof PRIVACY)[number]>('personal')
  const request = useAction(
    (body: RequestedName & { choices: string[] | null; searchable: boolean; required: boolean }) =>
      dataOf(registry.POST('/v1/fields', { body: { ...body, type, pii } })),
    'fields',
  )
  const toBody = (stated: RequestedName, form: FormData) => ({
    ...stated,
    choices: type === 'choice' ? linesOf(String(form.get('choices'))) : null,
    searchable: pii !== 'sensitive' && form.has('searchable'),
    required: form.has('required'),
  })
  return (
    <RequestForm
      title={t('fields.request')}
      nameLabel={t('fields.name')}
      request={request}
      toBody={toBody}
      beside={
        <>
          <label className="field">
            <span className="label">{t('fields.kind')}</span>
            <select
              className="input"
              value={type}
              onChange={event => setType(TYPES.find(it => it === event.target.value) ?? 'text')}
            >
              {TYPES.map(it => (
                <option key={it} value={it}>
                  {t(`fieldType.${it}`)}
                </option>
              ))}
            </select>
          </label>
          <label className="field">
            <span className="label">{t('fields.pii')}</span>
            <select
              className="input"
              value={pii}
              onChange={event => setPii(PRIVACY.find(it => it === event.target.value) ?? 'personal')}
            >
              {PRIVACY.map(it => (
                <option key={it} value={it}>
                  {t(`pii.${it}`)}
                </option>
              ))}
            </select>
          </label>
        </>
      }
      below={
        <>
          {type === 'choice' && (
            <label className="field">
              <span className="label">{t('fields.choices')}</span>
              <textarea className="input" name="choices" dir="auto" rows={4} required />
            </label>
          )}
          <div className="row">
            <label>
              <input type="checkbox" name="required" /> {t('fields.required')}
            </label>
            {pii !== 'sensitive' && (
              <label>
                <input type="checkbox" name="searchable" /> {t('fields.searchable')}
              </label>
            )}
          </div>
        </>
      }
    />
  )
}
