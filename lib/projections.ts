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
import { functionNeeds } from '#contract/functions.ts'
import { viewsTable } from '#contract/tables.ts'
import { type Location, locationFunction } from './constructs/location.ts'
import type { RegistryFunction } from './constructs/registry-function.ts'
import { SearchDomain } from './constructs/search-domain.ts'
import { StreamReader } from './constructs/stream-reader.ts'
import { isPrimary, type Surroundings } from './constructs/surroundings.ts'
import { askingAllowed, replicaStream, toldByPrimary } from './constructs/told-by-primary.ts'
import { PARAMETERS, TABLES } from './names.ts'
import type { RegistryStack } from './registry.ts'

interface Props extends StackProps, Surroundings {
  key: IKey
  registry: RegistryStack
}

/** What a region makes of the registry: its views, its search index, and the readers of both streams. */
export class ProjectionsStack extends Stack {
  /** What the functions of this region are told. */
  readonly location: Location
  readonly readers: readonly RegistryFunction[]
  readonly streams: readonly StreamReader[]
  readonly domain: SearchDomain | null

  constructor(scope: Construct, id: string, { key, registry, context, region, code, ...props }: Props) {
    super(scope, id, { ...props, description: 'Customer registry: views, search index, readers of the streams' })
    const surroundings: Surroundings = { context, region, code }
    const primary = isPrimary(surroundings)
    const [first = region] = context.regions
    const told = (what: string, parameter: string, own: string) =>
      primary ? own : toldByPrimary(this, what, parameter, first)
    const userPoolId = told('UserPool', PARAMETERS.userPool, registry.userPoolId)
    const views = this.#views(key)
    this.domain =
      context.search.kind === 'managed' ? new SearchDomain(this, 'Search', { form: context.search.form, key }) : null
    this.location = {
      ...surroundings,
      key,
      issuer: `https://cognito-idp.${first}.amazonaws.com/${userPoolId}`,
      clientId: told('Client', PARAMETERS.client, registry.clientId),
      domain: this.domain?.domain ?? null,
    }
    const streamArns = {
      registry: primary ? registry.streamArn : replicaStream(this, 'ReplicaStream', TABLES.registry),
      views: views.tableStreamArn ?? '',
    }
    if (!primary) askingAllowed(this)
    const readers = [...functionNeeds].flatMap(([name, { trigger }]) =>
      typeof trigger === 'object' && 'stream' in trigger
        ? [{ reader: locationFunction(this, name, this.location), stream: trigger.stream }]
        : [],
    )
    this.readers = readers.map(({ reader }) => reader)
    this.streams = readers.map(
      ({ reader, stream }) =>
        new StreamReader(this, `StreamOf-${stream}`, {
          reader,
          table: TABLES[stream],
          streamArn: streamArns[stream],
          key,
        }),
    )
  }

  #views(key: IKey): TableV2 {
    const text = (name: string) => ({ name, type: AttributeType.STRING })
    const table = new TableV2(this, 'Views', {
      tableName: TABLES.views,
      partitionKey: text(viewsTable.partitionKey),
      sortKey: text(viewsTable.sortKey),
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
        partitionKey: text(partitionKey),
        sortKey: text(sortKey),
        projectionType: ProjectionType.KEYS_ONLY,
      })
    return table
  }
}
