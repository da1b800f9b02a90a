// Moments of an update, judged by hand before `diff` saw them: CloudFormation creates and updates in the order of the new
// template's dependencies, removes last and the other way round, and may stop anywhere.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { codeOf } from '../../../generator/commands/assets.ts'
import { diff } from '../../../verifier/index.ts'
import { assets } from '../../support/examples.ts'
import { type Json, readTemplate } from '../../support/read-template.ts'

const base: Json = readTemplate(readFileSync('templates/standalone.yaml', 'utf8'))
const code = codeOf(assets)

const judged = (before: Json, after: Json, declarations = {}) => {
  const side = (template: Json) => ({
    templates: [{ path: 'template.json', text: JSON.stringify(template, null, 1) }],
    readFile: () => undefined,
  })
  return diff({ before: side(before), after: side(after), ownFunctions: code, declarations })
}
const edited = (template: Json, change: (resources: Json, template: Json) => void): Json => {
  const copy = structuredClone(template)
  change(copy.Resources, copy)
  return copy
}
const group = (more: Json = {}): Json => ({
  Type: 'AWS::EC2::SecurityGroup',
  Properties: {
    GroupDescription: 'another',
    VpcId: { Ref: 'Vpc' },
    SecurityGroupEgress: [{ CidrIp: '255.255.255.255/32', IpProtocol: 'icmp', FromPort: 252, ToPort: 86 }],
    ...more,
  },
})
const anyone = (GroupId: Json, more: Json = {}): Json => ({
  Type: 'AWS::EC2::SecurityGroupIngress',
  Properties: { GroupId, IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '0.0.0.0/0' },
  ...more,
})

type Case = {
  readonly name: string
  readonly before?: (resources: Json, template: Json) => void
  readonly after: (resources: Json, template: Json) => void
  readonly verdict: 'safe' | 'opens'
  /** The claim that a moment breaks. */
  readonly claim?: string
  /** What is done, and what is not yet, in that moment. */
  readonly done?: readonly string[]
  readonly notYet?: readonly string[]
}

const spare = (resources: Json): void => {
  resources.Spare = group()
  resources.SpareIngress = {
    Type: 'AWS::EC2::SecurityGroupIngress',
    Properties: {
      GroupId: { Ref: 'Spare' },
      IpProtocol: 'tcp',
      FromPort: 443,
      ToPort: 443,
      SourceSecurityGroupId: { Ref: 'VpcLinkSecurityGroup' },
    },
  }
}
const moveToSpare = (resources: Json): void => {
  resources.LoadBalancer.Properties.SecurityGroups = [{ Ref: 'Spare' }]
}

