import { expect, test } from '@jest/globals'
import { toRegionalTarget } from '#adapters/dynamodb/regional-target.ts'

const LAMBDA = {
  AWS_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: 'AKIDFUNCTION',
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_SESSION_TOKEN: 'session',
}

test('a function calls DynamoDB of its region with the credentials of its environment', () => {
  expect(toRegionalTarget(LAMBDA)).toEqual({
    endpoint: 'https://dynamodb.eu-west-1.amazonaws.com',
    identity: {
      region: 'eu-west-1',
      credentials: { accessKeyId: 'AKIDFUNCTION', secretAccessKey: 'secret', sessionToken: 'session' },
    },
  })
})

test.each([
  ['all services', { AWS_ENDPOINT_URL: 'http://127.0.0.1:4566' }, 'http://127.0.0.1:4566'],
  ['DynamoDB', { AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:8000' }, 'http://127.0.0.1:8000'],
  [
    'both',
    { AWS_ENDPOINT_URL: 'http://127.0.0.1:4566', AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:8000' },
    'http://127.0.0.1:8000',
  ],
])('an endpoint that is named for %s is called, as by the SDK', (_, named, endpoint) => {
  expect(toRegionalTarget({ ...LAMBDA, ...named })?.endpoint).toBe(endpoint)
})

test.each([
  ['without a region', { AWS_REGION: undefined }],
  ['without credentials in the environment', { AWS_ACCESS_KEY_ID: undefined }],
  ['without a secret in the environment', { AWS_SECRET_ACCESS_KEY: undefined }],
  ['in a region of another domain', { AWS_REGION: 'cn-north-1' }],
  [
    'with named endpoints ignored',
    { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true', AWS_ENDPOINT_URL: 'http://127.0.0.1:4566' },
  ],
  ['with FIPS endpoints', { AWS_USE_FIPS_ENDPOINT: 'true' }],
  ['with dual-stack endpoints', { AWS_USE_DUALSTACK_ENDPOINT: 'true' }],
])('%s, the SDK finds the endpoint', (_, difference) => {
  expect(toRegionalTarget({ ...LAMBDA, ...difference })).toBeNull()
})
