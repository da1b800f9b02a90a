import type { Layer } from '../layers/layer.ts'
import type { Model } from '../model/model.ts'
import type { OutputFile } from './assets.ts'
import { launchRole } from './launch-role/index.ts'
import type { Format } from './printed.ts'
import type { Companion } from './samconfig.ts'
import { serviceCatalog } from './service-catalog.ts'
import { stackSet } from './stack-set.ts'
import { zoneRole, zoneRoleValues } from './zone-role.ts'

export type CompanionFile = { readonly file: OutputFile; readonly companion: Companion }

/** Templates that accompany the application: deployed in other accounts, or used to hand the application on. */
export function companions(
  model: Model,
  layers: readonly Layer[],
  standalone: OutputFile,
  format: Format,
): CompanionFile[] {
  const named = ['CAPABILITY_NAMED_IAM']
  const all: [OutputFile | undefined, Companion][] = [
    [zoneRole(model, format), { name: 'zone-role', capabilities: named, values: zoneRoleValues(model) }],
    [launchRole(model, layers, format), { name: 'launch-role', capabilities: named }],
    [serviceCatalog(model, standalone, format), { name: 'service-catalog', capabilities: [] }],
    [stackSet(model, format), { name: 'stack-set', capabilities: ['CAPABILITY_IAM'], uploads: true }],
  ]
  return all.flatMap(([file, companion]) => (file ? [{ file, companion }] : []))
}
