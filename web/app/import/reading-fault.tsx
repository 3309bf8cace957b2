import { BadEncoding, BadFile } from '../../../ingest/failure.ts'
import { FaultText } from '../failure.tsx'
import { RequestFailed } from '../request.ts'
import { useTexts } from '../translator.ts'
import { UnknownKind } from './read-file.ts'

const isExplained = (error: Error): boolean =>
  error instanceof UnknownKind || error instanceof BadFile || error instanceof RequestFailed

/** Says why a file cannot be read. */
export function ReadingFault({ error }: { error: Error }) {
  const { t } = useTexts()
  return (
    <p className="notice bad" role="alert">
      {error instanceof UnknownKind && t('import.unknownKind')}
      {error instanceof BadEncoding && t('import.badEncoding')}
      {error instanceof BadFile && !(error instanceof BadEncoding) && (
        <>
          {t('import.badFile')} <bdi lang="en">{error.message}</bdi>
        </>
      )}
      {error instanceof RequestFailed && <FaultText {...error} />}
      {!isExplained(error) && t('import.unreadable')}
    </p>
  )
}
