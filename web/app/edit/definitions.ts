import { queryOptions, useQuery } from '@tanstack/react-query'
import { dataOf } from '../request.ts'
import { registry } from '../session.ts'

const AUTHORISED = { state: 'authorised', limit: 100 } as const

/** The custom fields and the types that customers can have. */
export const definitionsQuery = queryOptions({
  queryKey: ['fields', 'authorised'],
  queryFn: async ({ signal }) => {
    const options = { params: { query: AUTHORISED }, signal }
    const [fields, types] = await Promise.all([
      dataOf(registry.GET('/v1/fields', options)),
      dataOf(registry.GET('/v1/types', options)),
    ])
    return { fields: fields.items, types: types.items }
  },
})

export const useDefinitions = () => useQuery(definitionsQuery)

export type Definitions = NonNullable<ReturnType<typeof useDefinitions>['data']>
