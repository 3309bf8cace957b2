import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { paths } from '../../../client/paths.ts'
import { fieldLabel } from '../customer/field-label.ts'
import { Name } from '../customer/name.tsx'
import { useTexts } from '../translator.ts'
import { type Parts, toParts } from './different-part.ts'

type Hit = paths['/v1/search']['post']['responses'][200]['content']['application/json']['items'][number]
type Reason = Hit['reasons'][number]

/** How a field of the question agrees with the customer's. */
function agreementOf({ weight, similarity }: Reason): 'agrees' | 'near' | 'differs' {
  if (weight < 0) return 'differs'
  return similarity === 1 ? 'agrees' : 'near'
}

const MARKS = { agrees: '✓', near: '≈', differs: '≠' } as const

/** A text whose part that differs is marked. */
const Marked = ({ parts: { beginning, different, end } }: { parts: Parts }) => (
  <>
    {beginning}
    {different !== '' && <mark>{different}</mark>}
    {end}
  </>
)

function ReasonChip({ reason }: { reason: Reason }) {
  const { t } = useTexts()
  const agreement = agreementOf(reason)
  const parts = agreement === 'near' ? toParts(reason.customer, reason.query) : null
  return (
    <li className={`reason ${agreement}`} title={reason.comparison}>
      <span aria-hidden="true">{MARKS[agreement]}</span> {fieldLabel(t, reason.field)}:{' '}
      <bdi>{parts ? <Marked parts={parts[0]} /> : reason.customer}</bdi>
      {agreement !== 'agrees' && (
        <>
          {/* The arrow points at the customer's, in either direction of writing. */}
          {document.documentElement.dir === 'rtl' ? ' → ' : ' ← '}
          <bdi>{parts ? <Marked parts={parts[1]} /> : reason.query}</bdi>
        </>
      )}
    </li>
  )
}

/** Why two records are alike, and where they differ. */
export function ReasonChips({ reasons }: { reasons: readonly Reason[] }) {
  return (
    <ul className="reasons">
      {reasons.map((reason, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the list is replaced as a whole
        <ReasonChip key={n} reason={reason} />
      ))}
    </ul>
  )
}

interface Props {
  hit: Hit
  /** What can be done with the hit. */
  children?: ReactNode
}

export function HitCard({ hit: { customer, score, grade, reasons }, children }: Props) {
  const { t, language } = useTexts()
  const percent = new Intl.NumberFormat(language, { style: 'percent' }).format(score)
  return (
    <li className="hit">
      <div className="row spread">
        <Link to="/customers/$id" params={{ id: customer.id }}>
          <Name customer={customer} />
        </Link>
        <span className="row">
          {grade && <span className={`grade ${grade}`}>{t(`grade.${grade}`)}</span>}
          <span className="score">{percent}</span>
        </span>
      </div>
      <p className="quiet">
        <bdi>{[customer.dob, customer.document_number].filter(it => it !== null).join(' · ')}</bdi>
      </p>
      <ReasonChips reasons={reasons} />
      {children}
    </li>
  )
}
