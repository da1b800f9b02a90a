import type { Fragment } from '../cfn/fragment.ts'
import { sub } from '../cfn/intrinsics.ts'
import { replaceReferences } from '../cfn/references.ts'
import type { Entry } from '../cfn/resource.ts'
import type { Model } from '../model/model.ts'

/** What the exports of the platform give stands in the whole; its layers have parameters for it, as for all that comes from elsewhere. */
export const withImports = ({ platform, imports }: Model, fragment: Fragment): Fragment =>
  platform === undefined
    ? fragment
    : {
        ...fragment,
        entries: fragment.entries.map((entry) => ({
          ...entry,
          resource: replaceReferences(entry.resource, (target, attribute) =>
            attribute === undefined && Object.hasOwn(imports, target)
              ? { 'Fn::ImportValue': sub(`\${${platform.name.name}}-${target}`) }
              : undefined,
          ) as Entry['resource'],
        })),
      }
