import { getRouteApi } from '@tanstack/react-router'
import { useEffect } from 'react'
import type { components } from '../../../client/paths.ts'
import { ChoiceField } from '../edit/inputs.tsx'
import { formatTime } from '../time.tsx'
import { useTexts } from '../translator.ts'
import { fieldLabel } from './field-label.ts'
import { useHistory } from './use-history.ts'
import { valuesOf } from './values.ts'

type Version = components['schemas']['HistoryItem']

const route = getRouteApi('/customers/$id')

/** The fields of two versions, and the values of each. */
function toRows(left: Version, right: Version) {
  const [was, is] = [left, right].map(it => new Map([...valuesOf(it), ['state', it.state]]))
  return [...new Set([...(was?.keys() ?? []), ...(is?.keys() ?? [])])].map(field => {
    const values = [was?.get(field) ?? null, is?.get(field) ?? null] as const
    return { field, values, agrees: values[0] === values[1] }
  })
}

/** The two versions that the address names, by default the last two. Pages of the history are read until it has them. */
function useSides(id: string) {
  const { left, right } = route.useSearch()
  const { items, hasNextPage, isFetching, isError, fetchNextPage } = useHistory(id)
  const find = (version: string | undefined, fallback: number) =>
    version === undefined ? items[fallback] : items.find(it => it.version === version)
  const sides = { left: find(left, 1), right: find(right, 0) }
  const isMissing = Object.values(sides).includes(undefined)
  useEffect(() => {
    if (isMissing && hasNextPage && !isFetching && !isError) fetchNextPage()
  }, [isMissing, hasNextPage, isFetching, isError, fetchNextPage])
  return { items, ...sides }
}

/** Any two versions side by side. Which ones is in the address. */
export function Compare({ id }: { id: string }) {
  const { t, language } = useTexts()
  const navigate = route.useNavigate()
  const { items, left, right } = useSides(id)
  if (items.length < 2) return null
  const options = items.map(
    ({ version, action, valid_from }) =>
      [version, `${t(`action.${action}`)}, ${formatTime(language, valid_from)}`] as const,
  )
  const sides = [
    { side: 'left', label: t('compare.left'), version: left },
    { side: 'right', label: t('compare.right'), version: right },
  ] as const
  const valueText = (field: string, value: unknown): string => {
    if (field === 'state') return t(`state.${value as Version['state']}`)
    return value === null ? '—' : String(value)
  }
  return (
    <section className="card stack across" aria-labelledby="compare">
      <h2 id="compare">{t('compare.title')}</h2>
      <div className="edit-fields">
        {sides.map(({ side, label, version }) => (
          <ChoiceField
            key={side}
            label={label}
            fault={undefined}
            options={options}
            value={version?.version ?? ''}
            onChange={it =>
              navigate({ search: search => ({ ...search, [side]: it }), replace: true, resetScroll: false })
            }
          />
        ))}
      </div>
      {left && right && (
        <table className="versions">
          <thead>
            <tr>
              <th scope="col">{t('edit.field')}</th>
              {sides.map(({ side, label }) => (
                <th key={side} scope="col">
                  {label}
                </th>
              ))}
              <th scope="col">{t('compare.result')}</th>
            </tr>
          </thead>
          <tbody>
            {toRows(left, right).map(({ field, values, agrees }) => (
              <tr key={field}>
                <th scope="row">{fieldLabel(t, field)}</th>
                {sides.map(({ side, label }, n) => (
                  <td key={side} data-label={label}>
                    <bdi>{valueText(field, values[n])}</bdi>
                  </td>
                ))}
                <td data-label={t('compare.result')}>
                  <span className={`reason ${agrees ? 'agrees' : 'differs'}`}>
                    <span aria-hidden="true">{agrees ? '✓' : '≠'}</span>{' '}
                    {t(agrees ? 'compare.agrees' : 'compare.differs')}
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
