import { Link } from '@tanstack/react-router'
import type { components } from '../../../client/paths.ts'
import { saveFile } from '../../shared/save-file.ts'
import { ActionFault, useAction } from '../provider/action.tsx'
import { dataOf } from '../request.ts'
import { registry } from '../session.ts'
import { Time } from '../time.tsx'
import { useTexts } from '../translator.ts'

export type Erasure = components['schemas']['ErasureCertificate']

/** Erases a customer. Repeated, it says which locations have done so since. */
export const erase = (id: string): Promise<Erasure> =>
  dataOf(registry.POST('/v1/customers/{id}/erase', { params: { path: { id } } }))

const total = (counts: Record<string, number | null>): number =>
  Object.values(counts).reduce<number>((sum, it) => sum + (it ?? 0), 0)

interface Props {
  erasure: Erasure
  onRenewed: (erasure: Erasure) => void
}

/** The certificate of an erasure, to keep as a file or on paper. */
export function Certificate({ erasure, onRenewed }: Props) {
  const { t } = useTexts()
  const { ids, erased_at, location, removed, found, read_at, locations, pending, backups_until, certificate } = erasure
  const renew = useAction(() => erase(ids[0] ?? ''))
  const save = () => saveFile(`erasure-${ids[0]}.json`, 'application/json', [`${JSON.stringify(erasure, null, 2)}\n`])
  return (
    <article className="card stack certificate">
      <h1>{t('certificate.title')}</h1>
      <dl className="values">
        <div>
          <dt>{t('certificate.ids')}</dt>
          <dd className="mono wrap">{ids.join(', ')}</dd>
        </div>
        <div>
          <dt>{t('certificate.at')}</dt>
          <dd>
            <Time at={erased_at} /> {t('customer.byAt', { location })}
          </dd>
        </div>
        <div>
          <dt>{t('certificate.removed')}</dt>
          <dd>{total(removed)}</dd>
        </div>
        <div>
          <dt>{t('certificate.found')}</dt>
          <dd>
            {total(found)} (<Time at={read_at} />)
          </dd>
        </div>
        {locations.map(({ name, acknowledged_at }) => (
          <div key={name}>
            <dt>{t('certificate.acknowledged', { name })}</dt>
            <dd>{acknowledged_at === null ? t('certificate.pending') : <Time at={acknowledged_at} />}</dd>
          </div>
        ))}
        <div>
          <dt>{t('certificate.backups')}</dt>
          <dd>
            <Time at={backups_until} />
          </dd>
        </div>
        <div>
          <dt>{t('certificate.signature')}</dt>
          <dd className="mono wrap" dir="ltr">
            {certificate}
          </dd>
        </div>
      </dl>
      <ActionFault error={renew.error} />
      <div className="row">
        <button className="button primary" type="button" onClick={save}>
          {t('certificate.download')}
        </button>
        <button className="button" type="button" onClick={() => window.print()}>
          {t('certificate.print')}
        </button>
        {pending.length > 0 && (
          <button
            className="button"
            type="button"
            disabled={renew.isPending}
            onClick={() => renew.mutate(undefined, { onSuccess: onRenewed })}
          >
            {t('certificate.again')}
          </button>
        )}
      </div>
      <Link to="/">{t('customer.back')}</Link>
    </article>
  )
}
