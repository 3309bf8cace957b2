import { ArnFormat, RemovalPolicy, Stack } from 'aws-cdk-lib'
import type { RestApi } from 'aws-cdk-lib/aws-apigateway'
import type { IKey } from 'aws-cdk-lib/aws-kms'
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs'
import { CfnLoggingConfiguration, CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2'
import { Construct } from 'constructs'
import { PREFIX, STAGE } from '../names.ts'

/** Requests per minute and source address: enough for a batch per second, too few for guessing keys. */
const MAX_REQUESTS = 1200
/** Public routes that look people up or issue tokens. */
const PUBLIC_LIMIT = { rate: 60, paths: ['/v1/lookup', '/v1/auth/'] }
/** The maximum body of a lookup, in bytes. */
const MAX_LOOKUP_BYTES = 8192

const visibilityConfig = (metricName: string) => ({
  cloudWatchMetricsEnabled: true,
  metricName,
  sampledRequestsEnabled: false,
})
/** API Gateway's path starts with the stage. */
const pathStartsWith = (path: string) => ({
  byteMatchStatement: {
    fieldToMatch: { uriPath: {} },
    positionalConstraint: 'STARTS_WITH',
    searchString: `/${STAGE}${path}`,
    textTransformations: [{ priority: 0, type: 'NORMALIZE_PATH' }],
  },
})
/** With a custom domain the path has no stage. */
const anyPathStartsWith = (paths: readonly string[]) => ({
  orStatement: {
    statements: paths.flatMap(path => {
      const match = pathStartsWith(path)
      return [match, { byteMatchStatement: { ...match.byteMatchStatement, searchString: path } }]
    }),
  },
})

const rateLimit = (rate: number) => ({ aggregateKeyType: 'IP', limit: rate, evaluationWindowSec: 60 })

const managedRuleGroup = (name: string, priority: number, counted: readonly string[] = []): CfnWebACL.RuleProperty => ({
  name,
  priority,
  overrideAction: { none: {} },
  statement: {
    managedRuleGroupStatement: {
      vendorName: 'AWS',
      name,
      ruleActionOverrides: counted.map(rule => ({ name: rule, actionToUse: { count: {} } })),
    },
  },
  visibilityConfig: visibilityConfig(name),
})

const rules: CfnWebACL.RuleProperty[] = [
  {
    name: 'TightRate',
    priority: 0,
    action: { block: {} },
    statement: {
      rateBasedStatement: {
        ...rateLimit(PUBLIC_LIMIT.rate),
        scopeDownStatement: anyPathStartsWith(PUBLIC_LIMIT.paths),
      },
    },
    visibilityConfig: visibilityConfig('TightRate'),
  },
  {
    name: 'Rate',
    priority: 1,
    action: { block: {} },
    statement: { rateBasedStatement: rateLimit(MAX_REQUESTS) },
    visibilityConfig: visibilityConfig('Rate'),
  },
  {
    name: 'LookupSize',
    priority: 2,
    action: { block: {} },
    statement: {
      andStatement: {
        statements: [
          anyPathStartsWith(PUBLIC_LIMIT.paths),
          {
            sizeConstraintStatement: {
              fieldToMatch: { body: { oversizeHandling: 'MATCH' } },
              comparisonOperator: 'GT',
              size: MAX_LOOKUP_BYTES,
              textTransformations: [{ priority: 0, type: 'NONE' }],
            },
          },
        ],
      },
    },
    visibilityConfig: visibilityConfig('LookupSize'),
  },
  // Batches, a hundred criteria and long records exceed the 8 KB above which that rule refuses any body.
  managedRuleGroup('AWSManagedRulesCommonRuleSet', 3, ['SizeRestrictions_BODY']),
  managedRuleGroup('AWSManagedRulesKnownBadInputsRuleSet', 4),
]

/** The web application firewall: limits by source address, and AWS's managed rules. */
export class Firewall extends Construct {
  readonly name = PREFIX

  constructor(scope: Construct, id: string, { api, key }: { api: RestApi; key: IKey }) {
    super(scope, id)
    const acl = new CfnWebACL(this, 'Acl', {
      name: this.name,
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      rules,
      visibilityConfig: visibilityConfig(PREFIX),
    })
    new CfnWebACLAssociation(this, 'Association', {
      resourceArn: api.deploymentStage.stageArn,
      webAclArn: acl.attrArn,
    })
    // Blocked requests with their source address, kept for a month so that attacks can be investigated.
    const logs = new LogGroup(this, 'Logs', {
      logGroupName: `aws-waf-logs-${PREFIX}`,
      retention: RetentionDays.ONE_MONTH,
      encryptionKey: key,
      removalPolicy: RemovalPolicy.DESTROY,
    })
    const logging = new CfnLoggingConfiguration(this, 'Logging', {
      resourceArn: acl.attrArn,
      logDestinationConfigs: [
        Stack.of(this).formatArn({
          service: 'logs',
          resource: 'log-group',
          resourceName: `aws-waf-logs-${PREFIX}`,
          arnFormat: ArnFormat.COLON_RESOURCE_NAME,
        }),
      ],
      redactedFields: [{ singleHeader: { Name: 'authorization' } }, { queryString: {} }],
      loggingFilter: {
        DefaultBehavior: 'DROP',
        Filters: [
          {
            Behavior: 'KEEP',
            Requirement: 'MEETS_ANY',
            Conditions: [{ ActionCondition: { Action: 'BLOCK' } }],
          },
        ],
      },
    })
    logging.node.addDependency(logs)
  }
}