const cases: readonly Case[] = [
  {
    name: 'a new image: the old revision runs until the new one does',
    after: (resources) => {
      resources.OrdersTaskDefinition.Properties.ContainerDefinitions[0].Cpu = 128
    },
    verdict: 'safe',
  },
  {
    name: 'another group for the link: its rules are made before the old ones go, each by identity',
    after: (resources) => {
      resources.VpcLinkSecurityGroup.Properties.GroupDescription = 'another'
    },
    verdict: 'safe',
  },
  {
    name: 'another group for the load balancer, without a rule for anyone else at any time',
    before: spare,
    after: (resources) => {
      spare(resources)
      moveToSpare(resources)
    },
    verdict: 'safe',
  },
  {
    name: 'the load balancer moves to a group whose open rule goes with the update: removals come last',
    before: (resources) => {
      spare(resources)
      resources.Open = anyone({ Ref: 'Spare' })
    },
    after: (resources) => {
      spare(resources)
      moveToSpare(resources)
    },
    verdict: 'opens',
    claim: 'sole-entrance',
    done: ['LoadBalancer'],
    notYet: ['Open'],
  },
  {
    name: 'the group that the load balancer leaves is opened, and nothing says that it has left before',
    before: spare,
    after: (resources) => {
      spare(resources)
      moveToSpare(resources)
      resources.Open = anyone({ Ref: 'LoadBalancerSecurityGroup' })
    },
    verdict: 'opens',
    claim: 'sole-entrance',
    done: ['Open'],
    notYet: ['LoadBalancer'],
  },
  {
    name: 'the same, but the rule waits for the load balancer',
    before: spare,
    after: (resources) => {
      spare(resources)
      moveToSpare(resources)
      resources.Open = anyone({ Ref: 'LoadBalancerSecurityGroup' }, { DependsOn: 'LoadBalancer' })
    },
    verdict: 'safe',
  },
  {
    name: 'the same through another resource, which itself does not change',
    before: (resources) => {
      spare(resources)
      resources.Between = { Type: 'AWS::SNS::Topic', DependsOn: 'LoadBalancer' }
    },
    after: (resources) => {
      spare(resources)
      moveToSpare(resources)
      resources.Between = { Type: 'AWS::SNS::Topic', DependsOn: 'LoadBalancer' }
      resources.Open = anyone({ Ref: 'LoadBalancerSecurityGroup' }, { DependsOn: ['Between'] })
    },
    verdict: 'safe',
  },
  {
    name: 'a rule for anyone changes into one for the link, while the load balancer takes its group',
    before: (resources) => {
      resources.Spare = group()
      resources.SpareIngress = anyone({ Ref: 'Spare' })
    },
    after: (resources) => {
      spare(resources)
      moveToSpare(resources)
    },
    verdict: 'opens',
    claim: 'sole-entrance',
    done: ['LoadBalancer'],
    notYet: ['SpareIngress'],
  },
  {
    name: 'a rule in the group itself closes in place before the load balancer takes it, since it refers to the group',
    before: (resources) => {
      spare(resources)
      resources.Spare.Properties.SecurityGroupIngress = [
        { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '0.0.0.0/0' },
      ]
    },
    after: (resources) => {
      spare(resources)
      moveToSpare(resources)
    },
    verdict: 'safe',
  },
  {
    name: 'the custom domain goes: the execute-api endpoint is on again before the domain is gone',
    after: (resources, template) => {
      resources.HttpApi.Properties.DisableExecuteApiEndpoint = false
      for (const id of [
        'ApiDomainName',
        'ApiMapping',
        'ApiAliasA',
        'ApiAliasAaaa',
        'AliasRecord',
        'AliasRecordIpv6',
        'IsolationProbe',
      ])
        delete resources[id]
      for (const [id, each] of Object.entries<Json>(resources))
        if (/ApiDomainName/.test(JSON.stringify(each.Properties ?? {}))) delete resources[id]
      for (const [id, each] of Object.entries<Json>(template.Outputs ?? {}))
        if (/ApiDomainName|ApiMapping/.test(JSON.stringify(each))) delete template.Outputs[id]
    },
    verdict: 'opens',
    claim: 'no-bypass',
    done: ['HttpApi'],
  },
  {
    name: 'the custom domain comes: the execute-api endpoint is off before the mapping is there',
    before: (resources, template) => {
      resources.HttpApi.Properties.DisableExecuteApiEndpoint = false
      for (const [id, each] of Object.entries<Json>(resources))
        if (/^Api(?:DomainName|Mapping)$/.test(id) || /ApiDomainName/.test(JSON.stringify(each.Properties ?? {})))
          delete resources[id]
      for (const [id, each] of Object.entries<Json>(template.Outputs ?? {}))
        if (/ApiDomainName|ApiMapping/.test(JSON.stringify(each))) delete template.Outputs[id]
    },
    after: () => undefined,
    verdict: 'safe',
  },
  {
    name: 'a task leaves a group that is opened for anyone meanwhile',
    before: (resources) => {
      resources.Spare = group()
    },
    after: (resources) => {
      resources.Spare = group()
      resources.SpareFromLoadBalancer = {
        ...anyone({ Ref: 'Spare' }),
        Properties: {
          ...resources.OrdersTaskIngressFromLoadBalancer.Properties,
          GroupId: { Ref: 'Spare' },
        },
      }
      resources.OrdersService.Properties.NetworkConfiguration.AwsvpcConfiguration.SecurityGroups = [{ Ref: 'Spare' }]
      resources.Open = {
        ...anyone({ 'Fn::GetAtt': ['OrdersTaskSecurityGroup', 'GroupId'] }),
      }
      resources.Open.Properties.FromPort = 8080
      resources.Open.Properties.ToPort = 8080
      resources.Open.Properties.CidrIp = '10.0.0.0/8'
    },
    verdict: 'opens',
    claim: 'sole-entrance',
    done: ['Open'],
    notYet: ['OrdersService'],
  },
]

describe('judged by hand', () => {
  test('there are enough of them, and half are safe', () => {
    expect(cases.length).toBeGreaterThanOrEqual(10)
    expect(cases.filter(({ verdict }) => verdict === 'safe').length).toBeGreaterThanOrEqual(cases.length / 2)
  })

  test.each(cases.map((each) => [`${each.verdict}: ${each.name}`, each] as const))('%s', (_, each) => {
    const before = edited(base, each.before ?? (() => undefined))
    const update = judged(before, edited(base, each.after))
    // What is open all the time is no matter of a moment.
    const open = update.verdict.claims.filter(({ after }) => after === 'refuted').map(({ id }) => id)
    expect(open).not.toContain(each.claim)
    expect({ ...update.steps, findings: update.steps.verdict === 'safe' ? update.steps.findings : [] }).toEqual({
      verdict: each.verdict,
      findings: [],
    })
    if (each.claim === undefined) return
    const found = update.steps.findings.filter(({ id, verdict }) => id === each.claim && verdict === 'opens')
    const moments = found.map((finding) => ({
      done: finding.done.map((step) => step.replace(/^.*\//, '')),
      notYet: finding.notYet.map((step) => step.replace(/^.*\//, '')),
    }))
    expect(moments).toContainEqual({
      done: expect.arrayContaining([...(each.done ?? [])]),
      notYet: expect.arrayContaining([...(each.notYet ?? [])]),
    })
  })
})
