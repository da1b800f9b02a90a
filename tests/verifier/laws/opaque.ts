/** Parts of a template made opaque: what stood there can no longer be read. */
import type { Json } from '../../support/read-template.ts'

/** A place in a template: the keys that lead to it from a resource. */
export type Place = { readonly resource: string; readonly path: readonly string[] }

/** Every value inside of Properties, from the properties themselves down to texts, functions as a whole. */
export function placesOf(template: Json): Place[] {
  const found: Place[] = []
  const walk = (node: Json, resource: string, path: readonly string[]): void => {
    found.push({ resource, path })
    if (node === null || typeof node !== 'object' || isFunction(node)) return
    for (const [key, each] of Object.entries<Json>(node)) walk(each, resource, [...path, key])
  }
  for (const [id, resource] of Object.entries<Json>(template.Resources))
    for (const [key, each] of Object.entries<Json>(resource.Properties ?? {})) walk(each, id, [key])
  return found
}

const isFunction = (node: Json): boolean => {
  const [key, ...others] = Object.keys(node)
  return others.length === 0 && key !== undefined && (key === 'Ref' || key.startsWith('Fn::'))
}

function replaced(template: Json, { resource, path }: Place, value: Json): Json {
  const copy = structuredClone(template)
  let holder = copy.Resources[resource].Properties
  for (const key of path.slice(0, -1)) holder = holder[key]
  holder[path.at(-1) as string] = value
  return copy
}

const lambda = 'arn:aws:lambda:eu-central-1:111122223333:function:elsewhere'
const include = (what: string): Json => ({
  'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: `s3://templates.example.com/${what}.yaml` } },
})

/** IDs that a part of a template names. */
export function namedIn(node: Json, among: Json): string[] {
  const words = JSON.stringify(node).match(/[A-Za-z0-9]+/g) ?? []
  return [...new Set(words)].filter((word) => word in among)
}

type Opaque = { readonly name: string; readonly make: (template: Json, place: Place) => Json }

/** The value may be anything, including what the template itself creates. */
export const anything: readonly Opaque[] = [
  {
    name: 'an attribute of a custom resource',
    make: (template, place) => {
      const copy = replaced(template, place, { 'Fn::GetAtt': ['Opaque', 'It'] })
      copy.Resources.Opaque = { Type: 'Custom::Opaque', Properties: { ServiceToken: lambda } }
      return copy
    },
  },
  { name: 'an include', make: (template, place) => replaced(template, place, include('it')) },
  {
    name: 'a macro',
    make: (template, place) =>
      replaced(template, place, { 'Fn::Transform': { Name: 'Acme', Parameters: { It: 'here' } } }),
  },
  {
    name: 'properties of an include',
    make: (template, { resource }) => {
      const copy = structuredClone(template)
      copy.Resources[resource].Properties = include('properties')
      return copy
    },
  },
  {
    name: 'an include among the properties',
    make: (template, { resource }) => {
      const copy = structuredClone(template)
      Object.assign(copy.Resources[resource].Properties, include('more'))
      return copy
    },
  },
  {
    name: 'a macro beside the properties',
    make: (template, { resource }) => {
      const copy = structuredClone(template)
      copy.Resources[resource]['Fn::Transform'] = { Name: 'Acme', Parameters: {} }
      return copy
    },
  },
  {
    name: 'a macro over the template',
    make: (template) => ({ ...template, Transform: [template.Transform ?? [], 'Acme'].flat() }),
  },
  {
    name: 'a resource that nobody names as an include',
    make: (template, { resource }) => {
      const copy = structuredClone(template)
      const { [resource]: gone, ...others } = copy.Resources
      // A name that leads nowhere would be another template.
      if (namedIn(others, { [resource]: gone }).length > 0) return undefined
      copy.Resources[resource] = include('resource')
      return copy
    },
  },
  {
    name: 'a resource that nobody names in a stack by URL',
    make: (template, { resource }) => {
      const copy = structuredClone(template)
      const { [resource]: gone, ...others } = copy.Resources
      if (namedIn({ others, outputs: copy.Outputs ?? {} }, { [resource]: gone }).length > 0) return undefined
      copy.Resources[resource] = {
        Type: 'AWS::CloudFormation::Stack',
        Properties: {
          TemplateURL: 'https://templates.example.com/a.yaml',
          Parameters: Object.fromEntries(namedIn(gone.Properties, others).map((id) => [id, { Ref: id }])),
        },
      }
      return copy
    },
  },
]

const withParameter = (template: Json, place: Place, Type: string): Json => {
  const copy = replaced(template, place, { Ref: 'Foreign' })
  copy.Parameters = { ...copy.Parameters, Foreign: { Type } }
  return copy
}

/** The value comes from outside: by a printed assumption it names nothing of the template. */
export const outside: readonly Opaque[] = [
  { name: 'a parameter', make: (template, place) => withParameter(template, place, 'String') },
  { name: 'a list as a parameter', make: (template, place) => withParameter(template, place, 'CommaDelimitedList') },
  { name: 'an import', make: (template, place) => replaced(template, place, { 'Fn::ImportValue': 'foreign-it' }) },
  {
    name: 'a dynamic reference',
    make: (template, place) => replaced(template, place, '{{resolve:ssm:/foreign/it}}'),
  },
  {
    name: 'an output of another stack',
    make: (template, place) =>
      replaced(template, place, { 'Fn::GetStackOutput': { StackName: 'foreign', OutputName: 'It' } }),
  },
]
