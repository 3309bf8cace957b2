import * as z from 'zod'

/** How to sign in at an OpenID Connect issuer: authorization code with PKCE, by a public client. */
export const signInConfiguration = z.strictObject({
  issuer: z.url(),
  client_id: z.string().min(1),
  authorize: z.url(),
  token: z.url(),
  revoke: z.url(),
  /** Ends the issuer's own session, and returns to the page. */
  sign_out: z.url(),
})
export type SignInConfiguration = z.infer<typeof signInConfiguration>

/** What the page reads from `/config.json` when it is opened: the same build serves every deployment. */
export const pageConfiguration = z.strictObject({
  /** The address of the API, without a slash at its end; empty if it is the page's own. */
  api: z.union([z.literal(''), z.url()]),
  /** Null: the API itself checks names and passwords (`POST /v1/auth/token`). */
  sign_in: signInConfiguration.nullable(),
})
export type PageConfiguration = z.infer<typeof pageConfiguration>

/** The origins besides its own that the page sends requests to. It only navigates to the other addresses. */
export const getConnectOrigins = ({ api, sign_in }: PageConfiguration): string[] => [
  ...new Set(
    [api, sign_in?.token ?? '', sign_in?.revoke ?? ''].filter(url => url !== '').map(url => new URL(url).origin),
  ),
]
