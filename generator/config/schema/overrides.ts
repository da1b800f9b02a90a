import * as z from 'zod'
import { isNot, says } from './says.ts'

const id = z
  .string()
  .regex(/^[A-Za-z0-9]{1,255}$/, says(isNot('a logical ID'), 'write letters and digits only, such as OrdersService'))

const type = z
  .string()
  .regex(
    /^(?:AWS|Alexa)::[A-Za-z0-9]+::[A-Za-z0-9]+(?:::[A-Za-z0-9]+)*$|^[A-Za-z0-9]+(?:::[A-Za-z0-9]+){2}::MODULE$|^Custom::[\w@-]{1,52}$/,
    says(isNot('a resource type'), 'write a type such as AWS::Logs::MetricFilter'),
  )

const anything = z.record(z.string(), z.unknown())

const override = z.strictObject({
  Type: type
    .optional()
    .describe('Type of a new resource; it stands in a template of its own, the last')
    .meta({ examples: ['AWS::Logs::MetricFilter'] }),
  Properties: anything
    .optional()
    .describe(
      'Properties, with functions in their long form: maps are merged, lists replace, and null takes a property away',
    )
    .meta({ examples: [{ HealthCheckGracePeriodSeconds: 300 }] }),
  DependsOn: z
    .union([id, z.array(id)])
    .nullable()
    .optional()
    .describe('Logical IDs that must be ready before, instead of those that are written'),
  DeletionPolicy: z
    .enum(['Delete', 'Retain', 'RetainExceptOnCreate', 'Snapshot'])
    .nullable()
    .optional()
    .describe('What happens to it when the stack goes'),
  UpdateReplacePolicy: z
    .enum(['Delete', 'Retain', 'Snapshot'])
    .nullable()
    .optional()
    .describe('What happens to it when another one replaces it'),
  Metadata: anything.optional().describe('Metadata, merged like properties'),
})

export const overrides = z
  .record(id, override)
  .default({})
  .describe(
    'The way out: changes to what is generated, by logical ID, and further resources. They are proved like the rest; our own functions are not changed',
  )
  .meta({ examples: [{ OrdersService: { Properties: { HealthCheckGracePeriodSeconds: 300 } } }] })
