import * as z from 'zod'
import { serviceCatalog } from './service-catalog.ts'
import { stackSet } from './stack-set.ts'

export const delivery = z
  .strictObject({ serviceCatalog: serviceCatalog.optional(), stackSet: stackSet.optional() })
  .prefault({})
  .describe('Ways of delivery other than sam deploy')
