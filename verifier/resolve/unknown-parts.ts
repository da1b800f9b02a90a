import { child, type Mapping, type Node, textOf } from '../read/node.ts'
import { type Refusal, refusal } from '../sam/refusal.ts'

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html */
const sections = new Set([
  'AWSTemplateFormatVersion',
  'Conditions',
  'Description',
  'Fn::Transform',
  'Mappings',
  'Metadata',
  'Outputs',
  'Parameters',
  'Resources',
  'Rules',
  'Transform',
])
/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resources-section-structure.html */
const attributes = new Set([
  'Condition',
  'CreationPolicy',
  'DeletionPolicy',
  'DependsOn',
  'Fn::Transform',
  'Metadata',
  'Properties',
  'Type',
  'UpdatePolicy',
  'UpdateReplacePolicy',
  'Version',
])
/** Those that the translator of SAM takes away. */
const ofSam = { section: 'Globals', attributes: new Set(['Connectors', 'IgnoreGlobals']) }
/** What the transform of blue-green deployments takes away; that one is a macro. */
const hooks = 'Hooks'

/**
 * A section of a template, or an attribute of a resource, that CloudFormation does not have. It refuses the template;
 * a tool that knows the name makes another template of it, which is not this one.
 */
export function unknownPart(root: Mapping): Refusal | undefined {
  const transforms = transformsOf(root)
  const isSam = transforms.includes('AWS::Serverless-2016-10-31')
  for (const [name, entry] of root.entries)
    if (!(name === hooks ? transforms.length > 0 : sections.has(name) || (isSam && name === ofSam.section)))
      return refusal(entry, `a template has no section ${name}`)
  const resources = child(root, 'Resources')
  if (resources?.kind !== 'map') return undefined
  for (const [id, { node }] of resources.entries) {
    if (node.kind !== 'map' || id.startsWith('Fn::')) continue
    for (const [name, entry] of node.entries)
      if (!attributes.has(name) && !name.startsWith('Fn::ForEach::') && !(isSam && ofSam.attributes.has(name)))
        return refusal(entry, `a resource has no attribute ${name}, as ${id} has it`)
  }
  return undefined
}

function transformsOf(root: Mapping): readonly (string | undefined)[] {
  const transform = child(root, 'Transform')
  const all: readonly Node[] = transform?.kind === 'list' ? transform.items : transform ? [transform] : []
  return all.map(textOf)
}
