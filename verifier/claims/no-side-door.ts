/** No other way in through the control plane or another network. */
import type { Door, Facts } from '../facts/facts.ts'
import { serviceType } from '../facts/services.ts'
import type { Resource } from '../resolve/program.ts'
import { booleanOf, isAbsent } from '../resolve/value.ts'
import { type Editor, editorsOf } from './group-editors.ts'
import { type Claim, hop, type Judgement } from './judgement.ts'

/** Types that are a door wherever they stand in a template with something to protect. */
const doors: Readonly<Record<string, readonly [Door, string]>> = {
  'AWS::EC2::VPCEndpointService': ['endpoint-service', 'offers a load balancer to other accounts and networks'],
  'AWS::EC2::VPCPeeringConnection': ['peering', 'joins another VPC'],
  'AWS::EC2::TransitGatewayAttachment': ['transit-gateway', 'joins a transit gateway'],
  'AWS::EC2::TransitGatewayVpcAttachment': ['transit-gateway', 'joins a transit gateway'],
  'AWS::NetworkManager::VpcAttachment': ['transit-gateway', 'joins a core network'],
  'AWS::EC2::VPNConnection': ['vpn', 'joins another network'],
  'AWS::EC2::ClientVpnEndpoint': ['vpn', 'lets clients in'],
  'AWS::EC2::ClientVpnTargetNetworkAssociation': ['vpn', 'lets clients into a subnet'],
  'AWS::EC2::InstanceConnectEndpoint': ['instance-connect', 'opens connections into subnets'],
  'AWS::EC2::VerifiedAccessEndpoint': ['verified-access', 'leads to a load balancer or network interface'],
  'AWS::GlobalAccelerator::EndpointGroup': ['accelerator', 'brings the internet to its endpoints'],
  'AWS::VpcLattice::ServiceNetworkVpcAssociation': ['lattice', 'joins a service network'],
  'AWS::VpcLattice::TargetGroup': ['lattice', 'makes its targets reachable through a service'],
  'AWS::VpcLattice::ResourceGateway': ['lattice', 'makes resources of the VPC reachable'],
  'AWS::CloudFront::VpcOrigin': ['accelerator', 'brings CloudFront to a load balancer'],
}

export const noSideDoor: Claim = {
  id: 'no-side-door',
  targets: 'templates',
  judge: (facts, judgement) => {
    const { allow } = facts.around.declarations
    for (const resource of facts.all(...Object.keys(doors))) {
      const [door, does] = doors[resource.type] as readonly [Door, string]
      found(facts, judgement, resource, door, does)
    }
    for (const resource of facts.all('AWS::EC2::VPCGatewayAttachment'))
      if (!isAbsent(facts.get(resource, 'VpnGatewayId')))
        found(facts, judgement, resource, 'vpn', 'attaches a VPN gateway')
    for (const service of facts.all(serviceType)) exec(facts, judgement, service)
    if (!allow.has('group-editors')) for (const editor of editorsOf(facts)) edits(facts, judgement, editor)
    if (judgement.findings.length === 0)
      judgement.reason('no exec, endpoint service, accelerator, peering, VPN, lattice or editor of groups')
    return true
  },
}

function found(facts: Facts, judgement: Judgement, resource: Resource, door: Door, does: string): void {
  if (facts.around.declarations.allow.has(door)) {
    judgement.reason(`${resource.id} is allowed, as declared`)
    return
  }
  judgement.refute(`${resource.id} ${does}`, [hop(facts, resource)], `remove it, or declare it: --allow ${door}`)
}

function edits(facts: Facts, judgement: Judgement, editor: Editor): void {
  const { resource } = editor
  switch (editor.kind) {
    case 'certain':
      judgement.refute(
        `${resource.id} may ${editor.action}, and so open a way in`,
        [hop(facts, resource, editor.action)],
        'take the right away, or declare it: --allow group-editors',
      )
      break
    case 'perhaps':
      judgement.doubt(editor.value, 'value', `what ${resource.id} may do is not known`, [hop(facts, resource)])
      break
    case 'unread':
      judgement.gap(resource.id, '--allow group-editors', `what ${editor.what} allows ${resource.id} is not known`, [
        hop(facts, resource, editor.what),
      ])
  }
}

function exec(facts: Facts, judgement: Judgement, service: Resource): void {
  const value = facts.get(service, 'EnableExecuteCommand')
  const isEnabled = booleanOf(value, false)
  if (facts.around.declarations.allow.has('exec')) return
  if (isEnabled === undefined)
    judgement.doubt(value, 'value', `whether ${service.id} allows ECS Exec is not known`, [
      hop(facts, service, 'EnableExecuteCommand'),
    ])
  else if (isEnabled)
    judgement.refute(
      `${service.id} allows ECS Exec, a shell in its tasks`,
      [{ node: 'control plane' }, hop(facts, service, 'EnableExecuteCommand')],
      'write EnableExecuteCommand: false, or declare it: --allow exec',
    )
  if (!isAbsent(facts.get(service, 'VpcLatticeConfigurations')))
    found(facts, judgement, service, 'lattice', 'is a target of VPC Lattice')
}
