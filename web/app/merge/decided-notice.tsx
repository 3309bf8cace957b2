import { Link } from '@tanstack/react-router'
import { useTexts } from '../translator.ts'
import { nameOf } from './use-decision.ts'

type Decided = { id: string } & Parameters<typeof nameOf>[0]
export type DecidedPair = readonly [Decided, Decided]

/** Says which two were last decided to be different, and leads to their merge: a decision is replaced by the other one. */
export function DecidedNotice({ pair }: { pair: DecidedPair | null }) {
  const { t } = useTexts()
  return (
    <div role="status">
      {pair && (
        <p className="notice row spread">
          {t('merge.decided', { name: nameOf(pair[0]), other: nameOf(pair[1]) })}
          <Link className="button" to="/customers/$id/merge/$other" params={{ id: pair[0].id, other: pair[1].id }}>
            {t('merge.afterAll')}
          </Link>
        </p>
      )}
    </div>
  )
}
