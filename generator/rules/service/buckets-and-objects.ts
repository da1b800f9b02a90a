import { worksOn } from '../../aws/s3-actions.ts'
import { show } from '../../errors/show.ts'
import { writtenTasks } from '../../model/task/written.ts'
import type { Finding, Path, Rule } from '../rule.ts'

/** What an ARN of a bucket or its objects names; nothing for other services and for access points. */
const named = (resource: string): { readonly bucket: string; readonly key?: string } | undefined => {
  const [, bucket, key] = /^arn:[^:]+:s3:::([^/]+)(?:\/(.*))?$/.exec(resource) ?? []
  return bucket === undefined ? undefined : { bucket, ...(key === undefined ? {} : { key }) }
}

/** A `*` in an ARN stands for slashes too. What an access point names is not told apart. */
const fits = (kind: 'objects' | 'buckets', resource: string): boolean => {
  const { bucket, key } = named(resource) ?? {}
  if (bucket === undefined) return /^(?:\*|arn:[^:]+:s3:.*)$/.test(resource)
  return kind === 'buckets' ? key === undefined : key !== undefined || bucket.includes('*')
}

export const bucketsAndObjects: Rule = {
  id: 'PC470',
  severity: 'warning',
  title: 'An action on objects of S3 names objects, an action on buckets names buckets',
  why: 'IAM grants such an action only on its own kind of resource, so the application would be denied',
  docs: 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html',
  check: (_, config) =>
    writtenTasks(config).flatMap(({ at, task: { permissions } }) =>
      permissions.flatMap(({ actions, resources }, index) =>
        (['objects', 'buckets'] as const).flatMap((kind) =>
          finding(
            kind,
            actions.filter((action) => worksOn(action) === kind),
            resources,
            [...at, 'permissions', index, 'resources'],
          ),
        ),
      ),
    ),
}

const finding = (
  kind: 'objects' | 'buckets',
  actions: readonly string[],
  resources: readonly string[],
  path: Path,
): Finding[] => {
  const first = resources.findIndex((resource) => named(resource) !== undefined)
  const resource = resources[first]
  if (actions.length === 0 || resource === undefined || resources.some((each) => fits(kind, each))) return []
  const bucket = resource.replace(/\/.*$/, '')
  return [
    {
      path: [...path, first],
      message: `${actions.join(' and ')} work${actions.length === 1 ? 's' : ''} on ${kind}, and ${show(resource)} names ${kind === 'objects' ? 'a bucket' : 'objects'}`,
      remedy: `${kind === 'objects' ? `write "${bucket}/*"` : `write ${show(bucket)}`}; for actions of both kinds, list both`,
    },
  ]
}
