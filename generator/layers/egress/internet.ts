/** What both forms of NAT share: tasks may open connections to the internet; nothing comes in that way. */
import { type Fragment, fragment } from '../../cfn/fragment.ts'
import { type Handle, ref } from '../../cfn/handle.ts'
import { type Entry, resource } from '../../cfn/resource.ts'
import type { EgressPorts } from '../../model/network/egress.ts'
import type { OwnNetwork } from '../../model/network/network.ts'
import { defaultRoute, InternetGateway, InternetGatewayAttachment } from '../handles/egress.ts'
import { privateRouteTable, Vpc } from '../handles/network.ts'
import { nameTags } from '../tags.ts'
import { zones } from '../zones.ts'
import { toInternet, waysToInternet } from './internet-rules.ts'
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
      ...waysToInternet(task, ports).map((way) =>
        toInternet(task, way, {
          description: 'Out through NAT',
          why: `The config asks for NAT: these tasks may open connections to the internet${way.port === 'all' ? '' : ' at this port'}.`,
        }),
      ),
    ),
  readyBefore: (task) => [...waysToInternet(task, ports).map(({ rule }) => rule), ...zones(network).map(defaultRoute)],
})
