import { RequestFailed } from './request.ts'
import { useTexts } from './translator.ts'

interface Props {
  error: Error
  onRetry: () => void
}

/** Says why there is nothing to show, and what to do. */
export function FailureNotice({ error, onRetry }: Props) {
  const { t } = useTexts()
  const { status, detail } = error instanceof RequestFailed ? error : { status: 500, detail: null }
  const isMissing = status === 404 || status === 410
  const isRefused = status >= 400 && status < 500 && !isMissing && detail !== null
  return (
    <div className="notice bad row spread" role="alert">
      {isRefused ? (
        <bdi>{detail}</bdi>
      ) : (
        <span>{t(isMissing ? 'fault.missing' : status === 0 ? 'fault.offline' : 'fault.unavailable')}</span>
      )}
      {!isMissing && !isRefused && (
        <button className="button" type="button" onClick={onRetry}>
          {t('fault.retry')}
        </button>
      )}
    </div>
  )
}
