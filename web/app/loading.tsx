import { useIsFetching } from '@tanstack/react-query'
import { useRouterState } from '@tanstack/react-router'
import { useTexts } from './translator.ts'

/** Says that something is on its way of which nothing is shown yet. Styles show it only if that takes longer than a moment. */
export function Loading() {
  const { t } = useTexts()
  const isReading = useIsFetching({ predicate: ({ state: { data } }) => data === undefined }) > 0
  const isNavigating = useRouterState({ select: it => it.isLoading })
  return (
    <div className="loading" role="status">
      {(isReading || isNavigating) && <span className="grade">{t('site.loading')}</span>}
    </div>
  )
}
