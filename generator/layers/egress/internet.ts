/** What both forms of NAT share: tasks may open connections to the internet; nothing comes in that way. */
import { type Fragment, fragment } from '../../cfn/fragment.ts'
import { getAtt, type Handle, ref } from '../../cfn/handle.ts'
import { type Entry, resource } from '../../cfn/resource.ts'
import type { EgressPorts } from '../../model/network/egress.ts'
import type { OwnNetwork } from '../../model/network/network.ts'
import type { Task } from '../../model/task/task.ts'
import { defaultRoute, InternetGateway, InternetGatewayAttachment } from '../handles/egress.ts'
import { privateRouteTable, Vpc } from '../handles/network.ts'
import { taskEgressToInternet, taskEgressToInternetPort, taskSecurityGroup } from '../handles/task.ts'
import { nameTags } from '../tags.ts'
import { zones } from '../zones.ts'
import type { WayOut } from './way-out.ts'

export const internetGateway = (): Fragment =>
  fragment(
    resource(InternetGateway, { Tags: nameTags('internet-gateway') }),
    resource(InternetGatewayAttachment, { VpcId: ref(Vpc), InternetGatewayId: ref(InternetGateway) }),
  )

export const defaultRouteTo = (zone: number, gateway: Handle<'AWS::EC2::NatGateway'>): Entry =>
  resource(defaultRoute(zone), {
    RouteTableId: ref(privateRouteTable(zone)),
    DestinationCidrBlock: '0.0.0.0/0',
    NatGatewayId: ref(gateway),
  })

export const throughNat = (network: OwnNetwork, ports: EgressPorts, resources: WayOut['resources']): WayOut => ({
  resources,
  taskRules: (task) =>
    fragment(
      ...waysOf(task, ports).map(({ rule, opens, says }) =>
        resource(
          rule,
          {
            GroupId: getAtt(taskSecurityGroup(task), 'GroupId'),
            ...opens,
            CidrIp: '0.0.0.0/0',
            Description: 'Out through NAT',
          },
          { why: `The config asks for NAT: these tasks may open connections to the internet${says}.` },
        ),
      ),
    ),
  readyBefore: (task) => [...waysOf(task, ports).map(({ rule }) => rule), ...zones(network).map(defaultRoute)],
})

/** Names are looked up at the VPC's own address, which no group filters, so that no port is needed for them. */
const waysOf = (task: Task, ports: EgressPorts) =>
  ports === 'all'
    ? [{ rule: taskEgressToInternet(task), opens: { IpProtocol: '-1' }, says: '' }]
    : [...new Set([...ports, ...task.internetPorts])].map((port) => ({
        rule: taskEgressToInternetPort(task, port),
        opens: { IpProtocol: 'tcp', FromPort: port, ToPort: port },
        says: ' at this port',
      }))
