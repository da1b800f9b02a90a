import { fragment, merge } from '../../cfn/fragment.ts'
import { ref } from '../../cfn/handle.ts'
import { resource } from '../../cfn/resource.ts'
import type { EgressPorts } from '../../model/network/egress.ts'
import type { OwnNetwork } from '../../model/network/network.ts'
import { InternetGatewayAttachment, RegionalNatGateway } from '../handles/egress.ts'
import { Vpc } from '../handles/network.ts'
import { nameTags } from '../tags.ts'
import { zones } from '../zones.ts'
import { defaultRouteTo, internetGateway, throughNat } from './internet.ts'
import type { WayOut } from './way-out.ts'

export const regionalNat = (network: OwnNetwork, ports: EgressPorts): WayOut =>
  throughNat(network, ports, () =>
    merge(
      internetGateway(),
      fragment(
        resource(
          RegionalNatGateway,
          { AvailabilityMode: 'regional', ConnectivityType: 'public', VpcId: ref(Vpc), Tags: nameTags('nat') },
          {
            dependsOn: [InternetGatewayAttachment],
            why: 'One gateway that follows the tasks into their zones and needs no public subnet (AWS: nat-gateways-regional).',
          },
        ),
        ...zones(network).map((zone) => defaultRouteTo(zone, RegionalNatGateway)),
      ),
    ),
  )
