import type { Fragment } from '../cfn/fragment.ts'
import { settle } from '../cfn/settle.ts'
import type { Parameter } from '../model/parameters/parameter.ts'
import { paramOf } from './parameters.ts'

/** Every role of a layer under the boundary, so that no layer can forget it. */
export function bounded(part: Fragment, boundary: Parameter | undefined): Fragment {
  if (!boundary) return part
  const { value, conditions } = settle(paramOf(boundary))
  const isRole = ({ resource }: Fragment['entries'][number]): boolean => resource.Type === 'AWS::IAM::Role'
  if (!part.entries.some(isRole)) return part
  return {
    ...part,
    conditions: { ...part.conditions, ...conditions },
    entries: part.entries.map((entry) =>
      isRole(entry)
        ? {
            ...entry,
            resource: { ...entry.resource, Properties: { ...entry.resource.Properties, PermissionsBoundary: value } },
          }
        : entry,
    ),
  }
}
