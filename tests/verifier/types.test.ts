import { expect, test } from '@jest/globals'
import { attributesByHand } from '../../verifier/facts/types/attributes.ts'
import { compute } from '../../verifier/facts/types/compute.ts'
import { delivery } from '../../verifier/facts/types/delivery.ts'
import { type Judgement, merged, pathsOf } from '../../verifier/facts/types/judgement.ts'
import { judgements } from '../../verifier/facts/types/judgements.ts'
import { modelledApi } from '../../verifier/facts/types/modelled-api.ts'
import { modelledNetwork } from '../../verifier/facts/types/modelled-network.ts'
import { modelledRights } from '../../verifier/facts/types/modelled-rights.ts'
import { modelledServices } from '../../verifier/facts/types/modelled-services.ts'
import { isNetworkName } from '../../verifier/facts/types/names.ts'
import { network } from '../../verifier/facts/types/network.ts'
import { leaves, parseTree, type Tree, treeAt } from '../../verifier/facts/types/paths.ts'
import { properties } from '../../verifier/facts/types/registry.gen.ts'
import { stores } from '../../verifier/facts/types/stores.ts'
import {
  attributeOf,
  carrierPaths,
  classOf,
  doors,
  hasProperty,
  knownTypes,
  passivePaths,
  propertyJudgement,
  reasonOf,
  roleOf,
} from '../../verifier/facts/types/table.ts'

const listed = [
  ...[compute, delivery, network, stores].flat(),
  ...[modelledApi, modelledNetwork, modelledRights, modelledServices],
]
const withPaths = Object.keys(properties)
const trees = new Map<string, Tree>(withPaths.map((type) => [type, parseTree(properties[type] as string)]))
const treeOf = (type: string): Tree => trees.get(type) as Tree
const leavesOfAll = withPaths.flatMap((type) => leaves(treeOf(type)).map((path): [string, string] => [type, path]))
const modelled = Object.entries(judgements).filter(([, each]) => each.class === 'modelled')

test('every type of the registry has a class', () => {
  expect(knownTypes().size).toBeGreaterThan(1_800)
  expect([...knownTypes()].filter((type) => classOf(type) === undefined)).toEqual([])
})

test('what the table does not know has no class, property or attribute', () => {
  for (const type of ['AWS::New::Thing', 'Custom::Thing', 'Acme::Net::Thing', 'AWS::EC2::VPC::MODULE', 'constructor']) {
    expect(classOf(type)).toBeUndefined()
    expect(hasProperty(type, 'Name')).toBe(false)
    expect(roleOf(type, 'Tags')).toBeUndefined()
    expect(attributeOf(type, 'Arn')).toBeUndefined()
    expect(attributeOf(type, '')).toBeUndefined()
  }
  expect(hasProperty('AWS::EC2::VPC', 'constructor')).toBe(false)
  expect(roleOf('AWS::ECS::Service', 'NewProperty.Of2030')).toBeUndefined()
  expect(propertyJudgement('AWS::ECS::Service', 'DeploymentConfiguration.Of2030')).toBeUndefined()
})

test('every judged type is in the registry, and is judged once', () => {
  const all = listed.flatMap((each) => Object.keys(merged(each)))
  expect(all.filter((type) => !knownTypes().has(type))).toEqual([])
  expect(all.filter((type, at) => all.indexOf(type) !== at)).toEqual([])
  expect(Object.keys(judgements)).toHaveLength(all.length)
  expect(all.filter((type) => !reasonOf(type))).toEqual([])
})

test('every judged path is in the schema of its type', () => {
  // Several types may share one judgement: a path has to be in one of them.
  const sharers = new Map<Judgement['roles'], string[]>()
  for (const [type, { roles }] of Object.entries(judgements)) sharers.set(roles, [...(sharers.get(roles) ?? []), type])
  const pathsIn = ({ roles, read, unread, harmless }: Judgement): string[] =>
    [...Object.values(roles), read, unread, ...Object.values(harmless ?? {})].flatMap((paths) => pathsOf(paths))
  const wrong = [...sharers.values()].flatMap((types) =>
    pathsIn(judgements[types[0] as string] as Judgement)
      .filter((path) => !types.some((type) => treeAt(treeOf(type), path) !== undefined))
      .map((path) => `${types[0]} ${path}`),
  )
  expect(wrong).toEqual([])
})

test('every property of a modelled type is read, harmless or listed as unread', () => {
  const open = modelled.flatMap(([type, judgement]) =>
    leaves(treeOf(type))
      .filter((path) => propertyJudgement(type, path) === undefined)
      .filter((path) => !pathsOf(judgement.unread).some((each) => path === each || path.startsWith(`${each}.`)))
      .map((path) => `${type} ${path}`),
  )
  expect(modelled.length).toBeGreaterThan(80)
  expect(open).toEqual([])
})

