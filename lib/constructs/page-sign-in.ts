import { Aws, Duration, Stack } from 'aws-cdk-lib'
import {
  CfnManagedLoginBranding,
  ManagedLoginVersion,
  OAuthScope,
  type UserPool,
  UserPoolClient,
  UserPoolClientIdentityProvider,
  UserPoolDomain,
} from 'aws-cdk-lib/aws-cognito'
import { Construct } from 'constructs'
import { SIGNED_IN_PATH } from '#contract/page.ts'
import type { SignInConfiguration } from '#contract/page-configuration.ts'
import { PAGE_CLIENT_NAME, PREFIX } from '../names.ts'
import { TOKEN_VALIDITY } from '../token-validity.ts'

/** A working day: after it, a user of the page signs in again. */
const MAX_SESSION = Duration.hours(12)
/** A renewal whose response was lost can be repeated for so long. */
const ROTATION_GRACE = Duration.seconds(30)

/** The address of Cognito's sign-in page. Its name must be free in the region: no other account has this one. */
const SIGN_IN_DOMAIN = `${PREFIX}-${Aws.ACCOUNT_ID}`
export const getSignInOrigin = (scope: Construct): string =>
  `https://${SIGN_IN_DOMAIN}.auth.${Stack.of(scope).region}.amazoncognito.com`

interface Props {
  userPool: UserPool
  /** The origin of the page. */
  origin: string
}

/** The sign-in of the page: at Cognito, by authorization code with PKCE. */
export class PageSignIn extends Construct {
  readonly clientId: string
  readonly configuration: SignInConfiguration

  constructor(scope: Construct, id: string, { userPool, origin }: Props) {
    super(scope, id)
    new UserPoolDomain(this, 'Domain', {
      userPool,
      cognitoDomain: { domainPrefix: SIGN_IN_DOMAIN },
      // The older sign-in page ignores `prompt=login`: whoever signed in there before would not be asked for the password.
      managedLoginVersion: ManagedLoginVersion.NEWER_MANAGED_LOGIN,
    })
    const { userPoolClientId } = new UserPoolClient(this, 'Client', {
      userPool,
      userPoolClientName: PAGE_CLIENT_NAME,
      // A page cannot keep a secret.
      generateSecret: false,
      authFlows: { userSrp: true },
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [OAuthScope.OPENID],
        callbackUrls: [origin + SIGNED_IN_PATH],
        logoutUrls: [`${origin}/app`],
      },
      supportedIdentityProviders: [UserPoolClientIdentityProvider.COGNITO],
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      accessTokenValidity: TOKEN_VALIDITY,
      idTokenValidity: TOKEN_VALIDITY,
      refreshTokenValidity: MAX_SESSION,
      refreshTokenRotationGracePeriod: ROTATION_GRACE,
    })
    // The sign-in page needs a style, if only Cognito's own.
    new CfnManagedLoginBranding(this, 'Style', {
      userPoolId: userPool.userPoolId,
      clientId: userPoolClientId,
      useCognitoProvidedValues: true,
    })
    const domain = getSignInOrigin(this)
    this.clientId = userPoolClientId
    this.configuration = {
      issuer: `https://cognito-idp.${Stack.of(this).region}.amazonaws.com/${userPool.userPoolId}`,
      client_id: userPoolClientId,
      authorize: `${domain}/oauth2/authorize`,
      token: `${domain}/oauth2/token`,
      revoke: `${domain}/oauth2/revoke`,
      sign_out: `${domain}/logout?client_id=${userPoolClientId}&logout_uri=${origin}/app`,
    }
  }
}
