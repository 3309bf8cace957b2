import { ActionFault, useAction } from '../provider/action.tsx'
import { Confirmed } from '../provider/confirmed.tsx'
import { useTexts } from '../translator.ts'
import { type Erasure, erase } from './certificate.tsx'

/** A button that erases a customer for ever. */
export function EraseCustomer({ id, onErased }: { id: string; onErased: (erasure: Erasure) => void }) {
  const { t } = useTexts()
  const request = useAction(() => erase(id))
  return (
    <section className="card stack screen-only">
      <h2>{t('erase.title')}</h2>
      <p className="quiet">{t('erase.meaning')}</p>
      <ActionFault error={request.error} />
      <div>
        <Confirmed
          label={t('erase.submit')}
          named={t('erase.submit')}
          onConfirm={() => request.mutate(undefined, { onSuccess: onErased })}
        >
          {t('erase.meaning')}
        </Confirmed>
      </div>
    </section>
  )
}
