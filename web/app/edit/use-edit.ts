import { useEffect, useSyncExternalStore } from 'react'
import type { components } from '../../../client/paths.ts'
import { type Draft, EMPTY_DRAFT, edits, toDraft } from './draft.ts'

type Customer = components['schemas']['Customer']

const warn = (event: BeforeUnloadEvent) => event.preventDefault()

/**
 * What is typed into the form of a customer; null for a new one. The browser asks before it is lost.
 *
 * @param given what the form has from the beginning, besides the customer.
 */
export function useEdit(key: string, customer: Customer | null, given: Draft = {}) {
  const stored = useSyncExternalStore(edits.subscribe, edits.get)[key]
  const isTyped = stored !== undefined
  useEffect(() => {
    if (!isTyped) return
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [isTyped])
  const base = stored ? stored.base : customer
  const baseDraft: Draft = base === null ? EMPTY_DRAFT : toDraft(base)
  const draft = stored?.draft ?? { ...baseDraft, ...given }
  const set = (changed: Draft, newBase = base) =>
    edits.set({ ...edits.get(), [key]: { base: newBase, draft: changed } })
  return { base, baseDraft, draft, set }
}

/** The key of a request: the same as long as its body is, so that one whose answer was lost is not carried out twice. */
export class RequestKey {
  #body = ''
  #key = ''

  of(body: object): string {
    const text = JSON.stringify(body)
    if (text !== this.#body) this.#key = crypto.randomUUID()
    this.#body = text
    return this.#key
  }
}
