/** Why the SAM translator refuses a template, and where. */
import type { Mapping, Node } from '../read/node.ts'
import { functionOf } from './nodes.ts'

export type Refusal = { readonly reason: string; readonly at: number }

export const refusal = ({ at }: { readonly at: number }, reason: string): Refusal => ({ reason, at })

/** A SAM resource with the globals in its properties. */
export type Owner = {
  readonly id: string
  /** `Function` of `AWS::Serverless::Function`. */
  readonly kind: string
  readonly properties: Mapping
  readonly at: number
}

export type Kind = 'map' | 'text' | 'number' | 'boolean' | 'list' | 'function' | 'none'

/** What Python takes the value for; what only CloudFormation computes may be anything. */
export function kindOf(node: Node | undefined): Kind {
  if (!node) return 'none'
  if (node.kind === 'list') return 'list'
  if (node.kind === 'map') return functionOf(node) !== undefined || node.open !== undefined ? 'function' : 'map'
  if (node.doubt) return 'function'
  return node.type === 'string' ? 'text' : node.type === 'bool' ? 'boolean' : node.type === 'null' ? 'none' : 'number'
}

export const first = <T>(items: readonly T[], find: (item: T) => Refusal | undefined): Refusal | undefined => {
  for (const item of items) {
    const found = find(item)
    if (found) return found
  }
  return undefined
}
