import { empty, type Fragment, fragment } from '../../cfn/fragment.ts'
import { pseudo } from '../../cfn/intrinsics.ts'
import { resource } from '../../cfn/resource.ts'
import type { Running } from '../../model/service/running.ts'
import { ServiceNamespace } from '../handles/cluster.ts'
import { nameTags } from '../tags.ts'

/** Where the names of services that others call are kept; it needs no hosted zone, since their proxies know them. */
export const namespace = (running: readonly Running[]): Fragment =>
  running.some(({ callees }) => callees.length > 0)
    ? fragment(resource(ServiceNamespace, { Name: pseudo('StackName'), Tags: nameTags('services') }))
    : empty
