// The architecture of the main example as a CDK app, for `npm run bench`: two services, tokens, a domain, CORS.
import { App, aws_apigatewayv2 as gateway, Stack } from 'aws-cdk-lib'
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers'
import { HttpAlbIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations'
import { Certificate, CertificateValidation } from 'aws-cdk-lib/aws-certificatemanager'
import {
  GatewayVpcEndpointAwsService,
  InterfaceVpcEndpointAwsService,
  Port,
  SecurityGroup,
  SubnetType,
  Vpc,
} from 'aws-cdk-lib/aws-ec2'
import { Repository } from 'aws-cdk-lib/aws-ecr'
import { Cluster, ContainerImage, FargateService, FargateTaskDefinition, LogDrivers } from 'aws-cdk-lib/aws-ecs'
import { ApplicationLoadBalancer, ListenerAction, ListenerCondition } from 'aws-cdk-lib/aws-elasticloadbalancingv2'
import { ARecord, HostedZone, RecordTarget } from 'aws-cdk-lib/aws-route53'
import { ApiGatewayv2DomainProperties } from 'aws-cdk-lib/aws-route53-targets'

const stack = new Stack(new App(), 'Shop')
const vpc = new Vpc(stack, 'Vpc', {
  maxAzs: 2,
  natGateways: 0,
  subnetConfiguration: [{ name: 'private', subnetType: SubnetType.PRIVATE_ISOLATED }],
})
vpc.addFlowLog('FlowLog')
vpc.addGatewayEndpoint('S3', { service: GatewayVpcEndpointAwsService.S3 })
for (const name of ['ECR', 'ECR_DOCKER', 'CLOUDWATCH_LOGS', 'SECRETS_MANAGER'])
  vpc.addInterfaceEndpoint(name, { service: InterfaceVpcEndpointAwsService[name] })

const zone = HostedZone.fromHostedZoneAttributes(stack, 'Zone', {
  hostedZoneId: 'Z0123456789ABCDEFGHIJ',
  zoneName: 'example.com',
})
const certificate = new Certificate(stack, 'Certificate', {
  domainName: 'api.example.com',
  validation: CertificateValidation.fromDns(zone),
})
const loadBalancer = new ApplicationLoadBalancer(stack, 'LoadBalancer', { vpc, internetFacing: false })
const listener = loadBalancer.addListener('Https', {
  port: 443,
  certificates: [certificate],
  open: false,
  defaultAction: ListenerAction.fixedResponse(404),
})

const cluster = new Cluster(stack, 'Cluster', { vpc })
for (const [index, name] of ['orders', 'catalog'].entries()) {
  const taskDefinition = new FargateTaskDefinition(stack, `${name}Task`)
  taskDefinition.addContainer(name, {
    image: ContainerImage.fromEcrRepository(Repository.fromRepositoryName(stack, `${name}Repository`, name), '1'),
    portMappings: [{ containerPort: 8080 }],
    logging: LogDrivers.awsLogs({ streamPrefix: name }),
  })
  const service = new FargateService(stack, `${name}Service`, {
    cluster,
    taskDefinition,
    circuitBreaker: { rollback: true },
    minHealthyPercent: 100,
  })
  service.autoScaleTaskCount({ minCapacity: 2, maxCapacity: 4 }).scaleOnCpuUtilization('Cpu', {
    targetUtilizationPercent: 60,
  })
  listener.addTargets(name, {
    port: 8080,
    targets: [service],
    priority: index + 1,
    conditions: [ListenerCondition.pathPatterns([`/${name}`, `/${name}/*`])],
    healthCheck: { path: '/health' },
  })
}

const linkGroup = new SecurityGroup(stack, 'LinkGroup', { vpc, allowAllOutbound: false })
loadBalancer.connections.allowFrom(linkGroup, Port.tcp(443))
const vpcLink = new gateway.VpcLink(stack, 'Link', {
  vpc,
  securityGroups: [linkGroup],
  subnets: { subnetType: SubnetType.PRIVATE_ISOLATED },
})
const domainName = new gateway.DomainName(stack, 'Domain', { domainName: 'api.example.com', certificate })
const api = new gateway.HttpApi(stack, 'Api', {
  disableExecuteApiEndpoint: true,
  defaultDomainMapping: { domainName },
  defaultAuthorizer: new HttpJwtAuthorizer('customers', 'https://idp.example.com/', { jwtAudience: ['shop'] }),
  corsPreflight: { allowOrigins: ['https://shop.example.com'] },
})
const integration = new HttpAlbIntegration('LoadBalancer', listener, { vpcLink, secureServerName: 'api.example.com' })
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'].map((name) => gateway.HttpMethod[name])
for (const path of ['/orders', '/orders/{proxy+}', '/catalog', '/catalog/{proxy+}'])
  api.addRoutes({ path, methods, integration })
new ARecord(stack, 'Alias', {
  zone,
  recordName: 'api',
  target: RecordTarget.fromAlias(
    new ApiGatewayv2DomainProperties(domainName.regionalDomainName, domainName.regionalHostedZoneId),
  ),
})
stack.node.root.synth()
