/**
 * What an attacker would look for in a template, as an oracle of its own: it shares no code with the verifier and
 * knows only our logical IDs and types. Gives one sentence per way around the VPC link.
 */
import type { Json } from './read-template.ts'

type Template = { readonly Resources: Record<string, { Type: string; Properties: Json }> }

const named = (value: Json): string => JSON.stringify(value)
const group = (id: string): string => named({ 'Fn::GetAtt': [id, 'GroupId'] })

export function waysAround(template: Template): string[] {
  const resources = Object.entries(template.Resources).map(([id, { Type, Properties = {} }]) => ({
    id,
    Type,
    Properties,
  }))
  const of = (type: string) => resources.filter(({ Type }) => Type === type)
  const found: string[] = []
  const expect = (holds: boolean, sentence: string): void => {
    if (!holds) found.push(sentence)
  }

  const services = of('AWS::ECS::Service').map(({ id }) => id.replace(/Service$/, ''))
  const taskGroups = services.map((id) => `${id}TaskSecurityGroup`)
  // Tasks of jobs open connections too, and nobody opens one to them.
  const jobs = of('AWS::StepFunctions::StateMachine').map(({ id }) => id.replace(/StateMachine$/, 'TaskSecurityGroup'))
  const openers = [...taskGroups, ...jobs]
  // Our own load balancer's, or the one that is given of a load balancer of others.
  const ofBalancer = [group('LoadBalancerSecurityGroup'), named({ Ref: 'LoadBalancerSecurityGroupId' })]
  const links = [
    ...new Set(of('AWS::ApiGatewayV2::Integration').map(({ Properties }) => named(Properties.ConnectionId))),
  ]
  // A link that exists is given with its group, and then there is none of ours.
  const isGiven = links.every((link) => link === named({ Ref: 'VpcLinkId' }))
  const ofLink = isGiven ? named({ Ref: 'VpcLinkSecurityGroupId' }) : group('VpcLinkSecurityGroup')

  for (const { id, Properties } of of('AWS::ElasticLoadBalancingV2::LoadBalancer')) {
    expect(Properties.Scheme === 'internal', `${id} is not internal`)
    expect(
      named(Properties.SecurityGroups) === named([{ Ref: 'LoadBalancerSecurityGroup' }]) ||
        named(Properties.SecurityGroups) === `[${group('LoadBalancerSecurityGroup')}]`,
      `${id} has other groups than its own`,
    )
  }
  for (const { id, Properties } of of('AWS::EC2::SecurityGroup')) {
    expect(!Properties.SecurityGroupIngress, `${id} has inline ingress`)
    expect(
      Array.isArray(Properties.SecurityGroupEgress) &&
        Properties.SecurityGroupEgress.every((rule: Json) => rule.CidrIp === '255.255.255.255/32'),
      `${id} has an inline egress that reaches something`,
    )
  }
  for (const { id, Properties } of of('AWS::EC2::SecurityGroupIngress')) {
    const from = named(Properties.SourceSecurityGroupId)
    // A rule of a group that is not ours admits our tasks, and opens nothing of ours.
    const [, reaching] = /^\{"Ref":"(\w+)Reaches\w+Group"\}$/.exec(named(Properties.GroupId)) ?? []
    // One service of the config calls another, at the port of its container.
    const [, caller, callee] = /^(\w+)Calls(\w+)Ingress$/.exec(id) ?? []
    const isCall =
      taskGroups.includes(`${caller}TaskSecurityGroup`) &&
      from === group(`${caller}TaskSecurityGroup`) &&
      named(Properties.GroupId) === group(`${callee}TaskSecurityGroup`) &&
      Properties.FromPort === containerPort(resources, `${callee}TaskDefinition`)
    const allowed = {
      ...Object.fromEntries(ofBalancer.map((balancer) => [balancer, [ofLink]])),
      ...Object.fromEntries(taskGroups.map((task) => [group(task), ofBalancer])),
      [group('EndpointSecurityGroup')]: openers.map(group),
      [named({ Ref: 'EndpointSecurityGroupId' })]: openers.map(group),
      ...ofExternal(named(Properties.GroupId), taskGroups, ofBalancer),
      ...ofFileSystem(named(Properties.GroupId), openers),
      ...(reaching === undefined
        ? {}
        : {
            [named(Properties.GroupId)]: [group(`${reaching}TaskSecurityGroup`)].filter((own) =>
              openers.map(group).includes(own),
            ),
          }),
    }[named(Properties.GroupId)]
    expect(isCall || Boolean(allowed?.includes(from)), `${id} lets ${from} into ${named(Properties.GroupId)}`)
    expect(!Properties.CidrIp && !Properties.CidrIpv6 && !Properties.SourcePrefixListId, `${id} lets addresses in`)
    expect(
      Properties.IpProtocol === 'tcp' && Properties.FromPort === Properties.ToPort,
      `${id} opens more than one port`,
    )
  }
  for (const { id, Properties } of of('AWS::ECS::Service')) {
    const network = Properties.NetworkConfiguration?.AwsvpcConfiguration
    expect(network?.AssignPublicIp === 'DISABLED', `${id} gives its tasks public addresses`)
    expect(
      named(network?.SecurityGroups) === `[${group(id.replace(/Service$/, 'TaskSecurityGroup'))}]`,
      `${id} has other groups than its own`,
    )
  }
  const publicTables = of('AWS::EC2::RouteTable')
    .filter(({ id }) => id.startsWith('Public'))
    .map(({ id }) => named({ Ref: id }))
  for (const { id, Properties } of of('AWS::EC2::Route'))
    expect(
      !Properties.GatewayId || publicTables.includes(named(Properties.RouteTableId)),
      `${id} leads a private subnet to the internet`,
    )
  const privateSubnets = of('AWS::EC2::Subnet').filter(({ id }) => id.startsWith('Private'))
  for (const { id } of privateSubnets)
    expect(
      of('AWS::EC2::SubnetRouteTableAssociation').some(
        ({ Properties }) =>
          named(Properties.SubnetId) === named({ Ref: id }) && /Private/.test(named(Properties.RouteTableId)),
      ),
      `${id} has no private route table`,
    )
  const privateOnly = (subnets: Json): boolean =>
    subnets.every((subnet: Json) => /^PrivateSubnet\d(?:Id)?$/.test(subnet.Ref))
  for (const { id, Properties } of of('AWS::ElasticLoadBalancingV2::LoadBalancer'))
    expect(privateOnly(Properties.Subnets), `${id} is in public subnets`)
  for (const { id, Properties } of of('AWS::ECS::Service'))
    expect(privateOnly(Properties.NetworkConfiguration.AwsvpcConfiguration.Subnets), `${id} is in public subnets`)
  for (const { id, Properties } of of('AWS::ApiGatewayV2::Route'))
    expect(
      Properties.AuthorizationType === 'NONE' ||
        Properties.AuthorizationType === 'AWS_IAM' ||
        Boolean(Properties.AuthorizerId),
      `${id} has no authorizer`,
    )
  const hasDomain = of('AWS::ApiGatewayV2::DomainName').length > 0
  for (const { id, Properties } of of('AWS::ApiGatewayV2::Api'))
    expect(!hasDomain || Properties.DisableExecuteApiEndpoint === true, `${id} answers on execute-api too`)
  expect(
    links.length === 1 && of('AWS::ApiGatewayV2::VpcLink').length === (isGiven ? 0 : 1),
    'there is not one VPC link',
  )
  return found
}

