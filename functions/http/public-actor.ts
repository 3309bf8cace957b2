/** The actor of requests without a token. */
export const PUBLIC_ACTOR = 'public'
