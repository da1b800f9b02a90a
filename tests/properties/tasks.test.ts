// What ECS asks of the containers of a task and only finds out when one starts, over the whole config space.
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { generate } from '../../generator/generate.ts'
import { parseConfig } from '../../generator/read.ts'
import { runs, seed } from '../support/effort.ts'
import { assets } from '../support/examples.ts'
import type { Json } from '../support/read-template.ts'
import { configArbitrary, toYaml } from './arbitraries.ts'

type Containers = readonly Json[]
type Task = { readonly containers: Containers; readonly statements: readonly Json[] }

const generated = (yaml: string): Record<string, Json> => {
  const files = generate(parseConfig(yaml, 'portcullis.yaml').model, assets, 'json')
  return JSON.parse(files.find(({ path }) => path === 'templates/standalone.json')?.text ?? '').Resources
}

/** All properties below are asked of the same configs. */
const known = new Map<string, Record<string, Json>>()
function resourcesOf(config: object): Record<string, Json> {
  const yaml = toYaml(config)
  const resources = known.get(yaml) ?? generated(yaml)
  known.set(yaml, resources)
  return resources
}

function tasksOf(config: object): Task[] {
  const Resources = resourcesOf(config)
  return Object.values<Json>(Resources)
    .filter(({ Type }) => Type === 'AWS::ECS::TaskDefinition')
    .map(({ Properties: { ContainerDefinitions, ExecutionRoleArn } }) => ({
      containers: ContainerDefinitions,
      statements: Resources[ExecutionRoleArn['Fn::GetAtt'][0]].Properties.Policies.flatMap(
        ({ PolicyDocument }: Json) => PolicyDocument.Statement,
      ),
    }))
}

const overTasks = (holds: (task: Task) => void): void =>
  fc.assert(
    fc.property(configArbitrary, (config) => tasksOf(config).forEach(holds)),
    { numRuns: runs(60), seed },
  )

/** Names in an order in which the containers can start; throws when there is none. */
function order(containers: Containers): string[] {
  const started: string[] = []
  const after = ({ DependsOn = [] }: Json): string[] => DependsOn.map(({ ContainerName }: Json) => ContainerName)
  while (started.length < containers.length) {
    const next = containers.find(
      (each) => !started.includes(each.Name) && after(each).every((name) => started.includes(name)),
    )
    if (!next) throw new Error('containers wait for each other')
    started.push(next.Name)
  }
  return started
}

test('containers have different names and ports, and can start one after the other', () => {
  overTasks(({ containers }) => {
    const names = containers.map(({ Name }) => Name)
    const ports = containers.flatMap(({ PortMappings = [] }) =>
      PortMappings.map(({ ContainerPort }: Json) => ContainerPort),
    )
    expect(new Set(names).size).toBe(names.length)
    expect(new Set(ports).size).toBe(ports.length)
    expect(order(containers).sort()).toEqual([...names].sort())
  })
  expect(() => order([{ Name: 'a', DependsOn: [{ ContainerName: 'a' }] }])).toThrow('wait for each other')
})

test('what must end is not essential, and everything else waits for it', () => {
  overTasks(({ containers }) => {
    const ending = containers.flatMap(({ DependsOn = [] }) =>
      DependsOn.filter(({ Condition }: Json) => Condition === 'SUCCESS').map(
        ({ ContainerName }: Json) => ContainerName,
      ),
    )
    for (const { Name, Essential, DependsOn = [] } of containers)
      if (ending.includes(Name)) expect({ Name, Essential }).toEqual({ Name, Essential: false })
      else if (ending.length > 0) expect(DependsOn).toContainEqual({ ContainerName: ending[0], Condition: 'SUCCESS' })
  })
})

/** What a value is in some deployment. */
const branches = (value: Json): Json[] =>
  value['Fn::If'] ? value['Fn::If'].slice(1).flatMap(branches) : value.Ref === 'AWS::NoValue' ? [] : [value]

test('the execution role may read the secrets of all containers and what they are pulled with, and no others', () => {
  const text = (value: Json): string => value['Fn::Sub'] ?? (value.Ref === undefined ? value : `\${${value.Ref}}`)
  overTasks(({ containers, statements }) => {
    const wanted = containers.flatMap(({ Secrets = [], RepositoryCredentials }) =>
      [
        ...Secrets.flatMap(branches).map(({ ValueFrom }: Json) => ValueFrom),
        ...(RepositoryCredentials === undefined ? [] : [RepositoryCredentials.CredentialsParameter]),
      ].flatMap((each) => branches(each).map(text)),
    )
    const readable = statements
      .flatMap(branches)
      .filter(({ Action }) => Action === 'secretsmanager:GetSecretValue' || Action === 'ssm:GetParameters')
      .flatMap(({ Resource }) => Resource.flatMap(branches).map((each: Json) => text(each).replace(/-\?{6}$/, '')))
    const covers = (resource: string, value: string): boolean => value === resource || value.startsWith(`${resource}:`)
    expect(wanted.filter((value) => !readable.some((resource) => covers(resource, value)))).toEqual([])
    expect(readable.filter((resource) => !wanted.some((value) => covers(resource, value)))).toEqual([])
  })
})

const overResources = (holds: (resources: Record<string, Json>) => void): void =>
  fc.assert(
    fc.property(configArbitrary, (config) => holds(resourcesOf(config))),
    { numRuns: runs(60), seed },
  )
