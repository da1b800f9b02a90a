import type { Mapping, Output } from './fragment.ts'
import type { Entry } from './resource.ts'

/** A parameter in CloudFormation's own terms. */
export type ParameterDefinition = {
  readonly Type: string
  readonly Default?: string
  readonly Description?: string
  readonly AllowedValues?: readonly string[]
  readonly AllowedPattern?: string
  readonly MinValue?: number
  readonly MaxValue?: number
  readonly MaxLength?: number
  readonly ConstraintDescription?: string
}

/** A whole template, not yet text. Sections are printed in the order of CloudFormation's documentation. */
export type Template = {
  readonly description: string
  readonly transform?: string
  readonly metadata?: Readonly<Record<string, unknown>>
  readonly parameters: Readonly<Record<string, ParameterDefinition>>
  readonly rules: Readonly<Record<string, unknown>>
  readonly mappings: Readonly<Record<string, Mapping>>
  readonly conditions: Readonly<Record<string, unknown>>
  readonly entries: readonly Entry[]
  readonly outputs: Readonly<Record<string, Output>>
}

/** Quotas per template; https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const quotas = {
  resources: 500,
  parameters: 200,
  mappings: 200,
  outputs: 200,
  descriptionBytes: 1024,
  bodyBytes: 1_000_000,
}

/** What of the quotas a template breaks, one sentence each. */
export function brokenQuotas(template: Template, bodyBytes: number): string[] {
  const counted: [keyof typeof quotas, number][] = [
    ['resources', template.entries.length],
    ['parameters', Object.keys(template.parameters).length],
    ['mappings', Object.keys(template.mappings).length],
    ['outputs', Object.keys(template.outputs).length],
    ['descriptionBytes', Buffer.byteLength(template.description)],
    ['bodyBytes', bodyBytes],
  ]
  return counted
    .filter(([what, count]) => count > quotas[what])
    .map(
      ([what, count]) =>
        `${count} ${what === 'bodyBytes' ? 'bytes' : what === 'descriptionBytes' ? 'bytes of description' : what}, and CloudFormation allows ${quotas[what]}`,
    )
}

/** The template as the JSON object that CloudFormation reads; empty sections are left out. */
export function toObject(template: Template): Record<string, unknown> {
  const sections: [string, unknown][] = [
    ['AWSTemplateFormatVersion', '2010-09-09'],
    ['Transform', template.transform],
    ['Description', template.description],
    ['Metadata', template.metadata],
    ['Parameters', template.parameters],
    ['Rules', template.rules],
    ['Mappings', template.mappings],
    ['Conditions', template.conditions],
    ['Resources', Object.fromEntries(template.entries.map(({ id, resource }) => [id, resource]))],
    ['Outputs', template.outputs],
  ]
  return Object.fromEntries(
    sections.filter(
      ([, section]) =>
        section !== undefined && (typeof section !== 'object' || Object.keys(section as object).length > 0),
    ),
  )
}
