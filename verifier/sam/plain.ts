/** SAM types that become one plain resource, or one with its role. */
import { string } from '../read/node.ts'
import { type Draft, keySet, passedOn, replace, type Sam, unknownIn } from './draft.ts'
import { codeAt } from './function.ts'
import { get, getAtt, list, map, opened, picked, plainMap, texts, truth, withEntries, word } from './nodes.ts'
import { awsPolicy, makeRole, newRole } from './role.ts'

const tableKeys = keySet(
  'PointInTimeRecoverySpecification PrimaryKey ProvisionedThroughput TableName Tags SSESpecification',
)
const attributeTypes: Readonly<Record<string, string>> = { String: 'S', Number: 'N', Binary: 'B' }

export function translateTable(draft: Draft, sam: Sam): void {
  const { properties, at } = sam
  const key = get(properties, 'PrimaryKey')
  const name = get(key, 'Name') ?? string('id', at)
  const written = word(get(key, 'Type'))
  const type = key ? (attributeTypes[written ?? ''] ?? '') : 'S'
  const made = map(at, {
    AttributeDefinitions: list([map(at, { AttributeName: name, AttributeType: string(type, at) })], at),
    KeySchema: list([map(at, { AttributeName: name, KeyType: string('HASH', at) })], at),
    BillingMode: get(properties, 'ProvisionedThroughput') ? undefined : string('PAY_PER_REQUEST', at),
    ...picked(properties, [
      'ProvisionedThroughput',
      'TableName',
      'SSESpecification',
      'PointInTimeRecoverySpecification',
    ]),
  })
  const open = unknownIn(properties, tableKeys, `${sam.id} (AWS::Serverless::SimpleTable)`)
  replace(
    draft,
    sam,
    'AWS::DynamoDB::Table',
    opened(made, open ?? (type === '' ? 'PrimaryKey is not modelled' : undefined)),
  )
}

const layerKeys = keySet(
  'LayerName Description PublishLambdaVersion ContentUri CompatibleArchitectures CompatibleRuntimes LicenseInfo RetentionPolicy',
)

/** The translator gives a layer a new id for each content; here it keeps the id by which the template names it. */
export function translateLayer(draft: Draft, sam: Sam): void {
  const { properties, at } = sam
  const made = map(at, {
    LayerName: get(properties, 'LayerName') ?? string(sam.id, at),
    Content: codeAt(get(properties, 'ContentUri')),
    ...picked(properties, ['Description', 'CompatibleArchitectures', 'CompatibleRuntimes', 'LicenseInfo']),
  })
  const open = unknownIn(properties, layerKeys, `${sam.id} (AWS::Serverless::LayerVersion)`)
  replace(draft, sam, 'AWS::Lambda::LayerVersion', opened(made, open))
}

const providerKeys = keySet(
  'CapacityProviderName VpcConfig OperatorRole Tags PropagateTags InstanceRequirements ScalingConfig KmsKeyArn LoggingConfig ' +
    'ManagedResourceTags',
)

/** Instances that Lambda runs in the subnets and groups given. */
export function translateCapacityProvider(draft: Draft, sam: Sam): void {
  const { properties, at } = sam
  const network = get(properties, 'VpcConfig')
  const needs = get(properties, 'InstanceRequirements')
  const scaling = get(properties, 'ScalingConfig')
  const usage = get(scaling, 'AverageCPUUtilization')
  const made = map(at, {
    CapacityProviderName: get(properties, 'CapacityProviderName'),
    VpcConfig:
      network && plainMap(network)
        ? opened(
            map(network.at, picked(plainMap(network) ?? map(at, {}), ['SubnetIds', 'SecurityGroupIds'])),
            unknownIn(plainMap(network) ?? map(at, {}), keySet('SubnetIds SecurityGroupIds'), 'VpcConfig'),
          )
        : map(at, {}, `VpcConfig of ${sam.id} is not modelled`),
    PermissionsConfig: map(at, {
      CapacityProviderOperatorRoleArn: operator(draft, sam, 'AWSLambdaManagedEC2ResourceOperator'),
    }),
    InstanceRequirements:
      needs &&
      map(needs.at, {
        Architectures: get(needs, 'Architectures'),
        AllowedInstanceTypes: get(needs, 'AllowedTypes'),
        ExcludedInstanceTypes: get(needs, 'ExcludedTypes'),
      }),
    CapacityProviderScalingConfig:
      scaling &&
      map(scaling.at, {
        MaxVCpuCount: get(scaling, 'MaxVCpuCount'),
        ScalingMode: string(usage ? 'Manual' : 'Auto', scaling.at),
        ScalingPolicies:
          usage &&
          list(
            [
              map(usage.at, {
                PredefinedMetricType: string('LambdaCapacityProviderAverageCPUUtilization', usage.at),
                TargetValue: usage,
              }),
            ],
            usage.at,
          ),
      }),
    KmsKeyArn: get(properties, 'KmsKeyArn'),
  })
  const open = unknownIn(properties, providerKeys, `${sam.id} (AWS::Serverless::CapacityProvider)`)
  replace(draft, sam, 'AWS::Lambda::CapacityProvider', opened(made, open))
}

const connectorKeys = keySet('Name VpcConfig ComputeTypes OperatorRole Tags PropagateTags')

/** Interfaces for Lambda's other kinds of compute in the subnets and groups given. */
export function translateNetworkConnector(draft: Draft, sam: Sam): void {
  const { properties, at } = sam
  const network = plainMap(get(properties, 'VpcConfig'))
  const types = get(properties, 'ComputeTypes')
  const egress = network
    ? withEntries(network, {
        AssociatedComputeResourceTypes: types && truth(types) !== false ? types : texts(['MicroVm'], at),
      })
    : map(at, {}, `VpcConfig of ${sam.id} is not modelled`)
  const made = map(at, {
    Name: get(properties, 'Name'),
    Configuration: map(at, { VpcEgressConfiguration: egress }),
    OperatorRole: operator(draft, sam, 'AWSLambdaNetworkConnectorOperatorPolicy'),
  })
  const open = unknownIn(properties, connectorKeys, `${sam.id} (AWS::Serverless::NetworkConnector)`)
  replace(draft, sam, 'AWS::Lambda::NetworkConnector', opened(made, open))
}

function operator(draft: Draft, sam: Sam, policyName: string) {
  const given = get(sam.properties, 'OperatorRole')
  if (given) return given
  const role = newRole(`${sam.id}OperatorRole`, sam.at, 'lambda.amazonaws.com')
  role.managed.push(awsPolicy(policyName, sam.at))
  makeRole(draft, role, passedOn(sam.resource))
  return getAtt(role.id, 'Arn', sam.at)
}
