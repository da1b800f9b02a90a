import type { Network } from '../../model/network/network.ts'
import { endpoints } from './endpoints.ts'
import { existing } from './existing.ts'
import { nat } from './nat.ts'
import { regionalNat } from './regional-nat.ts'
import type { WayOut } from './way-out.ts'

/** Either endpoints or NAT, never both: no internet route unless the config asks for NAT. An existing VPC has its own. */
export const wayOut = (network: Network): WayOut => {
  if (network.kind === 'existing') return existing(network.egress)
  const { egress } = network
  switch (egress.kind) {
    case 'endpoints':
      return endpoints(network, egress)
    case 'nat':
      return nat(network, egress.ports)
    case 'regional-nat':
      return regionalNat(network, egress.ports)
  }
}
