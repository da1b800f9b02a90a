import { empty } from '../cfn/fragment.ts'
import { getAtt } from '../cfn/handle.ts'
import { join, param } from '../cfn/intrinsics.ts'
import { type Entry, resource } from '../cfn/resource.ts'
import type { Template } from '../cfn/template.ts'
import type { Layer } from '../layers/layer.ts'
import type { Model } from '../model/model.ts'
import { assemble } from './assemble.ts'
import type { Assets, OutputFile } from './assets.ts'
import { cut, incomingParameters, type Piece } from './cut.ts'
import { codeOf, localCode } from './function-code.ts'
import { withImports } from './imports.ts'
import { type Format, printed } from './printed.ts'
import { purpose } from './purpose.ts'

const transform = 'AWS::Serverless-2016-10-31'

/** The SAM application: one template per layer, nested by `template.yaml`, and the functions' folders. */
export function samApplication(model: Model, layers: readonly Layer[], assets: Assets, format: Format): OutputFile[] {
  // What exists already needs no template.
  const pieces = cut(layers).filter(({ layer }) => layer.fragment.entries.length > 0)
  const templates = pieces.map((piece) => ({ piece, template: layerTemplate(model, piece, assets) }))
  const functions = new Set(layers.flatMap(({ fragment }) => fragment.entries.flatMap((entry) => codeOf(entry) ?? [])))
  return [
    printed('template', rootTemplate(model, templates, format), format),
    ...templates.map(({ piece, template }) => printed(piece.layer.name, template, format)),
    ...[...functions].map((name) => ({
      path: `templates/functions/${name}/index.js`,
      text: assets[name].readable,
    })),
  ]
}

function layerTemplate(model: Model, piece: Piece, assets: Assets): Template {
  const { layer } = piece
  const hasFunction = piece.fragment.entries.some((entry) => codeOf(entry))
  return assemble(model, {
    description: `${model.name}: ${layer.description}. Part of template.yaml, by Portcullis.`,
    ...(hasFunction ? { transform } : {}),
    fragment: { ...piece.fragment, entries: piece.fragment.entries.map((entry) => localCode(entry, assets)) },
    outputs: withoutExports(piece.outputs),
    crossing: incomingParameters(piece.incoming),
  })
}

const withoutExports = (outputs: Piece['outputs']): Piece['outputs'] =>
  Object.fromEntries(Object.entries(outputs).map(([name, { Export: _, ...output }]) => [name, output]))

type Nested = { readonly piece: Piece; readonly template: Template }

function rootTemplate(model: Model, nested: readonly Nested[], format: Format): Template {
  const entries = nested.map(({ piece, template }) => nestedStack(model, piece, template, format))
  const outputs = Object.fromEntries(
    nested.flatMap(({ piece }) =>
      Object.entries(piece.layer.fragment.outputs).map(([name, output]) => [
        name,
        { ...output, Value: getAtt(piece.layer.stack, `Outputs.${name}` as never) },
      ]),
    ),
  )
  return assemble(model, {
    description: `${model.name}: ${purpose('an API Gateway HTTP API')}. SAM application, by Portcullis.`,
    transform,
    fragment: withImports(model, { ...empty, entries }),
    outputs,
    crossing: incomingParameters(
      nested.flatMap(({ piece }) =>
        piece.incoming.filter(({ crossing, from, ofRoot }) => !from && !ofRoot && !(crossing.name in model.imports)),
      ),
    ),
  })
}

function nestedStack(model: Model, piece: Piece, template: Template, format: Format): Entry {
  const incoming = new Map(piece.incoming.map((each) => [each.crossing.name, each]))
  const parameters = Object.keys(template.parameters).map((name) => {
    const { from, ofRoot } = incoming.get(name) ?? {}
    if (ofRoot) return [name, ofRoot]
    if (from) return [name, getAtt(from.stack, `Outputs.${name}` as never)]
    // A nested stack takes a list as text.
    return [name, model.parameters[name]?.type === 'CommaDelimitedList' ? join(',', param(name)) : param(name)]
  })
  return resource(
    piece.layer.stack,
    {
      TemplateURL: `./${piece.layer.name}.${format}`,
      Parameters: parameters.length > 0 ? Object.fromEntries(parameters) : undefined,
    },
    { dependsOn: piece.after.map(({ stack }) => stack) },
  )
}