test('no property that by its format or name says a group, subnet or VPC is left without a role', () => {
  let seen = 0
  // What a container does with a property is not judged at all.
  const asked = withPaths.filter((type) => classOf(type) !== 'container')
  const open = asked.flatMap((type) =>
    leaves(treeOf(type))
      .filter((path) => {
        const here = treeAt(treeOf(type), path)
        return isNetworkName(path) || (here !== 'free' && here?.isNetwork)
      })
      .filter((path) => {
        seen++
        return roleOf(type, path) === undefined
      })
      .map((path) => `${type} ${path}`),
  )
  expect(seen).toBeGreaterThan(500)
  expect(open).toEqual([])
})

test('what is listed beside the subnet of an interface as its groups is what the interface carries', () => {
  const groups = leavesOfAll.filter(([type, path]) => {
    const above = path.split('.').slice(0, -1)
    const beside = treeAt(treeOf(type), above.join('.'))
    const names = above.length === 0 || beside === 'free' || !beside ? [] : [...beside.entries.keys()]
    return (
      /(^|\.)(Groups?|GroupIds?|GroupSet|SecurityGroup\w*)$/.test(path) && names.some((name) => /subnet/i.test(name))
    )
  })
  const harmless = groups.filter(([type, path]) => ['data', 'shown', undefined].includes(roleOf(type, path)))
  expect(groups.length).toBeGreaterThan(90)
  expect(harmless).toEqual([])
})

test('every door is a type that the table judged, with its property', () => {
  expect(doors.filter(({ type }) => !['modelled', 'judged'].includes(classOf(type) ?? ''))).toEqual([])
  expect(doors.filter(({ type, property }) => property !== undefined && !hasProperty(type, property))).toEqual([])
})

test('what an attribute echoes or comes from exists', () => {
  const wrong = Object.entries(attributesByHand).flatMap(([type, each]) =>
    Object.entries(each)
      .filter(([, said]) => {
        const source = typeof said === 'object' && 'property' in said ? said.property : undefined
        const isPlace = source === undefined || !properties[type] || hasProperty(type, source)
        return !isPlace
      })
      .map(([name]) => `${type} ${name}`),
  )
  expect(wrong).toEqual([])
})

test.each([
  ['AWS::Lambda::NetworkConnector', 'Configuration.VpcEgressConfiguration.SecurityGroupIds', 'carrier'],
  ['AWS::Lambda::CapacityProvider', 'VpcConfig.SubnetIds', 'carrier'],
  ['AWS::Lambda::EventSourceMapping', 'SourceAccessConfigurations.URI', 'carrier'],
  ['AWS::RDS::DBProxy', 'VpcSecurityGroupIds', 'carrier'],
  ['AWS::ElastiCache::ReplicationGroup', 'SecurityGroupIds', 'passive'],
  ['AWS::EFS::MountTarget', 'SecurityGroups', 'passive'],
  ['AWS::EC2::VPCEndpoint', 'SecurityGroupIds', 'passive'],
  ['AWS::SecretsManager::RotationSchedule', 'HostedRotationLambda.VpcSecurityGroupIds', 'carrier'],
  ['AWS::AutoScaling::AutoScalingGroup', 'TargetGroupARNs', 'owner'],
  [
    'AWS::CodeDeploy::DeploymentGroup',
    'LoadBalancerInfo.TargetGroupPairInfoList.ProdTrafficRoute.ListenerArns',
    'peer',
  ],
  ['AWS::RAM::ResourceShare', 'ResourceArns', 'owner'],
  ['AWS::GlobalAccelerator::CrossAccountAttachment', 'Resources.EndpointId', 'target'],
  ['AWS::SecurityHub::Insight', 'Filters.ResourceAwsEc2InstanceVpcId', 'data'],
  ['AWS::CloudWatch::Dashboard', 'DashboardBody', 'data'],
  ['AWS::Lambda::Function', 'Environment.Variables.GROUP', 'shown'],
  ['AWS::ECS::TaskDefinition', 'ContainerDefinitions.Environment.Value', 'shown'],
  ['AWS::Connect::Instance', 'Tags.Value', 'shown'],
  ['AWS::Connect::Instance', 'DirectoryId', undefined],
  ['AWS::CloudFormation::Stack', 'Parameters.Group', undefined],
  // Not known at all, the whole may be what weighs most in it.
  ['AWS::Lambda::Function', 'VpcConfig', 'carrier'],
  ['AWS::ECS::Service', 'NetworkConfiguration', 'carrier'],
  ['AWS::EC2::Instance', 'NetworkInterfaces', 'carrier'],
  ['AWS::ElasticLoadBalancingV2::Listener', 'DefaultActions', 'target'],
  ['AWS::Serverless::Function', 'Events.Any.Properties.Auth.ResourcePolicy.SourceVpcWhitelist', 'peer'],
])('%s %s: %s', (type, path, role) => {
  expect(roleOf(type, path)).toBe(role)
})

