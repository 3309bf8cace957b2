import createClient, { type Client, type Middleware } from 'openapi-fetch'
// By the name that every compiler setting takes: the file contains types only, so that nothing is loaded.
import type { paths } from './paths.js'

interface Options {
  /** Where the registry is: `https://…`, without a slash at its end. */
  url: string
  /** A token, or what gives one: asked before each request. Without it only what is public is answered. */
  token?: string | (() => Promise<string> | string)
}

/**
 * The registry's API, each path with its parameters, body and answers as types: `await registry.POST('/v1/search', { body: { q: 'Iwanowa' } })`
 * gives `data`, or `error`, a problem document. It throws what `fetch` throws.
 */
export function registryAt({ url, token }: Options): Client<paths> {
  // The members of `detail.NAME` are parameters of their own: `?detail.city=Gent`.
  const querySerializer = { object: { style: 'form', explode: true } } as const
  const client = createClient<paths>({ baseUrl: url, querySerializer })
  const authorized: Middleware = {
    onRequest: async ({ request }) => {
      request.headers.set('Authorization', `Bearer ${typeof token === 'function' ? await token() : token}`)
      return request
    },
  }
  if (token !== undefined) client.use(authorized)
  return client
}
