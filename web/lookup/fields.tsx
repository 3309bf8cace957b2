/** @jsxImportSource preact */
import { FIELDS } from './api.ts'
import { t } from './translator.ts'

interface Props {
  /** Why a field cannot be read, by its name. The API gives the reasons in English. */
  faults: Record<string, string>
}

/** The four fields of a question. They stand in any script, whatever the direction of the page. */
export function Fields({ faults }: Props) {
  return (
    <div class="fields">
      {FIELDS.map(field => (
        <div class="field" key={field}>
          <label for={field}>{t(`field.${field}`)}</label>
          <input
            class="input"
            id={field}
            name={field}
            dir="auto"
            maxLength={200}
            autocomplete="off"
            spellcheck={false}
            aria-invalid={field in faults}
            aria-describedby={`${field}-hint`}
          />
          <span id={`${field}-hint`} class={field in faults ? 'fault' : 'hint'}>
            {field in faults ? <span lang="en">{faults[field]}</span> : t(`hint.${field}`)}
          </span>
        </div>
      ))}
    </div>
  )
}
