import { empty, type Fragment, merge } from '../../cfn/fragment.ts'
import type { Model } from '../../model/model.ts'
import { WaiterFunction, WaiterRole, WriterFunction, WriterRole } from '../handles.ts'
import { lambdaFunction } from './functions.ts'

/** The functions behind the custom resources. Whoever calls one brings the rights for that call along. */
export const customResources = (model: Model): Fragment =>
  merge(
    lambdaFunction('waiter', WaiterFunction, WaiterRole),
    model.domain.usesZoneRole ? lambdaFunction('writer', WriterFunction, WriterRole) : empty,
  )
