import { RequestFailed } from './request.ts'
import { useTexts } from './translator.ts'

interface Props {
  error: Error
  onRetry: () => void
}

/** Says why there is nothing to show, and what to do. */
export function FailureNotice({ error, onRetry }: Props) {
  const { t } = useTexts()
  const status = error instanceof RequestFailed ? error.status : 500
  const isMissing = status === 404 || status === 410 || status === 400
  return (
    <div className="notice bad row spread" role="alert">
      <span>{t(isMissing ? 'fault.missing' : status === 0 ? 'fault.offline' : 'fault.unavailable')}</span>
      {!isMissing && (
        <button className="button" type="button" onClick={onRetry}>
          {t('fault.retry')}
        </button>
      )}
    </div>
  )
}
