import { RemovalPolicy, type Stack } from 'aws-cdk-lib'
import { EbsDeviceVolumeType } from 'aws-cdk-lib/aws-ec2'
import type { IKey } from 'aws-cdk-lib/aws-kms'
import { Domain, EngineVersion, TLSSecurityPolicy } from 'aws-cdk-lib/aws-opensearchservice'
import { Construct } from 'constructs'
import { suppressNag } from '../nag-suppressions.ts'
import { PREFIX } from '../names.ts'
import { toArn } from '../region-context.ts'

/** The capacity of each form. `single-node` is unavailable during updates and zone failures; meanwhile the table answers exact look-ups. */
const domainSizes = {
  'single-node': {
    capacity: { dataNodes: 1, dataNodeInstanceType: 't3.small.search', multiAzWithStandbyEnabled: false },
    ebs: { volumeSize: 20 },
    zoneAwareness: { enabled: false },
  },
  'multi-az': {
    capacity: {
      dataNodes: 3,
      dataNodeInstanceType: 'm7g.large.search',
      masterNodes: 3,
      masterNodeInstanceType: 'm7g.medium.search',
      multiAzWithStandbyEnabled: false,
    },
    ebs: { volumeSize: 50 },
    zoneAwareness: { enabled: true, availabilityZoneCount: 3 },
  },
} as const

const SLOW_LOG_REASON = 'Slow logs hold what was searched for and put: names of customers, which no log may hold.'

/** Derived from its name, so that other stacks need no reference. */
export const getSearchDomainArn = (stack: Stack): string => toArn(stack, 'es', `domain/${PREFIX}`)

/** A managed OpenSearch domain. It is a projection: it is deleted with its stack and rebuilt from the table. */
export class SearchDomain extends Construct {
  readonly domain: Domain

  constructor(scope: Construct, id: string, { form, key }: { form: keyof typeof domainSizes; key: IKey }) {
    super(scope, id)
    const { ebs, ...rest } = domainSizes[form]
    this.domain = new Domain(this, 'Domain', {
      domainName: PREFIX,
      ...rest,
      version: EngineVersion.OPENSEARCH_2_19,
      ebs: { ...ebs, volumeType: EbsDeviceVolumeType.GP3 },
      enforceHttps: true,
      tlsSecurityPolicy: TLSSecurityPolicy.TLS_1_2,
      nodeToNodeEncryption: true,
      encryptionAtRest: { enabled: true, kmsKey: key },
      removalPolicy: RemovalPolicy.DESTROY,
    })
    suppressNag(this.domain, {
      'AwsSolutions-OS1':
        'Every request is signed and allowed by the role of a function; a network of its own would need gateways that cost more than the domain.',
      'AwsSolutions-OS3':
        'There is no policy that lets an address in: only signed requests of roles that are granted it.',
      'AwsSolutions-OS5': 'There is no policy that lets unsigned requests in.',
      'AwsSolutions-OS9[LogExport::SEARCH_SLOW_LOGS]': SLOW_LOG_REASON,
      'AwsSolutions-OS9[LogExport::INDEX_SLOW_LOGS]': SLOW_LOG_REASON,
      ...(form === 'multi-az'
        ? {}
        : {
            'AwsSolutions-OS4':
              'The provider chose the single-node form; set registry.search.form to multi-az for the other.',
            'AwsSolutions-OS7':
              'The provider chose the single-node form; set registry.search.form to multi-az for the other.',
          }),
    })
  }
}
