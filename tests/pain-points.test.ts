/**
 * What users of this architecture suffer from elsewhere, and cannot suffer here. Each point is a check of a template;
 * it holds on every example and fails when the point is broken on purpose.
 */

import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { FARGATE_SIZES } from '../generator/aws/fargate-sizes.ts'
import { VPC_LINK_ZONE_IDS } from '../generator/aws/vpc-link-zones.ts'
import { valueAt } from '../generator/model/delivery/targets.ts'
import type { Model } from '../generator/model/model.ts'
import { filledIn } from '../generator/model/placeholders.ts'
import { parseConfig } from '../generator/read.ts'
import { waysAround } from './support/attacker.ts'
import { exampleFiles, exampleFolders, exampleModel } from './support/examples.ts'
import { type Json, readTemplate } from './support/read-template.ts'

type Point = {
  readonly id: string
  readonly what: string
  /** What is wrong, one sentence each; nothing when the point holds. */
  readonly check: (resources: Record<string, Json>, model: Model, template: Json) => string[]
  /** Breaks the point in the main example. */
  readonly broken: (resources: Json, template: Json) => void
}

const of = (resources: Record<string, Json>, type: string): [string, Json][] =>
  Object.entries(resources)
    .filter(([, { Type }]) => Type === type)
    .map(([id, { Properties }]) => [id, Properties ?? {}])
const unless = (holds: boolean, sentence: string): string[] => (holds ? [] : [sentence])
const same = (a: Json, b: Json): boolean => JSON.stringify(a) === JSON.stringify(b)
const refersTo = (value: Json, id: string): boolean => value?.Ref === id || value?.['Fn::GetAtt']?.[0] === id

/** ECS has no circuit breaker for deployments that shift requests: the old tasks stay until the new ones are healthy. */
const inPlace = (configuration: Json): Json => configuration?.['Fn::If']?.[2] ?? configuration

