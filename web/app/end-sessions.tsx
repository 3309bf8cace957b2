import { useIsPermitted } from './caller.ts'
import { ActionFault, useAction } from './provider/action.tsx'
import { Confirmed } from './provider/confirmed.tsx'
import { dataOf } from './request.ts'
import { registry, signOut } from './session.ts'
import { useTexts } from './translator.ts'

/** Signs the user out everywhere: here, and on every other device. */
export function EndSessions() {
  const { t } = useTexts()
  const mayEnd = useIsPermitted('endOwnSessions')
  const end = useAction(() => dataOf(registry.POST('/v1/me/end-sessions')))
  if (!mayEnd) return null
  return (
    <>
      <Confirmed
        label={t('sessions.end')}
        named={t('sessions.end')}
        onConfirm={() => end.mutate(undefined, { onSuccess: signOut })}
      >
        {t('sessions.ending')}
      </Confirmed>
      <ActionFault error={end.error} />
    </>
  )
}
