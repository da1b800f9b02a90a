import { empty, type Fragment, merge } from '../../cfn/fragment.ts'
import type { Api } from '../../model/api/api.ts'
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
export const customResources = (domain: Domain, api: Api, observability: Observability): Fragment =>
  merge(
    waits(domain, api) ? lambdaFunction('waiter', waiter, observability) : empty,
    domain.usesZoneRole ? lambdaFunction('writer', writer, observability) : empty,
  )

/** For a link or a certificate, or for the probe. */
const waits = ({ certificate }: Domain, { link, probe }: Api): boolean =>
  link.kind === 'new' || certificate.kind === 'zone-role' || probe !== undefined
