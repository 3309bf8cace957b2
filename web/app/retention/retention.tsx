import '../provider/provider.css'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { FailureNotice } from '../failure.tsx'
import { usePages } from '../pages.tsx'
import { dataOf } from '../request.ts'
import { registry } from '../session.ts'
import { useTexts } from '../translator.ts'
import { Holds } from './holds.tsx'
import { type Policy, PolicyForm } from './policy-form.tsx'
import { Preview } from './preview.tsx'
import { Runs } from './runs.tsx'

/** How long customers stay, who leaves, and the runs that remove them. */
export function Retention() {
  const { t } = useTexts()
  const [previewed, setPreviewed] = useState<Policy | null>(null)
  const policy = useQuery({
    queryKey: ['retention'],
    queryFn: ({ signal }) => dataOf(registry.GET('/v1/retention', { signal })),
    refetchOnWindowFocus: false,
  })
  const types = usePages(['types', 'authorised'], (page, signal) =>
    dataOf(registry.GET('/v1/types', { params: { query: { state: 'authorised', limit: 100, ...page } }, signal })),
  )
  const error = policy.error ?? types.error
  const refetch = () => Promise.all([policy.refetch(), types.refetch()])
  return (
    <div className="stack">
      <div className="row spread">
        <h1>{t('retention.title')}</h1>
        <a href="/certificate" target="_blank" rel="noreferrer">
          {t('certificate.check')}
        </a>
      </div>
      {error && <FailureNotice error={error} onRetry={refetch} />}
      {policy.data && types.isSuccess && (
        <PolicyForm
          key={JSON.stringify(policy.data)}
          policy={policy.data}
          types={types.items.map(it => it.name)}
          onPreview={setPreviewed}
        />
      )}
      {previewed && <Preview key={JSON.stringify(previewed)} policy={previewed} />}
      <Runs />
      <Holds />
    </div>
  )
}
