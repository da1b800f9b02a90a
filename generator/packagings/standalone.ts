import { merge } from '../cfn/fragment.ts'
import type { Layer } from '../layers/layer.ts'
import type { Model } from '../model/model.ts'
import { assemble } from './assemble.ts'
import type { Assets, OutputFile } from './assets.ts'
import { incomingParameters, whole } from './cut.ts'
import { inlineCode } from './function-code.ts'
import { withImports } from './imports.ts'
import { type Format, printed } from './printed.ts'
import { purpose } from './purpose.ts'

/** The graph uncut: one file without transform or nested stacks, for plain CloudFormation, Service Catalog and StackSets. */
export function standalone(model: Model, layers: readonly Layer[], assets: Assets, format: Format): OutputFile {
  const { fragment, outputs, incoming } = whole(merge(...layers.map(({ fragment }) => fragment)))
  const given = incoming.filter(({ crossing }) => !(crossing.name in model.imports))
  const description = `${model.name}: ${purpose('an API Gateway HTTP API')}. One file, by Portcullis.`
  const entries = fragment.entries.map((entry) => inlineCode(entry, assets))
  const parts = {
    description,
    fragment: withImports(model, { ...fragment, entries }),
    outputs,
    crossing: incomingParameters(given),
  }
  return printed('standalone', assemble(model, parts), format)
}
