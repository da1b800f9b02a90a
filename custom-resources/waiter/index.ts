import { createHandler } from '../runtime/handler.ts'
import { world } from '../runtime/world.ts'
import { certificateIssued } from './certificate-issued.ts'
import { clients } from './clients.ts'
import { isolationProbe } from './isolation-probe.ts'
import { network } from './network.ts'
import { vpcLinkReady } from './vpc-link-ready.ts'

export const handler = createHandler(world, {
  'Custom::PortcullisCertificateIssued': certificateIssued(clients),
  'Custom::PortcullisVpcLinkReady': vpcLinkReady(clients),
  'Custom::PortcullisIsolationProbe': isolationProbe(network),
})
