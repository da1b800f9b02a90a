/** Limits of single resources and parameters that a template can break, each counted on what is written in it. */
import type { Template } from './template.ts'

type Kind = 'logical ID' | 'policies' | 'trust' | 'task definition' | 'parameter'

/** What is too long, and the logical ID or the parameter that it is about. */
export type Excess = { readonly kind: Kind; readonly id: string; readonly said: string }

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const LOGICAL_ID = 255
const PARAMETER_BYTES = 4096
/** All inline policies of a role together; https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const INLINE_POLICIES = 10_240
const MANAGED_POLICY = 6144
/** More of it has to be asked for; the same page. */
const TRUST_POLICY = 2048
/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html */
const TASK_DEFINITION_BYTES = 65_536

/** As long as IAM stores it: an account is an ARN. */
const ACCOUNT_ARN = '"arn:aws:iam::111111111111:root",'.length

type Properties = Readonly<Record<string, unknown>>

export function brokenResourceLimits(template: Template): Excess[] {
  return [
    ...template.entries.flatMap(({ id, resource: { Type, Properties = {} } }) => [
      ...over('logical ID', id, id.length, LOGICAL_ID, `characters in the logical ID ${id.slice(0, 40)}...`),
      ...ofType(template, id, Type, Properties),
    ]),
    ...Object.entries(template.parameters).flatMap(([name, { Default = '' }]) =>
      over('parameter', name, Buffer.byteLength(Default), PARAMETER_BYTES, `bytes in the default of ${name}`),
    ),
  ]
}

function ofType(template: Template, id: string, type: string, properties: Properties): Excess[] {
  const length = (policy: unknown): number => lengthOf(template, policy)
  const policies = (limit: number, ...documents: readonly unknown[]): Excess[] => {
    const sum = documents.reduce<number>((total, document) => total + length(document), 0)
    return over('policies', id, sum, limit, `characters of policies in ${id}`)
  }
  if (type === 'AWS::IAM::Policy') return policies(INLINE_POLICIES, properties['PolicyDocument'])
  if (type === 'AWS::IAM::ManagedPolicy') return policies(MANAGED_POLICY, properties['PolicyDocument'])
  if (type === 'AWS::IAM::Role')
    return [
      ...policies(INLINE_POLICIES, ...inlinePolicies(properties)),
      ...over(
        'trust',
        id,
        length(properties['AssumeRolePolicyDocument']),
        TRUST_POLICY,
        `characters in the trust policy of ${id}`,
      ),
    ]
  if (type !== 'AWS::ECS::TaskDefinition') return []
  const bytes = Buffer.byteLength(JSON.stringify(properties))
  return over('task definition', id, bytes, TASK_DEFINITION_BYTES, `bytes in ${id}`)
}

const inlinePolicies = (properties: Properties): unknown[] =>
  [properties['Policies'] ?? []]
    .flat()
    .map((policy: { readonly PolicyDocument?: unknown } | null) => policy?.PolicyDocument)

const over = (kind: Kind, id: string, count: number, limit: number, what: string): Excess[] =>
  count > limit
    ? [{ kind, id, said: `${count.toLocaleString('en-US')} ${what}, and AWS allows ${limit.toLocaleString('en-US')}` }]
    : []

/** IAM counts no spaces. A text with functions counts as it is written, because nobody knows better before it is deployed. */
function lengthOf({ parameters }: Template, policy: unknown): number {
  const text = (JSON.stringify(policy) ?? '')
    .replaceAll(/\{"Ref":"([^"]+)"\}/g, (_, name: string) => {
      const value = Object.hasOwn(parameters, name) ? (parameters[name]?.Default ?? '') : name
      return value
        .split(',')
        .map((item) => (/^[0-9]{12}$/.test(item) ? 'a'.repeat(ACCOUNT_ARN) : item))
        .join('')
    })
    .replaceAll(/\{"Fn::Sub":("(?:[^"\\]|\\.)*")\}/g, '$1')
  return text.length
}
