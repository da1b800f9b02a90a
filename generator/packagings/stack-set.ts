/** `standalone.yaml` in many accounts and regions. SAM CLI uploads the file that TemplateURL names (aws-sam-cli #2249). */
import { ref } from '../cfn/handle.ts'
import { param } from '../cfn/intrinsics.ts'
import { resource } from '../cfn/resource.ts'
import type { ParameterDefinition } from '../cfn/template.ts'
import type { StackSet as Planned } from '../model/delivery/delivery.ts'
import { stackSetInstances, type Target } from '../model/delivery/targets.ts'
import type { Model } from '../model/model.ts'
import type { OutputFile } from './assets.ts'
import { StackSet } from './handles.ts'
import { definition, interfaceMetadata } from './parameters.ts'
import { type Format, printed } from './printed.ts'
import { purpose } from './purpose.ts'

export function stackSet(model: Model, format: Format): OutputFile | undefined {
  const { stackSet } = model.delivery
  if (!stackSet) return undefined
  const serviceManaged = stackSet.organizationalUnits.length > 0
  const instances = stackSetInstances(model.targets)
  const withoutDefault = Object.entries(model.parameters).filter(([, { default: value }]) => value === undefined)
  // The set must have a value even for what each of its stacks has its own.
  const everywhere = withoutDefault.flatMap(([name]) => {
    const values = instances.flatMap(({ parameters }) => parameters[name] ?? [])
    const [first] = values.length === instances.length ? values : []
    return first === undefined ? [] : [{ ParameterKey: name, ParameterValue: first }]
  })
  const required = withoutDefault.filter(([name]) => !everywhere.some(({ ParameterKey }) => ParameterKey === name))
  const given = [
    ...required.map(([name]) => ({ ParameterKey: name, ParameterValue: param(name) })),
    ...everywhere,
    ...Object.values(model.parameters).flatMap(({ name, none }) =>
      none === undefined ? [] : [{ ParameterKey: name, ParameterValue: none }],
    ),
  ]
  return printed(
    'stack-set',
    {
      description: `${model.name}: the application in many accounts and regions, ${serviceManaged ? 'service' : 'self'}-managed. By Portcullis.`,
      metadata: interfaceMetadata([
        ...required,
        ...(serviceManaged ? [['CallAs', { group: 'Stack set', label: 'Who calls' }] as const] : []),
      ]),
      parameters: {
        ...Object.fromEntries(
          required.map(([name, parameter]) => [name, { ...definition(parameter), Type: 'String' }]),
        ),
        ...(serviceManaged ? { CallAs: callAs } : {}),
      },
      rules: {},
      mappings: {},
      conditions: {},
      entries: [
        resource(
          StackSet,
          {
            StackSetName: model.name,
            Description: `${model.name}: ${purpose('an HTTP API')}`,
            PermissionModel: serviceManaged ? 'SERVICE_MANAGED' : 'SELF_MANAGED',
            CallAs: serviceManaged ? param('CallAs') : undefined,
            AutoDeployment: serviceManaged
              ? { Enabled: true, RetainStacksOnAccountRemoval: stackSet.retainOnRemoval }
              : undefined,
            Capabilities: ['CAPABILITY_IAM'],
            ManagedExecution: { Active: true },
            OperationPreferences: {
              RegionConcurrencyType: 'SEQUENTIAL',
              RegionOrder: stackSet.regions,
              MaxConcurrentCount: 5,
              FailureToleranceCount: 0,
              ConcurrencyMode: 'SOFT_FAILURE_TOLERANCE',
            },
            Parameters: given.length > 0 ? given : undefined,
            StackInstancesGroup: groups(stackSet, instances),
            Tags: model.tags.length > 0 ? model.tags : undefined,
            TemplateURL: `./standalone.${format}`,
          },
          {
            why: 'One region after the other, and none after a failure. The template has no transform and no nested stack, which service-managed stack sets refuse.',
          },
        ),
      ],
      outputs: { StackSetId: { Description: 'Id of the stack set', Value: ref(StackSet) } },
    },
    format,
  )
}

const callAs: ParameterDefinition = {
  Type: 'String',
  Default: 'SELF',
  AllowedValues: ['SELF', 'DELEGATED_ADMIN'],
  Description: 'SELF in the management account, DELEGATED_ADMIN in a delegated administrator account',
}

type Group = {
  readonly DeploymentTargets: {
    readonly Accounts?: readonly string[]
    readonly OrganizationalUnitIds?: readonly string[]
    readonly AccountFilterType?: 'INTERSECTION' | 'DIFFERENCE'
  }
  readonly Regions: readonly string[]
  readonly ParameterOverrides?: readonly { readonly ParameterKey: string; readonly ParameterValue: string }[]
}

/** Every account and region is in exactly one group: those with overrides alone, all others together. */
function groups({ accounts, organizationalUnits, regions }: Planned, instances: readonly Target[]): Group[] {
  const serviceManaged = organizationalUnits.length > 0
  const overrides = instances
    .flatMap(({ name, account, region, parameters }) =>
      account !== undefined && Object.keys(parameters).length > 0 ? [{ name, account, region, parameters }] : [],
    )
    .sort((a, b) => (a.name < b.name ? -1 : 1))
  const special = [...new Set(overrides.map(({ account }) => account))]
  const ordinary = accounts.filter((account) => !special.includes(account))
  const only = (ids: readonly string[]): Group['DeploymentTargets'] =>
    serviceManaged
      ? { OrganizationalUnitIds: organizationalUnits, Accounts: ids, AccountFilterType: 'INTERSECTION' }
      : { Accounts: ids }
  const others: Group['DeploymentTargets'] | undefined =
    accounts.length > 0
      ? ordinary.length > 0
        ? only(ordinary)
        : undefined
      : special.length > 0
        ? { OrganizationalUnitIds: organizationalUnits, Accounts: special, AccountFilterType: 'DIFFERENCE' }
        : { OrganizationalUnitIds: organizationalUnits }
  return [
    ...(others ? [{ DeploymentTargets: others, Regions: regions }] : []),
    ...special.flatMap((account) => {
      const own = overrides.filter((each) => each.account === account)
      const rest = regions.filter((region) => !own.some((each) => each.region === region))
      return [
        ...(rest.length > 0 ? [{ DeploymentTargets: only([account]), Regions: rest }] : []),
        ...own.map(({ region, parameters }) => ({
          DeploymentTargets: only([account]),
          Regions: [region],
          ParameterOverrides: Object.entries(parameters)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue })),
        })),
      ]
    }),
  ]
}
