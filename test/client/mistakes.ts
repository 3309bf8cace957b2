import { registryAt } from '../../client/registry.ts'

const registry = registryAt({ url: 'http://127.0.0.1:1' })

/** Calls that the client's types must refuse. `types.test.ts` compiles this file without the comments that expect an error. */
export async function mistakes(): Promise<void> {
  // @ts-expect-error unknown path
  await registry.GET('/v1/customer')
  // @ts-expect-error the path needs an id
  await registry.GET('/v1/customers/{id}')
  // @ts-expect-error a dob is text
  await registry.POST('/v1/customers', { body: { surname: 'Ørsted', dob: 1777 } })
  // @ts-expect-error the parameter is called `limit`
  await registry.GET('/v1/duplicates', { params: { query: { limt: 1 } } })
  // @ts-expect-error a `limit` is a number
  await registry.GET('/v1/customers', { params: { query: { limit: 'all' } } })
  // @ts-expect-error the parameter is called `state`
  await registry.GET('/v1/customers', { params: { query: { sate: 'all' } } })
  // @ts-expect-error a filter by a custom field is text
  await registry.GET('/v1/customers', { params: { query: { 'detail.NAME': { 'detail.floor': 2 } } } })
  // @ts-expect-error unknown mode
  await registry.POST('/v1/search', { body: { q: 'Ørsted', mode: 'vague' } })
  const { data } = await registry.GET('/ping')
  // @ts-expect-error unknown member of the response
  data?.health
}