const points: Point[] = [
  {
    id: 'P1',
    what: 'the verified name is a name of the certificate, and the listener speaks HTTPS',
    check: (resources, model) =>
      of(resources, 'AWS::ApiGatewayV2::Integration').flatMap(([id, { TlsConfig }]) => {
        const certificate =
          resources['Certificate']?.Properties.DomainName ?? resources['CertificateRequest']?.Properties.DomainName
        return [
          ...unless(
            model.domain.certificate.kind === 'existing' || same(TlsConfig?.ServerNameToVerify, certificate),
            `${id} verifies another name than the certificate's`,
          ),
          ...unless(
            of(resources, 'AWS::ElasticLoadBalancingV2::Listener').every(([, { Protocol }]) => Protocol === 'HTTPS'),
            'a listener is not HTTPS',
          ),
        ]
      }),
    broken: (resources) => {
      resources.AlbIntegration.Properties.TlsConfig.ServerNameToVerify = 'other.example.com'
    },
  },
  {
    id: 'P2',
    what: 'the verified name can be neither a URL nor a wildcard',
    check: (_, __, { Parameters }) => {
      const pattern = new RegExp(Parameters.DomainName.AllowedPattern)
      return [
        'https://api.example.com',
        '*.example.com',
        'api.example.com/',
        'API.example.com',
        'api.example.com.',
      ].filter((name) => pattern.test(name))
    },
    broken: (_, template) => {
      template.Parameters.DomainName.AllowedPattern = '.*'
    },
  },
  {
    id: 'P3',
    what: 'TLS to the load balancer cannot be left out',
    check: (resources) =>
      of(resources, 'AWS::ApiGatewayV2::Integration').flatMap(([id, { TlsConfig }]) =>
        unless(Boolean(TlsConfig?.ServerNameToVerify), `${id} has no TlsConfig`),
      ),
    broken: (resources) => {
      delete resources.AlbIntegration.Properties.TlsConfig
    },
  },
  {
    id: 'P5',
    what: 'the integration points to the listener, not to the load balancer',
    check: (resources) =>
      of(resources, 'AWS::ApiGatewayV2::Integration').flatMap(([id, { IntegrationUri }]) =>
        unless(same(IntegrationUri, { Ref: 'HttpsListener' }), `${id} does not point to the listener`),
      ),
    broken: (resources) => {
      resources.AlbIntegration.Properties.IntegrationUri = { Ref: 'LoadBalancer' }
    },
  },
  {
    id: 'P6',
    what: 'the integration waits for the listener and for the link to be ready',
    check: (resources, { api: { link } }) =>
      Object.entries(resources)
        .filter(([, { Type }]) => Type === 'AWS::ApiGatewayV2::Integration')
        .flatMap(([id, { DependsOn, Properties }]) =>
          unless(
            (link.kind === 'existing' || [DependsOn].flat().includes('VpcLinkReady')) &&
              refersTo(Properties.IntegrationUri, 'HttpsListener'),
            `${id} does not wait`,
          ),
        ),
    broken: (resources) => {
      delete resources.AlbIntegration.DependsOn
    },
  },
  {
    id: 'P7',
    what: 'a VPC link of version 2, and no network load balancer in between',
    check: (resources, { api: { link } }) => [
      ...unless(
        of(resources, 'AWS::ApiGatewayV2::VpcLink').length === (link.kind === 'new' ? 1 : 0) &&
          of(resources, 'AWS::ApiGateway::VpcLink').length === 0,
        'not one V2 link',
      ),
      ...of(resources, 'AWS::ElasticLoadBalancingV2::LoadBalancer').flatMap(([id, { Type }]) =>
        unless(Type === 'application', `${id} is not an application load balancer`),
      ),
    ],
    broken: (resources) => {
      resources.LoadBalancer.Properties.Type = 'network'
    },
  },
  {
    id: 'P8',
    what: 'no stage name reaches the service, and no base path',
    check: (resources, { domain }) =>
      of(resources, 'AWS::ApiGatewayV2::Route').flatMap(([id, { RouteKey, Target }]) => {
        const [, integration = ''] = /^integrations\/\$\{(\w+)\}$/.exec(Target['Fn::Sub']) ?? []
        const path = resources[integration]?.Properties.RequestParameters?.['overwrite:path']
        const ofRoute = RouteKey.replace(/^\w+ /, '').replace(/\{(\w+)\+?\}/g, '$${request.path.$1}')
        return unless(
          path === (domain.basePath === undefined ? '$request.path' : ofRoute),
          `${id} passes the stage or the base path on`,
        )
      }),
    broken: (resources) => {
      delete resources.AlbIntegration.Properties.RequestParameters
    },
  },
  {
    id: 'P9',
    what: "the client's address is not lost: it is in the access log, and nothing overwrites Forwarded",
    check: (resources) => [
      ...of(resources, 'AWS::ApiGatewayV2::Stage').flatMap(([id, { AccessLogSettings }]) =>
        unless(
          Boolean(AccessLogSettings?.Format?.includes('$context.identity.sourceIp')),
          `${id} does not log the client's address`,
        ),
      ),
      ...of(resources, 'AWS::ApiGatewayV2::Integration').flatMap(([id, { RequestParameters }]) =>
        unless(
          !Object.keys(RequestParameters ?? {}).some((key) => /forwarded/i.test(key)),
          `${id} overwrites Forwarded`,
        ),
      ),
    ],
    broken: (resources) => {
      resources.DefaultStage.Properties.AccessLogSettings.Format = '$context.requestId'
    },
  },
  {
    id: 'P10',
    what: 'a path that a service answers is routed, with and without what follows it',
    check: (resources, model) => {
      const keys = of(resources, 'AWS::ApiGatewayV2::Route').map(([, { RouteKey }]) => RouteKey.replace(/^\S+ /, ''))
      // A config that lists its routes decides itself.
      const listed = model.api.routes.some(({ auth, routeKey }) => auth.kind === 'none' || /\{\w+\}/.test(routeKey))
      if (listed) return []
      return model.services.flatMap(({ key, listenerRules }) =>
        listenerRules
          .flatMap(({ paths }) => paths)
          .flatMap((path) => unless(keys.includes(path.replace(/\*$/, '{proxy+}')), `${key}: no route for ${path}`)),
      )
    },
    broken: (resources) => {
      for (const [id, { RouteKey }] of of(resources, 'AWS::ApiGatewayV2::Route'))
        if (RouteKey.endsWith(' /orders')) delete resources[id]
    },
  },
  {
    id: 'P11',
    what: 'subnets are in zones, by id, in which VPC links exist',
    check: (resources, _, { Mappings }) => [
      ...of(resources, 'AWS::EC2::Subnet').flatMap(([id, { AvailabilityZone, AvailabilityZoneId }]) =>
        unless(
          !AvailabilityZone && AvailabilityZoneId?.['Fn::FindInMap']?.[0] === 'RegionalZoneIds',
          `${id} does not choose its zone by id`,
        ),
      ),
      ...Object.entries<Json>(Mappings?.RegionalZoneIds ?? {}).flatMap(([region, zones]) =>
        Object.values<string>(zones).flatMap((zone) =>
          unless(Boolean((VPC_LINK_ZONE_IDS as Json)[region]?.includes(zone)), `${zone} has no VPC links`),
        ),
      ),
    ],
    broken: (_, template) => {
      template.Mappings.RegionalZoneIds['us-east-1'].Zone2 = 'use1-az3'
    },
  },
  {
    id: 'P14',
    what: 'the VPC link has a security group',
    check: (resources) =>
      of(resources, 'AWS::ApiGatewayV2::VpcLink').flatMap(([id, { SecurityGroupIds }]) =>
        unless(SecurityGroupIds?.length === 1, `${id} has no group`),
      ),
    broken: (resources) => {
      resources.VpcLink.Properties.SecurityGroupIds = []
    },
  },
  {
    id: 'P17',
    what: 'link, listener and API are made by one stack, so they are in one account; a link that exists is a parameter of its account',
    check: (resources, { api: { link } }) =>
      of(resources, 'AWS::ApiGatewayV2::Integration').flatMap(([id, { ConnectionId, IntegrationUri }]) => [
        ...unless(
          refersTo(ConnectionId, link.kind === 'new' ? 'VpcLink' : link.id.name),
          `${id} has a foreign VPC link`,
        ),
        ...unless(refersTo(IntegrationUri, 'HttpsListener'), `${id} has a foreign listener`),
      ]),
    broken: (resources) => {
      resources.AlbIntegration.Properties.ConnectionId = 'abc123'
    },
  },
  {
    id: 'P19',
    what: 'the load balancer is not reachable from the internet',
    check: (resources) => waysAround({ Resources: resources }),
    broken: (resources) => {
      resources.LoadBalancer.Properties.Scheme = 'internet-facing'
    },
  },
  {
    id: 'P20',
    what: 'the default endpoint is off as soon as there is a custom domain',
    check: (resources, model) =>
      of(resources, 'AWS::ApiGatewayV2::Api').flatMap(([id, { DisableExecuteApiEndpoint }]) =>
        unless(DisableExecuteApiEndpoint === model.domain.publish, `${id} answers on execute-api`),
      ),
    broken: (resources) => {
      resources.HttpApi.Properties.DisableExecuteApiEndpoint = false
    },
  },
  {
    id: 'P23',
    what: 'with CORS no route catches a preflight, so API Gateway answers it and no authorizer refuses it',
    check: (resources) =>
      of(resources, 'AWS::ApiGatewayV2::Api').some(([, { CorsConfiguration }]) => CorsConfiguration)
        ? of(resources, 'AWS::ApiGatewayV2::Route').flatMap(([id, { RouteKey }]) =>
            unless(!/^(?:ANY|OPTIONS|\$default)/.test(RouteKey), `${id} catches preflights`),
          )
        : [],
    broken: (resources) => {
      resources.RouteGetOrders.Properties.RouteKey = 'ANY /orders'
    },
  },
  {
    id: 'P24',
    what: 'groups that name each other do so in rules of their own, so no cycle arises',
    check: (resources) =>
      of(resources, 'AWS::EC2::SecurityGroup').flatMap(([id, { SecurityGroupIngress, SecurityGroupEgress }]) =>
        unless(
          !SecurityGroupIngress && !JSON.stringify(SecurityGroupEgress).includes('GroupId'),
          `${id} has a rule inside`,
        ),
      ),
    broken: (resources) => {
      resources.LoadBalancerSecurityGroup.Properties.SecurityGroupIngress = [
        { SourceSecurityGroupId: { Ref: 'VpcLinkSecurityGroup' } },
      ]
    },
  },
  {
    id: 'P35',
    what: 'no NAT gateway unless the config asks for one',
    check: (resources, model) =>
      unless(
        of(resources, 'AWS::EC2::NatGateway').length > 0 === /nat$/.test(model.network.egress.kind),
        'NAT without being asked for',
      ),
    broken: (resources) => {
      resources.Nat = { Type: 'AWS::EC2::NatGateway', Properties: {} }
    },
  },
  {
    id: 'P36',
    what: 'without NAT there is an endpoint for images, logs and secrets',
    check: (resources, model) => {
      if (model.network.egress.kind !== 'endpoints') return []
      const offered = of(resources, 'AWS::EC2::VPCEndpoint').map(([, { ServiceName }]) =>
        ServiceName['Fn::Sub'].replace(/^com\.amazonaws\.\$\{AWS::Region\}\./, ''),
      )
      const tasks = of(resources, 'AWS::ECS::TaskDefinition').flatMap(
        ([, { ContainerDefinitions }]) => ContainerDefinitions,
      )
      const secrets = [
        ...JSON.stringify(tasks.map(({ Secrets }: Json) => Secrets)).matchAll(/:(secretsmanager|ssm):/g),
      ].map(([, service = '']) => service)
      return ['s3', 'ecr.api', 'ecr.dkr', 'logs', ...secrets].filter((service) => !offered.includes(service))
    },
    broken: (resources) => {
      delete resources.SecretsManagerEndpoint
    },
  },
  {
    id: 'P38',
    what: 'a deployment that cannot become healthy is rolled back soon',
    check: (resources) =>
      of(resources, 'AWS::ECS::Service').flatMap(([id, { DeploymentConfiguration, LoadBalancers, ...rest }]) =>
        unless(
          same(inPlace(DeploymentConfiguration)?.DeploymentCircuitBreaker, { Enable: true, Rollback: true }) &&
            (LoadBalancers === undefined || rest.HealthCheckGracePeriodSeconds > 0),
          `${id} may hang for hours`,
        ),
      ),
    broken: (resources) => {
      delete resources.OrdersService.Properties.DeploymentConfiguration
    },
  },
  {
    id: 'P40',
    what: 'the load balancer hangs up later than API Gateway gives up, and leaving tasks finish their requests',
    check: (resources) => {
      const timeouts = of(resources, 'AWS::ApiGatewayV2::Integration').map(([, each]) => each.TimeoutInMillis)
      const timeout = Math.max(...timeouts) / 1000
      const idle = resources['LoadBalancer']?.Properties.LoadBalancerAttributes.find(
        ({ Key }: Json) => Key === 'idle_timeout.timeout_seconds',
      )?.Value
      const delays = of(resources, 'AWS::ElasticLoadBalancingV2::TargetGroup').map(
        ([, { TargetGroupAttributes }]) =>
          TargetGroupAttributes.find(({ Key }: Json) => Key === 'deregistration_delay.timeout_seconds')?.Value,
      )
      return [
        ...unless(Number(idle) > timeout, 'the load balancer hangs up first'),
        ...unless(
          delays.every((delay) => Number(delay) >= timeout && Number(delay) <= 60),
          'tasks leave too early or too late',
        ),
      ]
    },
    broken: (resources) => {
      resources.LoadBalancer.Properties.LoadBalancerAttributes = []
    },
  },
  {
    id: 'P41',
    what: 'no time-out beyond what an HTTP API has',
    check: (resources) =>
      of(resources, 'AWS::ApiGatewayV2::Integration').flatMap(([id, { TimeoutInMillis }]) =>
        unless(TimeoutInMillis <= 30_000, `${id} waits longer than API Gateway`),
      ),
    broken: (resources) => {
      resources.AlbIntegration.Properties.TimeoutInMillis = 45_000
    },
  },
  {
    id: 'P42',
    what: "the API's log group has a name that needs no entry in the account's resource policy",
    check: (resources) =>
      of(resources, 'AWS::ApiGatewayV2::Stage').flatMap(([id, { AccessLogSettings }]) => {
        const target = AccessLogSettings?.DestinationArn?.['Fn::Sub'] ?? ''
        const [, group = ''] = /^arn:\$\{AWS::Partition\}:logs:.*:log-group:\$\{(\w+)\}$/.exec(target) ?? []
        const [name = ''] = [resources[group]?.Properties.LogGroupName?.['Fn::Sub']].flat()
        return unless(
          name.startsWith('/aws/vendedlogs/'),
          `${id} logs to ${target || 'nothing'}, named ${name || 'by itself'}`,
        )
      }),
    broken: (resources) => {
      resources.ApiAccessLogGroup.Properties.LogGroupName = { 'Fn::Sub': '/apis/x' }
    },
  },
]

