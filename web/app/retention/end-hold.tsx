import { ActionFault, useAction } from '../provider/action.tsx'
import { Confirmed } from '../provider/confirmed.tsx'
import { dataOf } from '../request.ts'
import { registry } from '../session.ts'
import { useTexts } from '../translator.ts'

/** The lists that show holds. */
export const HOLD_LISTS = ['customer', 'history', 'holds']

/** A button that ends the hold of a customer. */
export function EndHold({ id }: { id: string }) {
  const { t } = useTexts()
  const end = useAction(
    () => dataOf(registry.DELETE('/v1/customers/{id}/hold', { params: { path: { id } } })),
    ...HOLD_LISTS,
  )
  return (
    <>
      <Confirmed label={t('hold.end')} named={t('hold.end')} onConfirm={() => end.mutate(undefined)}>
        {t('hold.ending')}
      </Confirmed>
      <ActionFault error={end.error} />
    </>
  )
}
