import { Link } from '@tanstack/react-router'
import { useCaller } from './caller.ts'
import { FailureNotice } from './failure.tsx'
import { useTexts } from './translator.ts'
import { usePending } from './use-pending.ts'

/** The views with an entry in the navigation. `needs` is the operation without which a view is of no use. */
const ENTRIES = [
  { to: '/', label: 'nav.search', needs: 'search' },
  { to: '/customers', label: 'list.title', needs: 'listCustomers' },
  { to: '/customers/new', label: 'edit.new', needs: 'createCustomer' },
  { to: '/duplicates', label: 'merge.nav', needs: 'listDuplicates' },
  { to: '/changes', label: 'changes.title', needs: 'diff' },
  { to: '/purchases', label: 'purchases.title', needs: 'listPurchases' },
  { to: '/import', label: 'import.title', needs: 'createBatch' },
  { to: '/pending', label: 'nav.pending', needs: 'listConflicts' },
  { to: '/fields', label: 'nav.fields', needs: 'listFields' },
  { to: '/audit', label: 'audit.title', needs: 'listAudit' },
  { to: '/retention', label: 'retention.title', needs: 'getRetention' },
  { to: '/users', label: 'users.title', needs: 'listUsers' },
  { to: '/maintenance', label: 'maintenance.title', needs: 'rebuildIndex' },
  { to: '/locations', label: 'locations.title', needs: 'listReachability' },
] as const

/** The operation without which a view is of no use; undefined for a view that has no entry. */
export const operationOf = (view: string | undefined) => ENTRIES.find(({ to }) => to === view)?.needs

/** The location that answers the user. */
export function OwnLocation() {
  const { t } = useTexts()
  const { data: caller } = useCaller()
  return caller ? <span className="quiet">{t('customer.byAt', { location: caller.location })}</span> : null
}

/** How much the view of decisions has, for who may decide. */
function PendingCount() {
  const { data } = usePending()
  if (!data) return null
  const tallies = [data.fields, data.types, data.conflicts]
  const count = tallies.reduce((sum, it) => sum + it.count, data.retention.failed_runs)
  return count > 0 ? <span className="grade">{`${count}${tallies.some(it => it.more) ? '+' : ''}`}</span> : null
}

/** Links to the views that the user may use, or why those are not known. */
export function Navigation() {
  const { t } = useTexts()
  const { data: caller, error, refetch } = useCaller()
  if (error && !caller) return <FailureNotice error={error} onRetry={refetch} />
  return (
    <nav className="nav" aria-label={t('nav.title')}>
      {ENTRIES.filter(({ needs }) => caller?.operations.includes(needs)).map(({ to, label }) => (
        <Link key={to} to={to} activeOptions={{ exact: true, includeSearch: false }}>
          {t(label)} {to === '/pending' && <PendingCount />}
        </Link>
      ))}
    </nav>
  )
}