const of = (resources: Record<string, Json>, type: string): [string, Json][] =>
  Object.entries(resources).filter(([, { Type }]) => Type === type)

/** Where the tasks of a definition run, as its service or the state machine that starts it says: of the application, or parameters. */
const subnetsOf = (resources: Record<string, Json>, definition: string): string[] => {
  const [service] = of(resources, 'AWS::ECS::Service').filter(
    ([, each]) => each.Properties.TaskDefinition.Ref === definition,
  )
  if (service)
    return service[1].Properties.NetworkConfiguration.AwsvpcConfiguration.Subnets.map(({ Ref }: Json) => Ref).sort()
  const [machine = ''] = of(resources, 'AWS::StepFunctions::StateMachine')
    .map(([, { Properties }]) => Properties.DefinitionString['Fn::Sub'])
    .filter((text) => text.includes(`"\${${definition}}"`))
  const [, subnets = '[]'] = machine.match(/"Subnets": (\[[^\]]*\])/) ?? []
  return JSON.parse(subnets)
    .map((each: string) => each.slice(2, -1))
    .sort()
}

test('a new file system is kept and encrypted, and only the tasks that mount it reach it', () => {
  overResources((resources) => {
    for (const [id, { DeletionPolicy, UpdateReplacePolicy, Properties }] of of(resources, 'AWS::EFS::FileSystem')) {
      expect([DeletionPolicy, UpdateReplacePolicy, Properties.Encrypted]).toEqual(['Retain', 'Retain', true])
      const [definition] = of(resources, 'AWS::ECS::TaskDefinition').filter(
        ([
          ,
          {
            Properties: { Volumes = [] },
          },
        ]) => Volumes.some(({ EFSVolumeConfiguration }: Json) => EFSVolumeConfiguration.FilesystemId.Ref === id),
      )
      const targets = of(resources, 'AWS::EFS::MountTarget').filter(
        ([, each]) => each.Properties.FileSystemId.Ref === id,
      )
      expect(targets.map(([, each]) => each.Properties.SubnetId.Ref).sort()).toEqual(
        subnetsOf(resources, definition?.[0] ?? ''),
      )
      const groups = new Set(
        targets.flatMap(([, each]) => each.Properties.SecurityGroups.map((group: Json) => JSON.stringify(group))),
      )
      expect(groups.size).toBe(1)
      const [group] = groups
      const rules = of(resources, 'AWS::EC2::SecurityGroupIngress').filter(
        ([, each]) => JSON.stringify(each.Properties.GroupId) === group,
      )
      expect(
        rules.map(
          ([
            ,
            {
              Properties: { Description: _, GroupId: __, ...rule },
            },
          ]) => rule,
        ),
      ).toEqual([
        {
          SourceSecurityGroupId: { 'Fn::GetAtt': [definition?.[0].replace(/Definition$/, 'SecurityGroup'), 'GroupId'] },
          IpProtocol: 'tcp',
          FromPort: 2049,
          ToPort: 2049,
        },
      ])
    }
  })
})

test('the task role may use the volumes as they are mounted and offer a shell where there is one, and nothing more of it', () => {
  overResources((resources) => {
    for (const [id, { Properties }] of of(resources, 'AWS::ECS::TaskDefinition')) {
      const statements: readonly Json[] = (
        resources[Properties.TaskRoleArn['Fn::GetAtt'][0]].Properties.Policies ?? []
      ).flatMap(({ PolicyDocument }: Json) => PolicyDocument.Statement)
      const actions = (service: string): Json[] =>
        statements.flatMap(({ Action, Resource, Condition }) =>
          [Action]
            .flat()
            .filter((action: string) => action.startsWith(`${service}:`))
            .map((action: string) => [action, Resource, Condition]),
        )
      const [main] = Properties.ContainerDefinitions
      const wanted = (Properties.Volumes ?? []).flatMap(({ Name, EFSVolumeConfiguration: efs }: Json) => {
        const isReadOnly = main.MountPoints.find(({ SourceVolume }: Json) => SourceVolume === Name).ReadOnly
        expect([efs.TransitEncryption, efs.AuthorizationConfig.IAM]).toEqual(['ENABLED', 'ENABLED'])
        const arnOf = (kind: string, value: Json): Json =>
          value.Ref
            ? { 'Fn::GetAtt': [value.Ref, 'Arn'] }
            : {
                'Fn::Sub': `arn:\${AWS::Partition}:elasticfilesystem:\${AWS::Region}:\${AWS::AccountId}:${kind}/${value}`,
              }
        const point = efs.AuthorizationConfig.AccessPointId
        const condition = point && {
          StringEquals: { 'elasticfilesystem:AccessPointArn': arnOf('access-point', point) },
        }
        return ['ClientMount', ...(isReadOnly ? [] : ['ClientWrite'])].map((action) => [
          `elasticfilesystem:${action}`,
          arnOf('file-system', efs.FilesystemId),
          condition,
        ])
      })
      expect(actions('elasticfilesystem')).toEqual(wanted)
      const shell = of(resources, 'AWS::ECS::Service').some(
        ([, service]) => service.Properties.TaskDefinition.Ref === id && service.Properties.EnableExecuteCommand,
      )
      expect(actions('ssmmessages').map(([action]) => action)).toEqual(
        shell
          ? ['CreateControlChannel', 'CreateDataChannel', 'OpenControlChannel', 'OpenDataChannel'].map(
              (action) => `ssmmessages:${action}`,
            )
          : [],
      )
    }
  })
})
