import type { RefObject } from 'react'
import { useTexts } from './translator.ts'

const KEYS = [
  ['/', 'keys.search'],
  ['↓ ↑', 'keys.move'],
  ['Enter', 'keys.open'],
  ['Ctrl Enter', 'keys.save'],
  ['?', 'keys.help'],
] as const

/** The list of keys. */
export function KeysDialog({ ref }: { ref: RefObject<HTMLDialogElement | null> }) {
  const { t } = useTexts()
  return (
    <dialog ref={ref} className="dialog" aria-labelledby="keys-title">
      <div className="stack">
        <h2 id="keys-title">{t('site.keys')}</h2>
        <dl className="values">
          {KEYS.map(([key, text]) => (
            <div key={key}>
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <dd>{t(text)}</dd>
            </div>
          ))}
        </dl>
        <form method="dialog">
          <button className="button" type="submit">
            {t('keys.close')}
          </button>
        </form>
      </div>
    </dialog>
  )
}
