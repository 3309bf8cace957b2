import { type FormEvent, useState } from 'react'
import type { components } from '../../../client/paths.ts'
import { ChoiceField, TextField } from '../edit/inputs.tsx'
import { RequestKey } from '../edit/use-edit.ts'
import { toUtcTime } from '../local-time.ts'
import { ActionFault, useAction } from '../provider/action.tsx'
import { dataOf, RequestFailed } from '../request.ts'
import { registry } from '../session.ts'
import { useTexts } from '../translator.ts'
import { toAmount } from './table.tsx'
import { type usePurchases, useStored } from './use-purchases.ts'

type Body = components['schemas']['Buy']

const CURRENCIES = Intl.supportedValuesOf('currency')
const isCurrency = (code: string): code is NonNullable<Body['currency']> => CURRENCIES.includes(code)

const NO_PURCHASE = { price: '', currency: '', time: '' }

/** Why a member of the body is refused. */
const faultOf = (error: Error | null, member: string): string | undefined =>
  error instanceof RequestFailed ? error.errors.find(it => it.pointer === `#/${member}`)?.detail : undefined

interface Props {
  userid: string
  /** The name to begin with. */
  name: string
  purchases: ReturnType<typeof usePurchases>
}

/** The form that stores a purchase of a user. Currency and time are the registry's unless they are stated. */
export function StorePurchase({ userid, name, purchases }: Props) {
  const { t } = useTexts()
  const [username, setUsername] = useState(name)
  const [draft, setDraft] = useState(NO_PURCHASE)
  // A new one after each purchase: two that are alike are two.
  const [key, setKey] = useState(() => new RequestKey())
  const { stored, take } = useStored(purchases)
  const store = useAction((body: Body) =>
    dataOf(registry.POST('/buy', { params: { header: { 'Idempotency-Key': key.of(body) } }, body })),
  )
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (store.isPending) return
    const timestamp = toUtcTime(draft.time)
    const body = {
      ...{ username: username.trim(), userid, price: draft.price.trim() },
      ...(isCurrency(draft.currency) ? { currency: draft.currency } : {}),
      ...(timestamp === undefined ? {} : { timestamp }),
    }
    store.mutate(body, {
      onSuccess: purchase => {
        take(purchase)
        setDraft(NO_PURCHASE)
        setKey(new RequestKey())
      },
    })
  }
  const inputOf = (member: keyof typeof NO_PURCHASE, name: string = member) => ({
    value: draft[member],
    fault: faultOf(store.error, name),
    onChange: (value: string) => setDraft({ ...draft, [member]: value }),
  })
  return (
    <form className="stack" onSubmit={submit}>
      <div className="edit-fields narrow-fields">
        <TextField label={t('purchases.price')} inputMode="decimal" dir="ltr" required {...inputOf('price')} />
        <ChoiceField
          label={t('purchases.currency')}
          options={[['', t('purchases.ownCurrency')], ...CURRENCIES.map(code => [code, code] as const)]}
          {...inputOf('currency')}
        />
        <TextField
          label={t('purchases.time')}
          type="datetime-local"
          dir="ltr"
          hint={t('purchases.timeHint')}
          {...inputOf('time', 'timestamp')}
        />
        <TextField
          label={t('purchases.name')}
          maxLength={200}
          required
          value={username}
          fault={faultOf(store.error, 'username')}
          onChange={setUsername}
        />
      </div>
      <ActionFault error={store.error} />
      {stored && !store.error && (
        <p className="notice good" role="status">
          {t('purchases.stored', { sum: toAmount({ sum: stored.price, currency: stored.currency }) })}
        </p>
      )}
      <div>
        <button className="button primary" type="submit" disabled={store.isPending}>
          {t('purchases.store')}
        </button>
      </div>
    </form>
  )
}
