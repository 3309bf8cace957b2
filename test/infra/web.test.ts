import { expect, test } from '@jest/globals'
import type { Template } from 'aws-cdk-lib/assertions'
import { cacheControl, contentSecurityPolicy, PAGE_HEADERS, toPageFile } from '#contract/page.ts'
import { type Json, REGION, synthStacks } from './stacks.ts'

const folder = new URL('../../docs', import.meta.url).pathname
const web = synthStacks({ regions: [REGION] }, folder).get('web') as Template

/** The properties of the resources of a type. */
const propertiesOf = (type: string): Json[] => Object.values(web.findResources(type)).map(it => it.Properties)

test('CloudFront sends the headers of the local server', () => {
  const [policy] = propertiesOf('AWS::CloudFront::ResponseHeadersPolicy')
  const headers = policy.ResponseHeadersPolicyConfig.SecurityHeadersConfig
  const apis = [`https://*.execute-api.${REGION}.amazonaws.com`]
  expect(headers.ContentSecurityPolicy.ContentSecurityPolicy).toBe(contentSecurityPolicy(apis))
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
