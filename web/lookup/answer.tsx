/** @jsxImportSource preact */
import { useEffect, useRef } from 'preact/hooks'
import type { Answered } from './answered.ts'
import { Receipt } from './receipt.tsx'
import { t } from './translator.ts'

/** The answer in plain words, what to do next, and the receipt. It takes the focus, so that it is read out and scrolled to. */
export function Answer({ answered }: { answered: Answered }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    heading.current?.focus({ preventScroll: true })
    // Otherwise it would be the last line of a small window.
    heading.current?.closest('section')?.scrollIntoView()
  }, [])
  return (
    <section class={`card stack answer ${answered.answer}`}>
      <h2 tabIndex={-1} ref={heading}>
        {t(`answer.${answered.answer}.title`)}
      </h2>
      <p>{t(`answer.${answered.answer}.text`)}</p>
      <div>
        <h3>{t('answer.next')}</h3>
        <p>{t(`answer.${answered.answer}.next`)}</p>
      </div>
      <Receipt answered={answered} />
    </section>
  )
}
