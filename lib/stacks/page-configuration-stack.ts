import { Stack, type StackProps } from 'aws-cdk-lib'
import { Bucket, type IBucket } from 'aws-cdk-lib/aws-s3'
import { BucketDeployment, CacheControl, Source } from 'aws-cdk-lib/aws-s3-deployment'
import type { Construct } from 'constructs'
import * as z from 'zod'
import { CONFIGURATION_FILE, cacheControl } from '#contract/page.ts'
import type { PageConfiguration } from '#contract/page-configuration.ts'
import { suppressDeploymentNag } from '../nag-suppressions.ts'
import type { WebStack } from './web-stack.ts'

/** The class does not satisfy its own interface under `exactOptionalPropertyTypes`. */
const bucketSchema = z.custom<IBucket>(it => it instanceof Bucket)

interface Props extends StackProps {
  web: WebStack
  /** The address of the API. */
  api: string
}

/** What the page reads when it is opened. The API knows the page's origin, so that this comes after both. */
export class PageConfigurationStack extends Stack {
  constructor(scope: Construct, id: string, { web, api, ...props }: Props) {
    super(scope, id, { ...props, description: 'Customer registry: where the page finds the API and the sign-in' })
    const configuration: PageConfiguration = { api, sign_in: web.signIn.configuration }
    new BucketDeployment(this, 'Configuration', {
      sources: [Source.jsonData(CONFIGURATION_FILE, configuration)],
      destinationBucket: bucketSchema.parse(web.bucket),
      cacheControl: [CacheControl.fromString(cacheControl(CONFIGURATION_FILE))],
      prune: false,
      distribution: web.distribution,
      distributionPaths: [`/${CONFIGURATION_FILE}`],
    })
    suppressDeploymentNag(this, web.exportValue(web.bucket.bucketArn))
  }
}
