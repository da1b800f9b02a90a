import { type Fragment, fragment } from '../../cfn/fragment.ts'
import { resource } from '../../cfn/resource.ts'
import { Cluster } from '../handles/cluster.ts'
import { nameTags } from '../tags.ts'

export const cluster = (): Fragment => fragment(resource(Cluster, { Tags: nameTags('cluster') }))
