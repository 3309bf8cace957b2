import type { components } from '../../../client/paths.ts'
import { useAction } from '../provider/action.tsx'
import { dataOf } from '../request.ts'
import { registry } from '../session.ts'

type Customer = components['schemas']['Customer']

export interface Decision {
  decision: 'same' | 'different'
  note?: string
}

/** The name of a customer in a sentence. */
export const nameOf = ({ surname, given_name }: Pick<Customer, 'surname' | 'given_name'>): string =>
  [surname, given_name].filter(it => it !== null).join(', ')

/**
 * Decides whether two customers are the same. Everything that shows one of them is read again.
 *
 * @param onDecided called before that: what shows the pair may be gone afterwards.
 */
export const useDecision = (id: string, other: string, onDecided?: () => void) =>
  useAction(
    async (decision: Decision) => {
      const decided = await dataOf(registry.POST('/v1/duplicates', { body: { ids: [id, other], ...decision } }))
      onDecided?.()
      return decided
    },
    'duplicates',
    'merge',
    'customer',
    'history',
    'customers',
    'search',
  )