const standalone = (folder: string): Json =>
  readTemplate(exampleFiles(folder).find(({ path }) => path === 'templates/standalone.yaml')?.text ?? '')

// Only what is broken is changed.
const whole = new Map(exampleFolders.map((folder) => [folder, standalone(folder)]))

describe.each(points)('$id $what', ({ check, broken }) => {
  // Of a load balancer of others, the templates show neither certificate nor settings.
  const own = exampleFolders.filter((folder) => exampleModel(folder).loadBalancer.kind === 'new')
  test.each(own)('holds in %s', (folder) => {
    const template = whole.get(folder)
    expect(check(template.Resources, exampleModel(folder), template)).toEqual([])
  })

  test('is noticed when broken', () => {
    const template = standalone('.')
    broken(template.Resources, template)
    expect(check(template.Resources, exampleModel('.'), template)).not.toEqual([])
  })
})

describe('P31 names outside the zone are refused when its name is given', () => {
  test.each(exampleFolders)('in %s they are inside', (folder) => {
    const { domain, targets } = exampleModel(folder)
    for (const target of targets) {
      const name = filledIn(target, valueAt(target, domain.domainName) ?? '')
      if (domain.zone?.name) expect(name.endsWith(`.${domain.zone.name}`)).toBe(true)
    }
  })

  test('a name outside is an error with its place', () => {
    const text = readFileSync('portcullis.yaml', 'utf8').replace('name: api.example.com', 'name: api.example.org')
    expect(() => parseConfig(text, 'portcullis.yaml')).toThrow(
      /portcullis\.yaml:5:9 .*api\.example\.org[\s\S]*example\.com/,
    )
  })
})

test('P38 and P41 limits are those of the schema: 30 s, 300 routes, sizes that Fargate runs', () => {
  const base = readFileSync('portcullis.yaml', 'utf8')
  expect(() => parseConfig(base.replace('  probe: true', '  timeoutSeconds: 31'), 'x')).toThrow(/30/)
  expect(() => parseConfig(base.replace('port: 8080', 'cpu: 256\n    memory: 8192\n    port: 8080'), 'x')).toThrow(
    /256/,
  )
  expect([...FARGATE_SIZES.keys()]).toContain(256)
})
