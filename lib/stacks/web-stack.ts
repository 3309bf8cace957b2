import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib'
import {
  AllowedMethods,
  CachePolicy,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  HttpVersion,
  ResponseHeadersPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront'
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins'
import type { UserPool } from 'aws-cdk-lib/aws-cognito'
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket } from 'aws-cdk-lib/aws-s3'
import { BucketDeployment, CacheControl, Source } from 'aws-cdk-lib/aws-s3-deployment'
import { StringParameter } from 'aws-cdk-lib/aws-ssm'
import type { Construct } from 'constructs'
import * as z from 'zod'
import { ASSETS, cacheControl, contentSecurityPolicy, toPageFile } from '#contract/page.ts'
import { getSignInOrigin, PageSignIn } from '../constructs/page-sign-in.ts'
import { suppressDeploymentNag, suppressNag } from '../nag-suppressions.ts'
import { PARAMETERS } from '../names.ts'
import type { RegionContext } from '../region-context.ts'

/** The class does not satisfy its own interface under `exactOptionalPropertyTypes`. */
const bucketSchema = z.custom<IBucket>(it => it instanceof Bucket)

/** Gives CloudFront the file of the page for a path, as the local server has it. */
const TO_FILE = `${toPageFile}
function handler(event) {
  const file = toPageFile(event.request.uri)
  if (file !== null) event.request.uri = '/' + file
  return event.request
}`

interface Props extends StackProps, RegionContext {
  /** The folder of the built web page. */
  folder: string
  userPool: UserPool
}

/** The web page: a private bucket that only CloudFront reads. */
export class WebStack extends Stack {
  /** The origin of the page. */
  readonly origin: string
  readonly signIn: PageSignIn
  readonly bucket: Bucket
  readonly distribution: Distribution

  constructor(scope: Construct, id: string, { folder, userPool, context, region, code, ...props }: Props) {
    super(scope, id, { ...props, description: 'Customer registry: the page' })
    const bucket = new Bucket(this, 'Page', {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      versioned: true,
      lifecycleRules: [{ noncurrentVersionExpiration: Duration.days(30) }],
      // It contains only build output.
      removalPolicy: RemovalPolicy.DESTROY,
    })
    const regions = context.regions.map(region => `https://*.execute-api.${region}.amazonaws.com`)
    const apis = context.domain ? [`https://${context.domain.name}`] : regions
    const headers = new ResponseHeadersPolicy(this, 'Headers', {
      comment: 'Customer registry: the page reads our API and signs in at Cognito, and nothing else',
      securityHeadersBehavior: {
        contentSecurityPolicy: {
          override: true,
          contentSecurityPolicy: contentSecurityPolicy([...apis, getSignInOrigin(this)]),
        },
        strictTransportSecurity: { accessControlMaxAge: Duration.days(365), includeSubdomains: true, override: true },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
        referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
      },
    })
    const paths = new EdgeFunction(this, 'Paths', {
      comment: 'Customer registry: the file of the page for a path',
      runtime: FunctionRuntime.JS_2_0,
      code: FunctionCode.fromInline(TO_FILE),
    })
    const distribution = new Distribution(this, 'Distribution', {
      comment: 'Customer registry: the page',
      defaultRootObject: 'index.html',
      httpVersion: HttpVersion.HTTP2_AND_3,
      minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
      defaultBehavior: {
        origin: S3BucketOrigin.withOriginAccessControl(bucketSchema.parse(bucket)),
        viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        allowedMethods: AllowedMethods.ALLOW_GET_HEAD,
        cachePolicy: CachePolicy.CACHING_OPTIMIZED,
        responseHeadersPolicy: headers,
        functionAssociations: [{ function: paths, eventType: FunctionEventType.VIEWER_REQUEST }],
      },
    })
    // Files of earlier versions stay, so that a page that is open can still load its views.
    const deploy = (name: string, file: string, files: { exclude: string[]; include?: string[] }) => {
      const deployment = new BucketDeployment(this, name, {
        sources: [Source.asset(folder)],
        destinationBucket: bucketSchema.parse(bucket),
        cacheControl: [CacheControl.fromString(cacheControl(file))],
        memoryLimit: 512,
        prune: false,
        distribution,
        distributionPaths: ['/*'],
        ...files,
      })
      deployment.node.addDependency(bucket)
      return deployment
    }
    const assets = deploy('Assets', ASSETS, { exclude: ['*'], include: [`${ASSETS}*`] })
    // The new HTML names assets that must be there before it.
    deploy('Files', 'index.html', { exclude: [`${ASSETS}*`, '.vite/*'] }).node.addDependency(assets)
    this.origin = `https://${distribution.distributionDomainName}`
    new StringParameter(this, 'PageParameter', { parameterName: PARAMETERS.page, stringValue: this.origin })
    new CfnOutput(this, 'Address', { value: this.origin })
    this.signIn = new PageSignIn(this, 'SignIn', { userPool, origin: this.origin })
    new StringParameter(this, 'ClientParameter', {
      parameterName: PARAMETERS.pageClient,
      stringValue: this.signIn.clientId,
    })
    this.bucket = bucket
    this.distribution = distribution
    this.#suppressNagFindings(bucket, distribution)
  }

  #suppressNagFindings(bucket: Bucket, distribution: Distribution): void {
    const noAccessLogReason = 'The page is the same for everybody and holds nothing; who reads it is nobody’s business.'
    suppressNag(bucket, { 'AwsSolutions-S1': noAccessLogReason })
    suppressNag(distribution, {
      'AwsSolutions-CFR1': 'The page may be read from anywhere; what it shows comes from the API.',
      'AwsSolutions-CFR2': 'Files that are the same for everybody need no firewall; the API has one.',
      'AwsSolutions-CFR3': noAccessLogReason,
      'AwsSolutions-CFR4':
        "CloudFront's own certificate allows no other choice of protocol; TLS 1.2 is what it is asked for.",
    })
    suppressDeploymentNag(this, bucket.bucketArn)
  }
}