test.each([
  ['AWS::EC2::SecurityGroup', '', { kind: 'identity', names: ['GroupName'] }],
  ['AWS::EC2::SecurityGroup', 'GroupId', { kind: 'identity', names: ['GroupName'] }],
  ['AWS::EC2::SecurityGroup', 'VpcId', { kind: 'echo', property: 'VpcId' }],
  ['AWS::EC2::Subnet', 'VpcId', { kind: 'echo', property: 'VpcId' }],
  ['AWS::EC2::VPC', 'DefaultSecurityGroup', { kind: 'default-group' }],
  ['AWS::EC2::VPC', 'CidrBlockAssociations', { kind: 'data' }],
  ['AWS::ElasticLoadBalancingV2::LoadBalancer', 'SecurityGroups', { kind: 'echo', property: 'SecurityGroups' }],
  ['AWS::ElasticLoadBalancingV2::LoadBalancer', 'LoadBalancerFullName', { kind: 'identity', names: ['Name'] }],
  ['AWS::ElasticLoadBalancingV2::LoadBalancer', 'DNSName', { kind: 'data' }],
  ['AWS::ElasticLoadBalancingV2::TargetGroup', 'LoadBalancerArns', { kind: 'foreign', of: 'load-balancer' }],
  ['AWS::SSM::Parameter', 'Value', { kind: 'echo', property: 'Value' }],
  ['AWS::SSM::Parameter', '', { kind: 'identity', names: ['Name'] }],
  ['AWS::ECS::TaskDefinition', 'TaskDefinitionArn', { kind: 'identity', names: [] }],
  ['AWS::EC2::LaunchTemplate', 'LaunchTemplateId', { kind: 'identity', names: ['LaunchTemplateName'] }],
  ['AWS::EC2::NetworkInterface', 'VpcId', { kind: 'foreign', of: 'vpc', property: 'SubnetId' }],
  ['AWS::RDS::DBInstance', 'Endpoint.Address', { kind: 'data' }],
  ['AWS::Logs::LogGroup', '', { kind: 'identity', names: ['LogGroupName'] }],
  ['AWS::CloudFormation::Stack', 'Outputs.Group', undefined],
  ['AWS::CloudFormation::CustomResource', 'Group', undefined],
])('%s.%s gives %j', (type, attribute, expected) => {
  expect(attributeOf(type, attribute)).toEqual(expected)
})

test('free JSON has any property, closed maps have any key, and nothing else has', () => {
  expect(hasProperty('AWS::ApiGatewayV2::Api', 'Body.paths./orders.get')).toBe(true)
  expect(hasProperty('AWS::Lambda::Function', 'Environment.Variables.ANY')).toBe(true)
  expect(hasProperty('AWS::Lambda::Function', 'Environment.Other')).toBe(false)
  expect(hasProperty('AWS::ECS::Service', 'GatewayConnectors.PortName')).toBe(true)
  expect(hasProperty('AWS::ECS::Service', 'ServiceArn')).toBe(false)
})

test('the paths of interfaces are found', () => {
  expect(carrierPaths('AWS::ECS::Service')).toEqual([
    'NetworkConfiguration.AwsvpcConfiguration.SecurityGroups',
    'NetworkConfiguration.AwsvpcConfiguration.Subnets',
  ])
  expect(carrierPaths('AWS::EC2::SecurityGroupIngress')).toEqual([])
  expect(passivePaths('AWS::EC2::VPCEndpoint')).toEqual(['SecurityGroupIds', 'SubnetIds'])
})

test('a property is read, harmless or nobody knows', () => {
  expect(propertyJudgement('AWS::ECS::Service', 'GatewayConnectors')).toBe('read')
  expect(propertyJudgement('AWS::ECS::Service', 'DesiredCount')).toBe('read')
  expect(propertyJudgement('AWS::ECS::Service', 'DeploymentConfiguration.MaximumPercent')).toBe('harmless')
  expect(propertyJudgement('AWS::ECS::Service', 'DeploymentConfiguration.LifecycleHooks')).toBe('read')
  expect(propertyJudgement('AWS::EC2::Instance', 'AdditionalInfo')).toBeUndefined()
  expect(propertyJudgement('AWS::S3::Bucket', 'BucketName')).toBeUndefined()
})
