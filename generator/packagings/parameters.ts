/** How the model's parameters look in a template: definitions, the launch form's groups, and assertions. */

import { FARGATE_SIZES } from '../aws/fargate-sizes.ts'
import type { ParameterDefinition } from '../cfn/template.ts'
import type { Model } from '../model/model.ts'
import type { Parameter } from '../model/parameters/parameter.ts'
import { tasks } from '../model/tasks.ts'

export const definition = (parameter: Parameter): ParameterDefinition => ({
  Type: parameter.type,
  ...(parameter.default === undefined ? {} : { Default: parameter.default }),
  Description: parameter.description,
  ...(parameter.allowedValues ? { AllowedValues: parameter.allowedValues } : {}),
  ...(parameter.allowedPattern ? { AllowedPattern: parameter.allowedPattern } : {}),
  ...(parameter.minValue === undefined ? {} : { MinValue: parameter.minValue }),
  ...(parameter.maxValue === undefined ? {} : { MaxValue: parameter.maxValue }),
  ...(parameter.maxLength === undefined ? {} : { MaxLength: parameter.maxLength }),
  ConstraintDescription: parameter.constraintDescription,
})

/** Metadata that consoles and Service Catalog show as groups and labels, in the order of the parameters given. */
export function interfaceMetadata(
  parameters: readonly (readonly [string, Pick<Parameter, 'group' | 'label'>])[],
): Record<string, unknown> {
  if (parameters.length === 0) return {}
  const groups = new Map<string, string[]>()
  for (const [name, { group }] of parameters) groups.set(group, [...(groups.get(group) ?? []), name])
  return {
    'AWS::CloudFormation::Interface': {
      ParameterGroups: [...groups].map(([label, names]) => ({ Label: { default: label }, Parameters: names })),
      ParameterLabels: Object.fromEntries(parameters.map(([name, { label }]) => [name, { default: label }])),
    },
  }
}

/** Fargate runs only certain pairs of CPU and memory; CloudFormation can refuse the others before it makes anything. */
export const assertions = (model: Model, declared: ReadonlySet<string>): Record<string, unknown> =>
  Object.fromEntries(
    tasks(model)
      .filter(({ parameters: { cpu, memory } }) => declared.has(cpu.name) && declared.has(memory.name))
      .map(({ id, key, parameters }) => [
        `${id}Size`,
        {
          Assertions: [
            {
              Assert: {
                'Fn::Or': [...FARGATE_SIZES].map(([cpu, memory]) => ({
                  'Fn::And': [
                    { 'Fn::Equals': [{ Ref: parameters.cpu.name }, String(cpu)] },
                    { 'Fn::Contains': [memory.map(String), { Ref: parameters.memory.name }] },
                  ],
                })),
              },
              AssertDescription: `Fargate does not run service ${key} with this pair of CPU and memory; see the task size table of Amazon ECS`,
            },
          ],
        },
      ]),
  )
