import { failureOf } from './request.ts'
import { useTexts } from './translator.ts'

/** The API's reason; without one, whether it was not reached or cannot answer. */
export function FaultText({ status, detail }: ReturnType<typeof failureOf>) {
  const { t } = useTexts()
  return detail === null ? t(status === 0 ? 'fault.offline' : 'fault.unavailable') : <bdi>{detail}</bdi>
}

const NOT_FOUND = 404
const GONE = 410

interface Props {
  error: Error
  onRetry: () => void
  /** What was not found, in the reader's language. Without it, the API's own text says so. */
  missing?: string
}

/** Says why there is nothing to show, and what to do. */
export function FailureNotice({ error, onRetry, missing }: Props) {
  const { t } = useTexts()
  const { status, detail } = failureOf(error)
  // Only customers can be erased.
  const known = status === GONE ? t('fault.erased') : status === NOT_FOUND ? missing : undefined
  const isRefused = status >= 400 && status < 500 && detail !== null
  return (
    <div className="notice bad row spread" role="alert">
      <span>{known ?? <FaultText status={status} detail={isRefused ? detail : null} />}</span>
      {known === undefined && !isRefused && (
        <button className="button" type="button" onClick={onRetry}>
          {t('fault.retry')}
        </button>
      )}
    </div>
  )
}
