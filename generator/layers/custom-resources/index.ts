import { empty, type Fragment, merge } from '../../cfn/fragment.ts'
import type { Domain } from '../../model/domain/domain.ts'
import type { Observability } from '../../model/observability/observability.ts'
import { WaiterFunction, WaiterRole, WriterFunction, WriterRole } from '../handles.ts'
import { lambdaFunction } from './functions.ts'

/** The functions behind the custom resources. Whoever calls one brings the rights for that call along. */
export const customResources = ({ usesZoneRole }: Domain, observability: Observability): Fragment =>
  merge(
    lambdaFunction('waiter', WaiterFunction, WaiterRole, observability),
    usesZoneRole ? lambdaFunction('writer', WriterFunction, WriterRole, observability) : empty,
  )
