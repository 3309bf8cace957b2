import { Link } from '@tanstack/react-router'
import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { memo, useLayoutEffect, useRef, useState } from 'react'
import type { components } from '../../../client/paths.ts'
import { Name } from '../customer/name.tsx'
import type { TimeSearch } from '../customer/time-search.ts'
import { moveFocus } from '../move-focus.ts'
import { Time } from '../time.tsx'
import { useTexts } from '../translator.ts'

type Customer = components['schemas']['Customer']

/** The usual height of a row, in pixels; each is measured once it is shown. */
const ROW_HEIGHT = 68
/** Rows beyond the window on each side, so that the arrows always find the next one. */
const OVERSCAN = 10
/** Says that the length of the list is not known. */
const UNKNOWN_LENGTH = -1

interface RowProps {
  customer: Customer
  index: number
  length: number
  time: TimeSearch
  measure: (row: Element | null) => void
}

/** Rendered again only if the customer or the place changes, and not when the list is scrolled. */
const Row = memo(function Row({ customer, index, length, time, measure }: RowProps) {
  const { t } = useTexts()
  const { id, dob, document_number, state, type, updated_at } = customer
  return (
    <li className="hit" ref={measure} data-index={index} aria-posinset={index + 1} aria-setsize={length}>
      <div className="row spread">
        <Link to="/customers/$id" params={{ id }} search={time}>
          <Name customer={customer} />
        </Link>
        <span className="row">
          {state !== 'active' && <span className="grade">{t(`state.${state}`)}</span>}
          <span className="grade">{type}</span>
        </span>
      </div>
      <div className="row spread quiet">
        <bdi>{[dob, document_number].filter(it => it !== null).join(' · ')}</bdi>
        <Time at={updated_at} />
      </div>
    </li>
  )
})

interface Props {
  customers: readonly Customer[]
  /** Whether these are all. */
  isComplete: boolean
  /** The time that they are shown as of, and lead to. */
  time: TimeSearch
}

/** The rows of the list of which those near the window exist: with thousands in the page, each further page takes longer. */
export function Rows({ customers, isComplete, time }: Props) {
  const list = useRef<HTMLOListElement>(null)
  const [scrollMargin, setScrollMargin] = useState(0)
  useLayoutEffect(() => setScrollMargin(list.current?.offsetTop ?? 0), [])
  const virtualizer = useWindowVirtualizer({
    count: customers.length,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN,
    scrollMargin,
    getItemKey: index => customers[index]?.id ?? index,
  })
  const rows = virtualizer.getVirtualItems()
  const before = (rows[0]?.start ?? scrollMargin) - scrollMargin
  const after = virtualizer.getTotalSize() - (rows.at(-1)?.end ?? scrollMargin) + scrollMargin
  return (
    <ol
      ref={list}
      className="hits"
      onKeyDown={moveFocus}
      style={{ paddingBlockStart: before, paddingBlockEnd: Math.max(0, after) }}
    >
      {rows.map(({ index, key }) => {
        const customer = customers[index]
        return (
          customer && (
            <Row
              key={key}
              customer={customer}
              index={index}
              time={time}
              length={isComplete ? customers.length : UNKNOWN_LENGTH}
              measure={virtualizer.measureElement}
            />
          )
        )
      })}
    </ol>
  )
}
