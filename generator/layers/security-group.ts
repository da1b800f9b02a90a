import { getAtt, type Handle, ref } from '../cfn/handle.ts'
import { type Entry, resource } from '../cfn/resource.ts'
import { Vpc } from './handles/network.ts'
import { nameTags } from './tags.ts'

/**
 * A group that lets nothing in and nothing out. Its rules are resources of their own, so that groups may name each other.
 * Without any inline egress rule EC2 would add one that allows everything (AWS: aws-resource-ec2-securitygroup).
 */
export const closedGroup = (
  target: Handle<'AWS::EC2::SecurityGroup'>,
  what: string,
  role: string,
  why?: string,
): Entry =>
  resource(
    target,
    {
      VpcId: ref(Vpc),
      GroupDescription: `${what}: rules are separate resources`,
      SecurityGroupEgress: [
        {
          IpProtocol: 'tcp',
          FromPort: 1,
          ToPort: 1,
          CidrIp: '255.255.255.255/32',
          Description: 'Nothing: stands for the allow-all default',
        },
      ],
      Tags: nameTags(role),
    },
    why ? { why } : {},
  )

type Group = Handle<'AWS::EC2::SecurityGroup'>

type Way = {
  readonly from: Group
  readonly to: Group
  readonly port: number
  readonly egress: { readonly rule: Handle<'AWS::EC2::SecurityGroupEgress'>; readonly says: string }
  readonly ingress: {
    readonly rule: Handle<'AWS::EC2::SecurityGroupIngress'>
    readonly says: string
    readonly why?: string
  }
}

/** Both sides of a way between two groups, by their identity: the one may open it, and the other lets it in. */
export const between = ({ from, to, port, egress, ingress }: Way): readonly [egress: Entry, ingress: Entry] => {
  const ports = { IpProtocol: 'tcp', FromPort: port, ToPort: port }
  return [
    resource(egress.rule, {
      GroupId: getAtt(from, 'GroupId'),
      DestinationSecurityGroupId: getAtt(to, 'GroupId'),
      Description: egress.says,
      ...ports,
    }),
    resource(
      ingress.rule,
      {
        GroupId: getAtt(to, 'GroupId'),
        SourceSecurityGroupId: getAtt(from, 'GroupId'),
        Description: ingress.says,
        ...ports,
      },
      ingress.why ? { why: ingress.why } : {},
    ),
  ]
}