const containerPort = (resources: readonly { id: string; Properties: Json }[], id: string): Json =>
  resources.find((each) => each.id === id)?.Properties.ContainerDefinitions[0].PortMappings[0].ContainerPort

/** Routes that anybody may call. */
export const openRoutes = (template: Template): string[] =>
  Object.values(template.Resources)
    .filter(
      ({ Type, Properties }) =>
        Type === 'AWS::ApiGatewayV2::Route' && (Properties.AuthorizationType ?? 'NONE') === 'NONE',
    )
    .map(({ Properties }) => Properties.RouteKey)
    .sort()

/** Services in whose tasks people may open a shell. */
export const shells = (template: Template): string[] =>
  Object.entries(template.Resources)
    .filter(([, { Type, Properties }]) => Type === 'AWS::ECS::Service' && Properties.EnableExecuteCommand !== false)
    .map(([id]) => id)
    .sort()

/** The group of what somebody else runs is given, and admits the load balancer. */
const ofExternal = (
  id: string,
  taskGroups: readonly string[],
  ofBalancer: readonly string[],
): Record<string, readonly string[]> => {
  const [, name] = /^\{"Ref":"(\w+TaskSecurityGroup)Id"\}$/.exec(id) ?? []
  return name === undefined || taskGroups.includes(name) ? {} : { [id]: ofBalancer }
}

/** The group of a file system lets in the tasks of its service or job, whose name its own name begins with. */
const ofFileSystem = (id: string, taskGroups: readonly string[]): Record<string, readonly string[]> => {
  const [, name] = /^\{"Fn::GetAtt":\["(\w+)FileSystemSecurityGroup"/.exec(id) ?? []
  if (name === undefined) return {}
  return { [id]: taskGroups.filter((task) => name.startsWith(task.replace(/TaskSecurityGroup$/, ''))).map(group) }
}
