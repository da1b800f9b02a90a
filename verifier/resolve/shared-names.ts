import { child, type Mapping } from '../read/node.ts'
import { type Refusal, refusal } from '../sam/refusal.ts'

/**
 * A name that is both a parameter and a resource. CloudFormation refuses it, because a reference could mean either:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
 */
export function sharedName(root: Mapping): Refusal | undefined {
  const [parameters, resources] = [child(root, 'Parameters'), child(root, 'Resources')]
  if (parameters?.kind !== 'map' || resources?.kind !== 'map') return undefined
  const found = [...resources.entries].find(([id]) => parameters.entries.has(id))
  return found && refusal(found[1], `${found[0]} is the name of a parameter and of a resource`)
}
