import { Duration } from 'aws-cdk-lib'

/** A token outlives its user's rights by this long, and by the authorizer's cache. */
export const TOKEN_VALIDITY = Duration.minutes(15)
