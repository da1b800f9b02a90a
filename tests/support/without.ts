/** Takes a resource away, and what waits for it: CloudFormation takes no template that waits for what it does not have. */
import type { Json } from './read-template.ts'

export function without(resources: Json, id: string): void {
  if (!resources[id]) throw new Error(`there is no ${id} any more`)
  delete resources[id]
  for (const each of Object.values<Json>(resources))
    if (Array.isArray(each.DependsOn)) each.DependsOn = each.DependsOn.filter((name: string) => name !== id)
}
