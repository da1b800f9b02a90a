/** What a route leads to by its `GatewayId`. */
import type { Facts } from '../facts/facts.ts'
import { resourceOf } from '../facts/identity.ts'
import { textOf, type Value } from '../resolve/value.ts'
import type { Known } from './known.ts'

export type Gateway = 'local' | 'internet' | 'nat' | 'vpn'

const types: Readonly<Record<string, Gateway>> = {
  'AWS::EC2::InternetGateway': 'internet',
  'AWS::EC2::CarrierGateway': 'internet',
  'AWS::EC2::EgressOnlyInternetGateway': 'nat',
  'AWS::EC2::NatGateway': 'nat',
  'AWS::EC2::VPNGateway': 'vpn',
}
const prefixes: Readonly<Record<string, Gateway>> = {
  'igw-': 'internet',
  'cagw-': 'internet',
  'eigw-': 'nat',
  // EC2 takes the id of a NAT gateway there too.
  'nat-': 'nat',
  'vgw-': 'vpn',
}

/**
 * The kind of a gateway that is given, by its type or the form of its id; anything else may be any of them:
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateRoute.html
 */
export function gatewayOf(facts: Facts, value: Value): Known<Gateway> {
  const own = resourceOf(facts, value, ...Object.keys(types))
  const text = textOf(value)
  const kind =
    text === 'local'
      ? 'local'
      : own
        ? types[own.type]
        : Object.entries(prefixes).find(([prefix]) => text?.startsWith(prefix))?.[1]
  return kind === undefined ? { unknown: value } : { known: kind }
}
