import { useState } from 'react'
import { ActionFault, useAction } from '../provider/action.tsx'
import { dataOf } from '../request.ts'
import { repeatUntilDone } from '../resume.ts'
import { registry } from '../session.ts'
import { useTexts } from '../translator.ts'

const DIFFERENCES = ['removed', 'changed', 'inserted', 'broken'] as const

const NOTHING = { seals: 0, entries: 0, removed: 0, changed: 0, inserted: 0, broken: 0 }
type Checked = typeof NOTHING

/** Compares the log with its seals, and says what was found. */
export function Verification() {
  const { t } = useTexts()
  const [checked, setChecked] = useState<Checked>(NOTHING)
  const verify = useAction(() => {
    setChecked(NOTHING)
    return repeatUntilDone(
      query => dataOf(registry.POST('/v1/audit/verify', { params: { query } })),
      ({ seals, entries, differences }) =>
        setChecked(sum => ({
          seals: sum.seals + seals,
          entries: sum.entries + entries,
          removed: sum.removed + differences.removed.count,
          changed: sum.changed + differences.changed.count,
          inserted: sum.inserted + differences.inserted.count,
          broken: sum.broken + differences.broken.count,
        })),
    )
  })
  const { seals, entries } = checked
  const differences = DIFFERENCES.filter(it => checked[it] > 0)
  return (
    <>
      <button className="button" type="button" disabled={verify.isPending} onClick={() => verify.mutate(undefined)}>
        {t('audit.verify')}
      </button>
      {verify.isPending && <span role="status">{t('audit.verifying', { entries })}</span>}
      {verify.isSuccess && differences.length === 0 && (
        <p className="notice good" role="status">
          {t('audit.sound', { seals, entries })}
        </p>
      )}
      {verify.isSuccess && differences.length > 0 && (
        <p className="notice bad" role="alert">
          {[t('audit.altered'), ...differences.map(it => t(`audit.${it}`, { number: checked[it] }))].join(' ')}
        </p>
      )}
      <ActionFault error={verify.error} />
    </>
  )
}
