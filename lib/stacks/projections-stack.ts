import { RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib'
import {
  AttributeType,
  Billing,
  ProjectionType,
  StreamViewType,
  TableEncryptionV2,
  TableV2,
} from 'aws-cdk-lib/aws-dynamodb'
import type { IKey } from 'aws-cdk-lib/aws-kms'
import type { Construct } from 'constructs'
import { functionSpecs } from '#contract/functions.ts'
import { viewsTable } from '#contract/tables.ts'
import type { RegistryFunction } from '../constructs/registry-function.ts'
import { SearchDomain } from '../constructs/search-domain.ts'
import { StreamReader } from '../constructs/stream-reader.ts'
import { readPrimaryParameter, readReplicaStreamArn, suppressSdkCallNag } from '../cross-region.ts'
import { addLocationFunction, type Location } from '../location.ts'
import { PARAMETERS, TABLES } from '../names.ts'
import { isPrimary, type RegionContext } from '../region-context.ts'
import type { RegistryStack } from './registry-stack.ts'
import type { WebStack } from './web-stack.ts'

interface Props extends StackProps, RegionContext {
  key: IKey
  registry: RegistryStack
  /** Null without a page. */
  web: WebStack | null
}

/** A region's projections of the registry: its views, its search index, and the readers of both streams. */
export class ProjectionsStack extends Stack {
  /** The configuration of the region's functions. */
  readonly location: Location
  readonly readers: readonly RegistryFunction[]
  readonly streamReaders: readonly StreamReader[]
  readonly domain: SearchDomain | null

  constructor(scope: Construct, id: string, { key, registry, web, context, region, code, ...props }: Props) {
    super(scope, id, { ...props, description: 'Customer registry: views, search index, readers of the streams' })
    const regionContext: RegionContext = { context, region, code }
    const isInPrimary = isPrimary(regionContext)
    const [primaryRegion = region] = context.regions
    const readParameter = (constructId: string, parameter: string, localValue: string) =>
      isInPrimary ? localValue : readPrimaryParameter(this, constructId, parameter, primaryRegion)
    const userPoolId = readParameter('UserPool', PARAMETERS.userPool, registry.userPoolId)
    const views = this.#addViewsTable(key)
    this.domain =
      context.search.kind === 'managed' ? new SearchDomain(this, 'Search', { form: context.search.form, key }) : null
    this.location = {
      ...regionContext,
      key,
      issuer: `https://cognito-idp.${primaryRegion}.amazonaws.com/${userPoolId}`,
      clientId: readParameter('Client', PARAMETERS.client, registry.clientId),
      pageClientId: web && readParameter('PageClient', PARAMETERS.pageClient, web.signIn.clientId),
      userPoolId,
      domain: this.domain?.domain ?? null,
    }
    const streamArns = {
      registry: isInPrimary ? registry.streamArn : readReplicaStreamArn(this, 'ReplicaStream', TABLES.registry),
      views: views.tableStreamArn ?? '',
    }
    if (!isInPrimary) suppressSdkCallNag(this)
    const readers = [...functionSpecs].flatMap(([name, { trigger }]) =>
      typeof trigger === 'object' && 'stream' in trigger
        ? [{ reader: addLocationFunction(this, name, this.location), stream: trigger.stream }]
        : [],
    )
    this.readers = readers.map(({ reader }) => reader)
    this.streamReaders = readers.map(
      ({ reader, stream }) =>
        new StreamReader(this, `StreamOf-${stream}`, {
          reader,
          table: TABLES[stream],
          streamArn: streamArns[stream],
          key,
        }),
    )
  }

  #addViewsTable(key: IKey): TableV2 {
    const stringAttribute = (name: string) => ({ name, type: AttributeType.STRING })
    const table = new TableV2(this, 'Views', {
      tableName: TABLES.views,
      partitionKey: stringAttribute(viewsTable.partitionKey),
      sortKey: stringAttribute(viewsTable.sortKey),
      timeToLiveAttribute: viewsTable.timeToLive,
      billing: Billing.onDemand(),
      dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
      encryption: TableEncryptionV2.customerManagedKey(key),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: 7 },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    })
    for (const [indexName, { partitionKey, sortKey }] of Object.entries(viewsTable.indexes))
      table.addGlobalSecondaryIndex({
        indexName,
        partitionKey: stringAttribute(partitionKey),
        sortKey: stringAttribute(sortKey),
        projectionType: ProjectionType.KEYS_ONLY,
      })
    return table
  }
}
