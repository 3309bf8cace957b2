import { Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib'
import { AccountRecovery, CfnUserPoolGroup, Mfa, UserPool, UserPoolClient } from 'aws-cdk-lib/aws-cognito'
import { AttributeType, Billing, StreamViewType, TableEncryptionV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb'
import type { IKey } from 'aws-cdk-lib/aws-kms'
import { Secret } from 'aws-cdk-lib/aws-secretsmanager'
import { StringParameter } from 'aws-cdk-lib/aws-ssm'
import type { Construct } from 'constructs'
import { CANARY_GROUP } from '#contract/canary.ts'
import { registryTable } from '#contract/tables.ts'
import { suppressNag } from '../nag-suppressions.ts'
import { CLIENT_NAME, KEY_ALIAS, PARAMETERS, PREFIX, SECRETS, TABLES } from '../names.ts'
import { type RegionContext, targetsAws } from '../region-context.ts'
import { TOKEN_VALIDITY } from '../token-validity.ts'

interface Props extends StackProps, RegionContext {
  key: IKey
}

/** What exists once, in the primary region: the global table, the user pool, and the secrets that all regions share. */
export class RegistryStack extends Stack {
  readonly streamArn: string
  readonly userPool: UserPool
  readonly userPoolId: string
  readonly clientId: string

  constructor(scope: Construct, id: string, { key, context, region, code, ...props }: Props) {
    super(scope, id, { ...props, description: 'Customer registry: the global table, users, secrets' })
    const table = this.#addTable(key, { context, region, code })
    this.streamArn = table.tableStreamArn ?? ''
    const { userPool, clientId } = this.#addUsers(context.plans)
    this.userPool = userPool
    this.userPoolId = userPool.userPoolId
    this.clientId = clientId
    this.#addSecrets(key, { context, region, code })
  }

  #addTable(key: IKey, regionContext: RegionContext): TableV2 {
    const { context, region } = regionContext
    // The emulator's CloudFormation does not support replicas; they are added afterwards.
    const replicaRegions = targetsAws(regionContext) ? context.regions.filter(name => name !== region) : []
    const toKeyAlias = (replicaRegion: string): [string, string] => [
      replicaRegion,
      `arn:${this.partition}:kms:${replicaRegion}:${this.account}:${KEY_ALIAS}`,
    ]
    return new TableV2(this, 'Table', {
      tableName: TABLES.registry,
      partitionKey: { name: registryTable.partitionKey, type: AttributeType.STRING },
      sortKey: { name: registryTable.sortKey, type: AttributeType.STRING },
      billing: Billing.onDemand(),
      dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
      encryption: TableEncryptionV2.customerManagedKey(key, Object.fromEntries(replicaRegions.map(toKeyAlias))),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: 35 },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
      replicas: replicaRegions.map(name => ({
        region: name,
        deletionProtection: true,
        pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: 35 },
      })),
    })
  }

  #addUsers(plans: Record<string, unknown>): { userPool: UserPool; clientId: string } {
    const pool = new UserPool(this, 'Users', {
      userPoolName: PREFIX,
      selfSignUpEnabled: false,
      signInAliases: { username: true },
      signInCaseSensitive: false,
      mfa: Mfa.OPTIONAL,
      mfaSecondFactor: { otp: true, sms: false },
      passwordPolicy: {
        minLength: 12,
        requireDigits: true,
        requireLowercase: true,
        requireUppercase: true,
        requireSymbols: true,
        tempPasswordValidity: Duration.days(3),
      },
      accountRecovery: AccountRecovery.NONE,
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    })
    suppressNag(pool, {
      'AwsSolutions-COG2':
        "A second factor is offered, and can be asked of people; agents' systems log in too and have none to show.",
      'AwsSolutions-COG8':
        'Threat protection is paid for by the user and month; the provider turns it on who wants it.',
      'AwsSolutions-COG3':
        'Threat protection is paid for by the user and month; the provider turns it on who wants it.',
    })
    const groups = {
      service_agent: 'Agents',
      service_provider: 'The provider',
      [CANARY_GROUP]: 'The machine user that tries the registry out',
    }
    for (const [groupName, description] of Object.entries(groups))
      new CfnUserPoolGroup(this, groupName, { userPoolId: pool.userPoolId, groupName, description })
    for (const groupName of Object.keys(plans))
      new CfnUserPoolGroup(this, `plan_${groupName}`, {
        userPoolId: pool.userPoolId,
        groupName,
        description: 'A system of agents, with a usage plan of its own',
      })
    const client = new UserPoolClient(this, 'Client', {
      userPool: pool,
      userPoolClientName: CLIENT_NAME,
      // A web page and a command line cannot keep a secret.
      generateSecret: false,
      authFlows: { userPassword: true, userSrp: true },
      disableOAuth: true,
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      accessTokenValidity: TOKEN_VALIDITY,
      idTokenValidity: TOKEN_VALIDITY,
      refreshTokenValidity: Duration.days(1),
    })
    new StringParameter(this, 'UserPoolParameter', { parameterName: PARAMETERS.userPool, stringValue: pool.userPoolId })
    new StringParameter(this, 'ClientParameter', {
      parameterName: PARAMETERS.client,
      stringValue: client.userPoolClientId,
    })
    return { userPool: pool, clientId: client.userPoolClientId }
  }

  #addSecrets(key: IKey, { context, region }: RegionContext): void {
    const replicaRegions = context.regions.filter(name => name !== region)
    for (const [name, secretName] of Object.entries(SECRETS)) {
      const secret = new Secret(this, name, {
        secretName,
        encryptionKey: key,
        description: 'Customer registry: made here, known to nobody; docs/runbook.md says how it is changed',
        // Passwords need one character of each kind; characters with a meaning in shells are left out.
        generateSecretString:
          name === 'CANARY_PASSWORD'
            ? { passwordLength: 64, requireEachIncludedType: true, excludeCharacters: ' "\'`$\\!&|;<>(){}[]*?~#' }
            : { passwordLength: 64, excludePunctuation: true },
        replicaRegions: replicaRegions.map(name => ({ region: name })),
        removalPolicy: RemovalPolicy.RETAIN,
      })
      suppressNag(secret, {
        'AwsSolutions-SMG4':
          'Cursors and receipts that are under way end with the key: it is changed by hand, when there is a reason.',
      })
    }
  }
}
