import { describe, expect, test } from '@jest/globals'
import { generate } from '../generator/generate.ts'
import { fargateService } from '../generator/layers/handles/service.ts'
import type { Model } from '../generator/model/model.ts'
import { running } from '../generator/model/tasks.ts'
import { openRoutes, shells, waysAround } from './support/attacker.ts'
import { assets, exampleFolders, exampleModel } from './support/examples.ts'
import { someConfigs } from './support/random-models.ts'
import { type Json, readTemplate } from './support/read-template.ts'

const standalone = (model: Model): Json =>
  readTemplate(generate(model, assets).find(({ path }) => path === 'templates/standalone.yaml')?.text ?? '')
const declared = (model: Model): string[] =>
  model.api.routes
    .filter(({ auth }) => auth.kind === 'none')
    .map(({ routeKey }) => routeKey)
    .sort()
const declaredShells = (model: Model): string[] =>
  running(model)
    .filter(({ exec }) => exec)
    .map((service) => fargateService(service).id)
    .sort()

describe('an attacker finds no way around the VPC link', () => {
  test.each(exampleFolders)('in %s', (folder) => {
    const model = exampleModel(folder)
    expect(waysAround(standalone(model))).toEqual([])
    expect(openRoutes(standalone(model))).toEqual(declared(model))
    expect(shells(standalone(model))).toEqual(declaredShells(model))
  })

  test('in random configs, and open is only what says so', () => {
    for (const { model, yaml } of someConfigs(80)) {
      const template = standalone(model)
      expect({ yaml, found: waysAround(template) }).toEqual({ yaml, found: [] })
      expect(openRoutes(template)).toEqual(declared(model))
      expect(shells(template)).toEqual(declaredShells(model))
    }
  })
})

describe('the attacker notices', () => {
  const opened: Record<string, (resources: Json) => void> = {
    'a public load balancer': (r) => {
      r.LoadBalancer.Properties.Scheme = 'internet-facing'
    },
    'an ingress from addresses': (r) => {
      r.LoadBalancerIngressFromVpcLink.Properties = {
        ...r.LoadBalancerIngressFromVpcLink.Properties,
        SourceSecurityGroupId: undefined,
        CidrIp: '10.0.0.0/8',
      }
    },
    'an ingress from another group': (r) => {
      r.OrdersTaskIngressFromLoadBalancer.Properties.SourceSecurityGroupId = {
        'Fn::GetAtt': ['CatalogTaskSecurityGroup', 'GroupId'],
      }
    },
    'an inline rule': (r) => {
      r.OrdersTaskSecurityGroup.Properties.SecurityGroupIngress = [{ IpProtocol: '-1', CidrIp: '0.0.0.0/0' }]
    },
    'an allow-all egress': (r) => {
      delete r.OrdersTaskSecurityGroup.Properties.SecurityGroupEgress
    },
    'a public task': (r) => {
      r.OrdersService.Properties.NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp = 'ENABLED'
    },
    'an internet route': (r) => {
      r.Door = {
        Type: 'AWS::EC2::Route',
        Properties: { RouteTableId: { Ref: 'PrivateRouteTable1' }, GatewayId: { Ref: 'Gateway' } },
      }
    },
    'a route without authorizer': (r) => {
      delete r.RouteGetOrders.Properties.AuthorizerId
    },
    'the execute-api endpoint': (r) => {
      r.HttpApi.Properties.DisableExecuteApiEndpoint = false
    },
    exec: (r) => {
      r.OrdersService.Properties.EnableExecuteCommand = true
    },
    'a second VPC link': (r) => {
      r.Second = r.VpcLink
    },
    'a foreign group on the load balancer': (r) => {
      r.LoadBalancer.Properties.SecurityGroups.push({ Ref: 'VpcLinkSecurityGroup' })
    },
  }

  test.each(Object.entries(opened))('%s', (_, open) => {
    const template = standalone(exampleModel('.'))
    open(template.Resources)
    expect([...waysAround(template), ...shells(template)]).not.toEqual([])
  })
})
