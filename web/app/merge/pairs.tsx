import './merge.css'
import '../provider/provider.css'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { components } from '../../../client/paths.ts'
import { Name } from '../customer/name.tsx'
import { ListEnd, usePages } from '../pages.tsx'
import { ActionFault } from '../provider/action.tsx'
import { dataOf } from '../request.ts'
import { ReasonChips } from '../search/hit-card.tsx'
import { registry } from '../session.ts'
import { useTexts } from '../translator.ts'
import { DecidedNotice, type DecidedPair } from './decided-notice.tsx'
import { nameOf, useDecision } from './use-decision.ts'

type Customer = components['schemas']['Customer']

interface Props extends Pick<components['schemas']['DuplicatePair'], 'score' | 'grade' | 'reasons'> {
  first: Customer
  second: Customer
  onDecided: (pair: DecidedPair) => void
}

function PairRow({ first, second, score, grade, reasons, onDecided }: Props) {
  const { t, language } = useTexts()
  const decide = useDecision(first.id, second.id, () => onDecided([first, second]))
  const names = { name: nameOf(first), other: nameOf(second) }
  return (
    <li className="stack">
      <div className="row spread">
        <span className="row pair-names">
          {[first, second].map(customer => (
            <Link key={customer.id} to="/customers/$id" params={{ id: customer.id }}>
              <Name customer={customer} />
            </Link>
          ))}
        </span>
        <span className="row">
          {grade && <span className={`grade ${grade}`}>{t(`grade.${grade}`)}</span>}
          <span className="score">{new Intl.NumberFormat(language, { style: 'percent' }).format(score)}</span>
        </span>
      </div>
      <ReasonChips reasons={reasons} />
      <div className="row">
        <Link
          className="button primary"
          to="/customers/$id/merge/$other"
          params={{ id: first.id, other: second.id }}
          aria-label={t('merge.compareNamed', names)}
        >
          {t('merge.compare')}
        </Link>
        <button
          className="button"
          type="button"
          aria-label={t('merge.differentNamed', names)}
          disabled={decide.isPending}
          onClick={() => decide.mutate({ decision: 'different' })}
        >
          {t('duplicates.different')}
        </button>
      </div>
      <ActionFault error={decide.error} />
    </li>
  )
}

/** The pairs of customers who are probably the same, likeliest first, to decide on. */
export function Pairs() {
  const { t } = useTexts()
  const [decided, setDecided] = useState<DecidedPair | null>(null)
  const list = usePages(['duplicates', 'queue'], (page, signal) =>
    dataOf(registry.GET('/v1/duplicates', { params: { query: page }, signal })),
  )
  return (
    <div className="stack">
      <h1>{t('merge.pairs')}</h1>
      <DecidedNotice pair={decided} />
      <section className="card stack">
        <ul className="rows">
          {list.items.map(({ customers: [first, second], ...likeness }) =>
            first && second ? (
              <PairRow
                key={`${first.id} ${second.id}`}
                first={first}
                second={second}
                onDecided={setDecided}
                {...likeness}
              />
            ) : null,
          )}
        </ul>
        <ListEnd list={list} empty={t('merge.noPairs')} />
      </section>
    </div>
  )
}
