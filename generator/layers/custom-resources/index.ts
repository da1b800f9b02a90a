import { empty, type Fragment, merge } from '../../cfn/fragment.ts'
import type { Domain } from '../../model/domain/domain.ts'
import type { Observability } from '../../model/observability/observability.ts'
import {
  WaiterEventInvokeConfig,
  WaiterFunction,
  WaiterLogGroup,
  WaiterRole,
  WriterEventInvokeConfig,
  WriterFunction,
  WriterLogGroup,
  WriterRole,
} from '../handles/custom-resources.ts'
import { lambdaFunction } from './functions.ts'

const waiter = {
  target: WaiterFunction,
  role: WaiterRole,
  logGroup: WaiterLogGroup,
  invocations: WaiterEventInvokeConfig,
}
const writer = {
  target: WriterFunction,
  role: WriterRole,
  logGroup: WriterLogGroup,
  invocations: WriterEventInvokeConfig,
}

/** The functions behind the custom resources. Each custom resource that calls one brings the rights for that call along. */
export const customResources = ({ usesZoneRole }: Domain, observability: Observability): Fragment =>
  merge(
    lambdaFunction('waiter', waiter, observability),
    usesZoneRole ? lambdaFunction('writer', writer, observability) : empty,
  )
