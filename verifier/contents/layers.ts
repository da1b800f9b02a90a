/** The resources, by the stack that they are in. */
import { child, textOf } from '../read/node.ts'
import { type Place, type Program, placeOf } from '../resolve/program.ts'

export type LayerResource = {
  readonly id: string
  readonly type: string
  /** The condition under which it exists. */
  readonly condition?: string
  readonly place: Place
}

export type Layer = {
  /** `template.yaml`, or `template.yaml/ApiStack` for a nested stack. */
  readonly key: string
  readonly file: string
  readonly description?: string
  readonly resources: readonly LayerResource[]
}

/** Each stack once, in the order in which they are read. */
export const layersIn = ({ stacks, resources }: Program): readonly Layer[] =>
  stacks.map((stack) => {
    const description = textOf(child(stack.source.root, 'Description'))
    return {
      key: stack.key,
      file: stack.source.path,
      ...(description === undefined ? {} : { description }),
      resources: [...resources.values()]
        .filter((each) => each.stack === stack)
        .map((each) => {
          const condition = textOf(child(each.node, 'Condition'))
          return {
            id: each.id,
            type: each.type,
            ...(condition === undefined ? {} : { condition }),
            place: placeOf(each),
          }
        }),
    }
  })
