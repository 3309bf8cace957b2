import { Duration, Stack } from 'aws-cdk-lib'
import { BasePathMapping, DomainName, EndpointType, type RestApi, SecurityPolicy } from 'aws-cdk-lib/aws-apigateway'
import { Certificate, CertificateValidation } from 'aws-cdk-lib/aws-certificatemanager'
import { ARecord, HealthCheck, HealthCheckType, HostedZone, RecordTarget } from 'aws-cdk-lib/aws-route53'
import { ApiGatewayDomain } from 'aws-cdk-lib/aws-route53-targets'
import { Construct } from 'constructs'
import type { Domain } from '../context.ts'

/** The API's custom domain: callers reach the region with the lowest latency, or another one while that is unhealthy. */
export class CustomDomain extends Construct {
  constructor(scope: Construct, id: string, { api, domain }: { api: RestApi; domain: Domain }) {
    super(scope, id)
    const { region } = Stack.of(this)
    const zone = HostedZone.fromHostedZoneAttributes(this, 'Zone', {
      hostedZoneId: domain.zoneId,
      zoneName: domain.zone,
    })
    const certificate = new Certificate(this, 'Certificate', {
      domainName: domain.name,
      validation: CertificateValidation.fromDns(zone),
    })
    const name = new DomainName(this, 'Name', {
      domainName: domain.name,
      certificate,
      endpointType: EndpointType.REGIONAL,
      securityPolicy: SecurityPolicy.TLS_1_2,
    })
    new BasePathMapping(this, 'Mapping', { domainName: name, restApi: api, stage: api.deploymentStage })
    const healthCheck = new HealthCheck(this, 'Health', {
      type: HealthCheckType.HTTPS,
      fqdn: `${api.restApiId}.execute-api.${region}.amazonaws.com`,
      resourcePath: `/${api.deploymentStage.stageName}/ping`,
      requestInterval: Duration.seconds(30),
      failureThreshold: 3,
    })
    new ARecord(this, 'Record', {
      zone,
      recordName: `${domain.name}.`,
      target: RecordTarget.fromAlias(new ApiGatewayDomain(name)),
      region,
      setIdentifier: region,
      healthCheck,
    })
  }
}
