import type { FormEvent } from 'react'
import type { components } from '../../../client/paths.ts'
import { ActionFault, useAction } from '../provider/action.tsx'
import { dataOf } from '../request.ts'
import { registry } from '../session.ts'
import { Time } from '../time.tsx'
import { useTexts } from '../translator.ts'
import { EndHold, HOLD_LISTS } from './end-hold.tsx'

type ShownHold = Pick<components['schemas']['HeldCustomer'], 'reason' | 'until'>

/** Why a customer is held, and until when. */
export function HoldText({ hold: { reason, until } }: { hold: ShownHold }) {
  const { t } = useTexts()
  return (
    <span className="wrap">
      <bdi>{reason}</bdi>
      {until !== null && (
        <span className="quiet">
          {' · '}
          {t('hold.untilTime')} <Time at={until} />
        </span>
      )}
    </span>
  )
}

function HoldForm({ id }: { id: string }) {
  const { t } = useTexts()
  const hold = useAction(
    (body: { reason: string; until: string | null }) =>
      dataOf(registry.PUT('/v1/customers/{id}/hold', { params: { path: { id } }, body })),
    ...HOLD_LISTS,
  )
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    hold.mutate({ reason: String(form.get('reason')).trim(), until: String(form.get('until')) || null })
  }
  return (
    <form className="stack" onSubmit={submit}>
      <label className="field">
        <span className="label">{t('hold.reason')}</span>
        <input className="input" name="reason" dir="auto" maxLength={500} required />
      </label>
      <label className="field">
        <span className="label">{t('hold.until')}</span>
        <input className="input" name="until" type="date" />
      </label>
      <ActionFault error={hold.error} />
      <div>
        <button className="button" type="submit" disabled={hold.isPending}>
          {t('hold.set')}
        </button>
      </div>
    </form>
  )
}

/** Holds a customer, or ends the hold. */
export function HoldCustomer({ id, hold }: { id: string; hold: ShownHold | null }) {
  const { t } = useTexts()
  return (
    <section className={`card stack ${hold === null ? 'screen-only' : ''}`}>
      <h2>{t('hold.title')}</h2>
      <p className="quiet">{t('hold.meaning')}</p>
      {hold === null ? (
        <HoldForm id={id} />
      ) : (
        <div className="row spread">
          <HoldText hold={hold} />
          <EndHold id={id} />
        </div>
      )}
    </section>
  )
}
