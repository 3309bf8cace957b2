import { globSync, readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import {
  CONFIGURATION_FILE,
  cacheControl,
  contentSecurityPolicy,
  PAGE_HEADERS,
  SIGNED_IN_PATH,
  toPageFile,
} from '#contract/page.ts'
import { pageConfiguration } from '#contract/page-configuration.ts'
import { createApp, type Json, OTHER_REGION, REGION, resolveText } from './stacks.ts'

const folder = new URL('../../docs', import.meta.url).pathname
const { stacks, directory } = createApp({ regions: [REGION, OTHER_REGION] }, folder).synth()
const SIGN_IN = `https://customer-registry-<AWS::AccountId>.auth.${REGION}.amazoncognito.com`

/** The properties of the resources of a type in a stack. */
const propertiesIn = (stack: string, type: string): Json[] => {
  const template = stacks.find(it => it.stackName === `customer-registry-${stack}`)?.template
  return Object.values<Json>(template.Resources).flatMap(it => (it.Type === type ? [it.Properties] : []))
}
const propertiesOf = (type: string): Json[] => propertiesIn('web', type)

test('CloudFront sends the headers of the local server', () => {
  const [policy] = propertiesOf('AWS::CloudFront::ResponseHeadersPolicy')
  const headers = policy.ResponseHeadersPolicyConfig.SecurityHeadersConfig
  const apis = [REGION, OTHER_REGION].map(region => `https://*.execute-api.${region}.amazonaws.com`)
  expect(resolveText(headers.ContentSecurityPolicy.ContentSecurityPolicy)).toBe(
    contentSecurityPolicy([...apis, SIGN_IN]),
  )
  expect({
    'X-Content-Type-Options': headers.ContentTypeOptions.Override && 'nosniff',
    'X-Frame-Options': headers.FrameOptions.FrameOption,
    'Referrer-Policy': headers.ReferrerPolicy.ReferrerPolicy,
  }).toEqual(PAGE_HEADERS)
})

test('CloudFront finds the file of a path as the local server does', () => {
  const [edge] = propertiesOf('AWS::CloudFront::Function')
  const handler = new Function('event', `${edge.FunctionCode}; return handler(event)`)
  for (const path of ['/', '/verify', '/app', '/app/customers/1', '/assets/app-1a.js', '/favicon.svg', '/absent']) {
    const file = toPageFile(path)
    expect(handler({ request: { uri: path } })).toEqual({ uri: file === null ? path : `/${file}` })
  }
})

test('browsers keep assets and ask for everything else', () => {
  const deployments = propertiesOf('Custom::CDKBucketDeployment')
  const toCacheControl = (includes: boolean) =>
    deployments.find(it => (it.Include !== undefined) === includes)?.SystemMetadata['cache-control']
  expect(toCacheControl(true)).toBe(cacheControl('assets/app-1a.js'))
  expect(toCacheControl(false)).toBe(cacheControl('index.html'))
})

describe('the page signs in at Cognito', () => {
  const origin = expect.stringMatching(/^https:\/\/<Distribution\w+\.DomainName>$/)

  test('by authorization code, as a client without a secret, and returns to itself alone', () => {
    const [client] = propertiesOf('AWS::Cognito::UserPoolClient')
    expect(client).toMatchObject({
      GenerateSecret: false,
      AllowedOAuthFlows: ['code'],
      AllowedOAuthScopes: ['openid'],
      SupportedIdentityProviders: ['COGNITO'],
      EnableTokenRevocation: true,
      RefreshTokenRotation: { Feature: 'ENABLED' },
      AccessTokenValidity: 15,
    })
    expect(client.ExplicitAuthFlows).not.toContain('ALLOW_USER_PASSWORD_AUTH')
    const [callback, ...others] = client.CallbackURLs.map(resolveText)
    expect([callback.replace(SIGNED_IN_PATH, ''), others]).toEqual([origin, []])
    const [signedOut, ...elsewhere] = client.LogoutURLs.map(resolveText)
    expect([signedOut.replace('/app', ''), elsewhere]).toEqual([origin, []])
  })

  test('on the sign-in page that asks for the password again when it is told to', () => {
    expect(propertiesOf('AWS::Cognito::UserPoolDomain')).toMatchObject([{ ManagedLoginVersion: 2 }])
    expect(propertiesOf('AWS::Cognito::ManagedLoginBranding')).toMatchObject([{ UseCognitoProvidedValues: true }])
  })

  test('and is told at run time where that is, and where the API is', () => {
    const [deployment] = propertiesIn('page-configuration', 'Custom::CDKBucketDeployment')
    expect(deployment).toMatchObject({ Prune: false, SystemMetadata: { 'cache-control': 'no-cache' } })
    const [file] = globSync(`${directory}/*/${CONFIGURATION_FILE}`)
    const [markers] = deployment.SourceMarkers
    const text = Object.entries(markers).reduce(
      (json, [marker, value]) => json.replaceAll(marker, resolveText(value)),
      readFileSync(file ?? '', 'utf8'),
    )
    // A reference is as good as any name.
    const { api, sign_in } = pageConfiguration.parse(JSON.parse(text.replaceAll(/<[^>]+>/g, 'x')))
    expect(api).toBe(`https://x.execute-api.${REGION}.x/x`)
    expect(sign_in).toMatchObject({
      issuer: `https://cognito-idp.${REGION}.amazonaws.com/x`,
      token: `https://customer-registry-x.auth.${REGION}.amazoncognito.com/oauth2/token`,
      sign_out: expect.stringMatching(/\/logout\?client_id=x&logout_uri=https:\/\/x\/app$/),
    })
  })

  test.each([REGION, OTHER_REGION])('whose tokens the API of %s accepts beside those of other clients', region => {
    const [authorizer] = propertiesIn(`api-${region}`, 'AWS::Lambda::Function')
      .map(it => it.Environment?.Variables)
      .filter(it => it?.USAGE_PLANS !== undefined)
    expect(authorizer.TOKEN_PAGE_CLIENT_ID).toBeDefined()
    expect(authorizer.TOKEN_PAGE_CLIENT_ID).not.toEqual(authorizer.TOKEN_CLIENT_ID)
  })
})
