/** All judgements, by type. */
import { compute } from './compute.ts'
import { delivery } from './delivery.ts'
import { type Judgements, merged } from './judgement.ts'
import { modelledApi } from './modelled-api.ts'
import { modelledNetwork } from './modelled-network.ts'
import { modelledRights } from './modelled-rights.ts'
import { modelledServices } from './modelled-services.ts'
import { network } from './network.ts'
import { stores } from './stores.ts'

export const judgements: Judgements = merged(
  ...network,
  ...compute,
  ...stores,
  ...delivery,
  modelledApi,
  modelledNetwork,
  modelledServices,
  modelledRights,
)
