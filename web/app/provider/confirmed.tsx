import { type ReactNode, useId, useRef } from 'react'
import { useTexts } from '../translator.ts'

interface Props {
  /** What the button says. */
  label: string
  /** What the button does, for those who do not see beside what it is. */
  named: string
  /** What will happen. */
  children: ReactNode
  onConfirm: () => void
}

/** A button for what cannot easily be undone: says first what will happen. */
export function Confirmed({ label, named, children, onConfirm }: Props) {
  const { t } = useTexts()
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  return (
    <>
      <button className="button" type="button" aria-label={named} onClick={() => dialog.current?.showModal()}>
        {label}
      </button>
      <dialog ref={dialog} className="dialog" aria-labelledby={id}>
        <form method="dialog" className="stack">
          <h2 id={id} className="wrap">
            {named}
          </h2>
          <p>{children}</p>
          <div className="row">
            <button className="button danger" type="submit" onClick={onConfirm}>
              {label}
            </button>
            <button className="button" type="submit">
              {t('confirm.cancel')}
            </button>
          </div>
        </form>
      </dialog>
    </>
  )
}
