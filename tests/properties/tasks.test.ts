// What ECS asks of the containers of a task and only finds out when one starts, over the whole config space.
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { generate } from '../../generator/generate.ts'
import { parseConfig } from '../../generator/read.ts'
import { runs, seed } from '../support/effort.ts'
import { assets } from '../support/examples.ts'
import { type Json, readTemplate } from '../support/read-template.ts'
import { configArbitrary, toYaml } from './arbitraries.ts'

type Containers = readonly Json[]
type Task = { readonly containers: Containers; readonly statements: readonly Json[] }

function tasksOf(config: object): Task[] {
  const files = generate(parseConfig(toYaml(config), 'portcullis.yaml').model, assets)
  const { Resources } = readTemplate(files.find(({ path }) => path === 'templates/standalone.yaml')?.text ?? '')
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

test('the execution role may read the secrets of all containers, and no others', () => {
  const text = (value: Json): string => value['Fn::Sub'] ?? value
  overTasks(({ containers, statements }) => {
    const wanted = containers.flatMap(({ Secrets = [] }) => Secrets.map(({ ValueFrom }: Json) => text(ValueFrom)))
    const readable = statements
      .filter(({ Sid }) => Sid === 'ReadSecrets' || Sid === 'ReadParameters')
      .flatMap(({ Resource }) => Resource.map((each: Json) => text(each).replace(/-\?{6}$/, '')))
    const covers = (resource: string, value: string): boolean => value === resource || value.startsWith(`${resource}:`)
    expect(wanted.filter((value) => !readable.some((resource) => covers(resource, value)))).toEqual([])
    expect(readable.filter((resource) => !wanted.some((value) => covers(resource, value)))).toEqual([])
  })
})
