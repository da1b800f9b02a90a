import { createHandler } from '../runtime/handler.ts'
import { world } from '../runtime/world.ts'
import { aliasRecord } from './alias-record.ts'
import { certificate } from './certificate.ts'
import { clients } from './clients.ts'

export const handler = createHandler(world, {
  'Custom::PortcullisCertificate': certificate(clients),
  'Custom::PortcullisAliasRecord': aliasRecord(clients),
})
