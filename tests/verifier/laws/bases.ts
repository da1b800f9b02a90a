/** Templates that the laws start from, and what plays which part in them. */
import { readFileSync } from 'node:fs'
import { type Json, readTemplate } from '../../support/read-template.ts'

/** Logical IDs of what is protected. */
export type Roles = {
  readonly vpc: string
  readonly subnet: string
  readonly table: string
  readonly linkGroup: string
  readonly balancerGroup: string
  readonly taskGroup: string
  readonly loadBalancer: string
  readonly listener: string
  readonly targetGroup: string
  readonly service: string
  readonly api: string
  readonly link: string
  readonly authorizer: string
}

export type Base = { readonly name: string; readonly template: Json; readonly roles: Roles }

const read = (path: string): Json => readTemplate(readFileSync(path, 'utf8'))

/** A gateway that no table leads to: without one, many a door would be no way in. */
function withGateway(template: Json): Json {
  Object.assign(template.Resources, {
    Igw: { Type: 'AWS::EC2::InternetGateway', Properties: {} },
    IgwAttachment: {
      Type: 'AWS::EC2::VPCGatewayAttachment',
      Properties: { VpcId: { Ref: 'Vpc' }, InternetGatewayId: { Ref: 'Igw' } },
    },
  })
  return template
}

export const isolated: Base = {
  name: 'isolated',
  template: withGateway(read('tests/verifier/cases/isolated.yaml')),
  roles: {
    vpc: 'Vpc',
    subnet: 'SubnetA',
    table: 'RouteTable',
    linkGroup: 'LinkGroup',
    balancerGroup: 'BalancerGroup',
    taskGroup: 'TaskGroup',
    loadBalancer: 'LoadBalancer',
    listener: 'Listener',
    targetGroup: 'TargetGroup',
    service: 'Service',
    api: 'Api',
    link: 'Link',
    authorizer: 'Authorizer',
  },
}

export const standalone: Base = {
  name: 'standalone',
  template: withGateway(read('templates/standalone.yaml')),
  roles: {
    vpc: 'Vpc',
    subnet: 'PrivateSubnet1',
    table: 'PrivateRouteTable1',
    linkGroup: 'VpcLinkSecurityGroup',
    balancerGroup: 'LoadBalancerSecurityGroup',
    taskGroup: 'OrdersTaskSecurityGroup',
    loadBalancer: 'LoadBalancer',
    listener: 'HttpsListener',
    targetGroup: 'OrdersTargetGroup',
    service: 'OrdersService',
    api: 'HttpApi',
    link: 'VpcLink',
    authorizer: 'CustomersJwtAuthorizer',
  },
}

/** Of others: not safe, and with other spellings than ours. */
export const foreign: readonly { readonly name: string; readonly template: Json }[] = [
  '27-http-api-alb-ec2.yaml',
  '16-cdk-http-api-alb.json',
].map((name) => ({ name, template: read(`tests/verifier/foreign/${name}`) }))
