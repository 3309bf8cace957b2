import type * as z from 'zod'
import type { components } from '../../../client/paths.ts'
import { holdBody } from '../../../contract/schemas/retention.ts'
import { type CheckedBody, checkBody } from '../edit/checked.ts'
import type { Draft } from '../edit/draft.ts'
import { TextField } from '../edit/inputs.tsx'
import { useForm } from '../edit/use-form.ts'
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

const EMPTY: Draft = { reason: '', until: '' }

const check = ({ reason = '', until = '' }: Draft) =>
  checkBody(holdBody, { reason: reason.trim(), until: until === '' ? null : until })

function HoldForm({ id }: { id: string }) {
  const { t } = useTexts()
  const hold = useAction(
    (body: CheckedBody<z.output<typeof holdBody>>) =>
      dataOf(registry.PUT('/v1/customers/{id}/hold', { params: { path: { id } }, body })),
    ...HOLD_LISTS,
  )
  const { inputOf, onSubmit, error } = useForm({ initial: EMPTY, check, action: hold })
  return (
    <form className="stack" noValidate onSubmit={onSubmit}>
      <TextField label={t('hold.reason')} {...inputOf('reason')} />
      <TextField label={t('hold.until')} type="date" dir="ltr" {...inputOf('until')} />
      <ActionFault error={error} />
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
