import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type * as z from 'zod'
import type { components } from '../../../client/paths.ts'
import { patchBody } from '../../../contract/schemas/customer.ts'
import { readCustomer } from '../customer/read-customer.ts'
import { toTimeSearch } from '../customer/time-search.ts'
import { FailureNotice } from '../failure.tsx'
import { toLocalTime } from '../local-time.ts'
import { useAction } from '../provider/action.tsx'
import { dataOf, failureOf } from '../request.ts'
import { registry } from '../session.ts'
import { formatTime } from '../time.tsx'
import { useTexts } from '../translator.ts'
import { toBody } from './body.ts'
import { type CheckedBody, checkBody } from './checked.ts'
import { ChooseVersions } from './choose-versions.tsx'
import { type Definitions, useDefinitions } from './definitions.ts'
import { toFieldTypes } from './details.ts'
import { type Draft, discardEdit, editKey, toDraft } from './draft.ts'
import { CustomerForm } from './form.tsx'
import { RequestKey, useEdit } from './use-edit.ts'

type Customer = components['schemas']['Customer']

const route = getRouteApi('/customers/$id/edit')
const STALE_VERSION = 412

interface Props {
  customer: Customer
  definitions: Definitions
  /** The time from which a correction is valid: the customer is the one of that time. */
  asOf: string | undefined
}

/** The form, or the choice between versions if the customer has changed in the meantime. */
function EditForm({ customer, definitions, asOf }: Props) {
  const { id } = customer
  const formKey = editKey(id, asOf)
  const navigate = useNavigate()
  const queries = useQueryClient()
  const { base, baseDraft, draft, set } = useEdit(
    formKey,
    customer,
    asOf === undefined ? {} : { valid_from: toLocalTime(asOf) },
  )
  const [theirs, setTheirs] = useState<Customer | null>(null)
  const [key] = useState(() => new RequestKey())
  const patch = useAction(
    ({ etag, body }: { etag: string | null; body: CheckedBody<z.output<typeof patchBody>> }) => {
      const header = { 'Idempotency-Key': key.of({ etag, body }), ...(etag === null ? {} : { 'If-Match': etag }) }
      return dataOf(registry.PATCH('/v1/customers/{id}', { params: { path: { id }, header }, body }))
    },
    'customer',
    'history',
    'customers',
    'search',
  )
  const types = toFieldTypes(definitions)
  const check = (changed: Draft, from: Draft) => checkBody(patchBody, toBody(changed, from, types))
  const checked = check(draft, baseDraft)
  const leave = () => {
    discardEdit(formKey)
    navigate({ to: '/customers/$id', params: { id }, search: toTimeSearch({ as_of: asOf }) })
  }
  const save = ({ body }: typeof checked, etag: string | null) => {
    if (body === null) return
    patch.mutate(
      { etag, body },
      {
        onSuccess: leave,
        onError: async failure => {
          if (failureOf(failure).status === STALE_VERSION)
            setTheirs(await queries.fetchQuery({ ...readCustomer(id), staleTime: 0 }).catch(() => null))
        },
      },
    )
  }
  if (theirs !== null)
    return (
      <ChooseVersions
        was={baseDraft}
        theirs={toDraft(theirs)}
        yours={draft}
        definitions={definitions}
        isSaving={patch.isPending}
        onBack={() => setTheirs(null)}
        onSave={chosen => {
          set(chosen, theirs)
          setTheirs(null)
          save(check(chosen, toDraft(theirs)), theirs.etag)
        }}
      />
    )
  return (
    <CustomerForm
      id={id}
      definitions={definitions}
      draft={draft}
      onChange={set}
      faults={checked.faults ?? {}}
      error={patch.error}
      isSaving={patch.isPending}
      onSave={() => save(checked, base?.etag ?? null)}
      onCancel={leave}
    />
  )
}

/** The form that changes a customer. */
export function EditCustomer() {
  const { t, language } = useTexts()
  const { id } = route.useParams()
  const { as_of } = route.useSearch()
  const definitions = useDefinitions()
  const customer = useQuery(readCustomer(id, toTimeSearch({ as_of })))
  const error = customer.error ?? definitions.error
  const retry = () => Promise.all([customer.refetch(), definitions.refetch()])
  return (
    <div className="stack">
      <h1>{t(as_of === undefined ? 'edit.change' : 'edit.correct')}</h1>
      {as_of !== undefined && <p className="notice">{t('edit.correcting', { time: formatTime(language, as_of) })}</p>}
      {error && (
        <FailureNotice error={error} onRetry={retry} missing={t(as_of === undefined ? 'fault.missing' : 'time.none')} />
      )}
      {customer.data && customer.isFetchedAfterMount && definitions.data && (
        <EditForm key={editKey(id, as_of)} customer={customer.data} definitions={definitions.data} asOf={as_of} />
      )}
    </div>
  )
}
