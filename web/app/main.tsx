import '../shared/base.css'
import './app.css'
import { type Query, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, RouterProvider } from '@tanstack/react-router'
import { useEffect } from 'react'
import { createRoot } from 'react-dom/client'
import { SIGNED_IN_PATH } from '../../contract/page.ts'
import { toAuditSearch } from './audit/search-params.ts'
import { toChangesSearch } from './changes/changes-search.ts'
import { configuration } from './configuration.ts'
import { toCorrectionSearch, toCustomerSearch } from './customer/time-search.ts'
import { edits } from './edit/draft.ts'
import { watchIdle } from './idle.ts'
import { forgetImport } from './import/import-state.ts'
import { forgetContentFilter } from './list/content-filter.ts'
import { toListSearch } from './list/list-search.ts'
import { forgetJob } from './maintenance/job.ts'
import { NoView } from './no-view.tsx'
import { toPurchaseSearch } from './purchases/purchase-search.ts'
import { reach } from './reach.ts'
import { forgetSearch } from './search/search-text.ts'
import { endSession, useSession } from './session.ts'
import { Shell } from './shell.tsx'
import { translator } from './translator.ts'

const root = createRootRoute({ component: Shell, notFoundComponent: NoView })
const routes = [
  createRoute({
    getParentRoute: () => root,
    path: '/',
    component: lazyRouteComponent(() => import('./search/search.tsx'), 'Search'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/customers/$id',
    validateSearch: toCustomerSearch,
    component: lazyRouteComponent(() => import('./customer/customer.tsx'), 'CustomerView'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/customers',
    validateSearch: toListSearch,
    component: lazyRouteComponent(() => import('./list/customers.tsx'), 'Customers'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/customers/new',
    component: lazyRouteComponent(() => import('./edit/new-customer.tsx'), 'NewCustomer'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/customers/$id/edit',
    validateSearch: toCorrectionSearch,
    component: lazyRouteComponent(() => import('./edit/edit-customer.tsx'), 'EditCustomer'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/customers/$id/merge/$other',
    component: lazyRouteComponent(() => import('./merge/merge.tsx'), 'MergeView'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/duplicates',
    component: lazyRouteComponent(() => import('./merge/pairs.tsx'), 'Pairs'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/changes',
    validateSearch: toChangesSearch,
    component: lazyRouteComponent(() => import('./changes/changes.tsx'), 'Changes'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/purchases',
    validateSearch: toPurchaseSearch,
    component: lazyRouteComponent(() => import('./purchases/purchases.tsx'), 'PurchasesView'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/import',
    component: lazyRouteComponent(() => import('./import/import.tsx'), 'Import'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/pending',
    component: lazyRouteComponent(() => import('./provider/pending.tsx'), 'Pending'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/fields',
    component: lazyRouteComponent(() => import('./provider/fields.tsx'), 'Fields'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/audit',
    validateSearch: toAuditSearch,
    component: lazyRouteComponent(() => import('./audit/audit.tsx'), 'Audit'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/retention',
    component: lazyRouteComponent(() => import('./retention/retention.tsx'), 'Retention'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/locations',
    component: lazyRouteComponent(() => import('./locations/locations.tsx'), 'Locations'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/maintenance',
    component: lazyRouteComponent(() => import('./maintenance/maintenance.tsx'), 'Maintenance'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/users',
    component: lazyRouteComponent(() => import('./provider/users.tsx'), 'Users'),
  }),
]
const toRouter = () => createRouter({ routeTree: root.addChildren(routes), basepath: '/app', scrollRestoration: true })

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof toRouter>
  }
}

// A search must not show what was true a minute ago; a failed request is repeated by whoever asked.
const queries = new QueryClient({ defaultOptions: { queries: { retry: false, networkMode: 'always' } } })

const isFailed = ({ state }: Query) => state.status === 'error'

/** Asks again for what failed, and for what was asked while the registry did not answer: the answers may never come. */
async function askAgain(): Promise<void> {
  const isAsked = ({ state }: Query) => state.fetchStatus === 'fetching'
  const unanswered = new Set(queries.getQueryCache().findAll({ predicate: query => isFailed(query) || isAsked(query) }))
  await queries.cancelQueries({ predicate: isAsked })
  await queries.refetchQueries({ predicate: query => unanswered.has(query) })
}

/** Forgets what was read and typed when somebody signs out; asks again when a session goes on or the registry is reached again. */
function App({ router }: { router: ReturnType<typeof toRouter> }) {
  const { step } = useSession()
  useEffect(() => (step === 'in' ? watchIdle(endSession) : undefined), [step])
  useEffect(() => {
    if (step !== 'in') return
    queries.refetchQueries({ predicate: isFailed })
    return reach.subscribe(() => {
      if (reach.get() === 'reached') askAgain()
    })
  }, [step])
  useEffect(() => {
    if (step !== 'out') return
    queries.clear()
    forgetSearch()
    forgetContentFilter()
    edits.set({})
    forgetImport()
    forgetJob()
  }, [step])
  return <RouterProvider router={router} />
}

/** Shows the app, unless this window was only opened for a sign-in. */
async function start(): Promise<void> {
  const container = document.getElementById('root')
  await translator.start()
  if (location.pathname === SIGNED_IN_PATH && configuration?.sign_in) {
    const { completeSignIn } = await import('./sign-in/openid-sign-in.ts')
    if (!(await completeSignIn(configuration.sign_in))) return
  }
  if (container === null) return
  // The router reads the address, which the sign-in has put right.
  const router = toRouter()
  createRoot(container).render(
    <QueryClientProvider client={queries}>
      <App router={router} />
    </QueryClientProvider>,
  )
}

// Not awaited: views that are loaded later import from this module, and would wait for it.
void start()
