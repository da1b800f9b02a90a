/** Resources that the model does not know, and that name something protected, keep the answer open. */
import { isOwn } from '../facts/certificates.ts'
import type { Facts } from '../facts/facts.ts'
import { isUnderstood } from '../facts/known-types.ts'
import type { Resource } from '../resolve/program.ts'
import { hop, type Judgement } from './judgement.ts'

const nested = new Set(['AWS::CloudFormation::Stack', 'AWS::Serverless::Application'])

export function guard(facts: Facts, judgement: Judgement, guarded: readonly Resource[]): void {
  const { program, mentions, declarations } = facts.around
  for (const resource of program.resources.values()) {
    if (isUnderstood(resource.type)) continue
    if (nested.has(resource.type) && resource.stack.children.has(resource.id)) continue
    const named = guarded.find(({ key }) => mentions.get(resource.key)?.has(key))
    if (!named || !facts.exists(resource) || isOwn(facts, resource)) continue
    if (declarations.assume.get(`${resource.id}.ingress`)?.includes('none')) {
      judgement.assume(`${resource.id}.ingress=none, as declared`)
      continue
    }
    const settle = nested.has(resource.type)
      ? `name the file of ${resource.id} by a local path`
      : `--assume ${resource.id}.ingress=none`
    judgement.gap(
      resource.id,
      settle,
      `${resource.id} (${resource.type}) names ${named.id}, and what it does with it is not known here`,
      [hop(facts, resource, `names ${named.id}`), hop(facts, named)],
    )
  }
}
