import type { Diagnostic } from '../errors/diagnostic.ts'
import type { Excess, LimitError } from '../errors/limit-error.ts'
import type { Model } from '../model/model.ts'
import { sectionOf } from '../model/task/written.ts'
import { tasks } from '../model/tasks.ts'

type Advice = { readonly docs: string; readonly remedy: string }

const cloudFormation = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html'
const iam = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html'

const whole: Advice = {
  docs: cloudFormation,
  remedy:
    'split the services across several configs, each an application of its own; fewer paths and routes make it smaller too',
}

const advice: Readonly<Record<string, Advice>> = {
  'logical ID': {
    docs: cloudFormation,
    remedy: 'shorten the route, or use /{proxy+} below a shorter path',
  },
  parameter: { docs: cloudFormation, remedy: 'write fewer or shorter values' },
  policies: {
    docs: iam,
    remedy:
      'put several values into one JSON secret, and read its keys by ARN:key::; of a zone role, write {account} in the names, or use fewer',
  },
  trust: {
    docs: iam,
    remedy: 'name the organization in domain.zone.organization, which covers all its accounts',
  },
  'task definition': {
    docs: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html',
    remedy: 'write fewer or shorter variables; long texts belong in the image or in a secret',
  },
}

/** What is known about templates only once they are made: how much they hold, and how long their parts are. */
export const templateLimits = ({ path, excess }: LimitError, model: Model): Diagnostic[] =>
  excess.map((each) => {
    const { docs, remedy } = advice[each.kind] ?? whole
    return {
      code: 'PC513',
      path: placeOf(path, each, model),
      at: 'key',
      message: `${path} would have ${each.said}`,
      why: `a larger template or part of one is refused: ${docs}`,
      remedy,
    }
  })

/** The service, the authorizer or the section that an ID is named after. */
function placeOf(template: string, { id = '', kind }: Excess, { api, ...model }: Model): Diagnostic['path'] {
  const longest = <Named extends { readonly id: string; readonly key: string }>(named: readonly Named[]) =>
    named.filter((each) => id.startsWith(each.id)).sort((a, b) => b.id.length - a.id.length)[0]
  if (template.includes('zone-role')) return ['domain', 'zone']
  if (template.includes('stack-set')) return ['delivery', 'stackSet']
  if (template.includes('service-catalog')) return ['delivery', 'serviceCatalog']
  if (template.includes('overrides')) return ['overrides']
  if (kind === 'logical ID') return ['api', 'routes']
  if (id === 'CorsOrigins') return ['api', 'cors']
  const task = longest(tasks(model))
  if (task !== undefined) return [sectionOf(task.kind), task.key]
  const authorizer = longest(api.authorizers)
  return authorizer === undefined ? ['services'] : ['api', 'auth', authorizer.key]
}
