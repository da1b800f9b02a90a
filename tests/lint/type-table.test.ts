import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { reportOf, unjudged } from '../../scripts/check-type-table.ts'
import { namedNetworks, readOnlyPaths, readRegistry, typeTable } from '../../scripts/generate-type-table.ts'
import { attributesByHand } from '../../verifier/facts/types/attributes.ts'
import { saysNetwork } from '../../verifier/facts/types/names.ts'
import { actsWithRole, fixedUses } from '../../verifier/facts/types/role-paths.ts'
import { attributeOf, classOf, hasProperty } from '../../verifier/facts/types/table.ts'
import { requireTool } from './python.ts'

let found: ReturnType<typeof readRegistry> | undefined
const registry = () => {
  requireTool('cfn-lint')
  found ??= readRegistry()
  return found
}

test('the table of types is what the schemas of the pinned cfn-lint give (scripts/generate-type-table.ts)', () => {
  expect(readFileSync('verifier/facts/types/registry.gen.ts', 'utf8')).toBe(typeTable(registry()))
})

test('no type that names a group, subnet or VPC is a stranger', () => {
  const named = registry().types.map((type) => ({ name: type.name, paths: namedNetworks(type) }))
  expect(named.filter(({ paths }) => paths.length > 0).length).toBeGreaterThan(200)
  expect(
    named
      .filter(({ name, paths }) => paths.length > 0 && classOf(name) === 'stranger')
      .map(({ name, paths }) => `${name} ${paths.join(' ')}`),
  ).toEqual([])
})

test('every attribute that by its name gives something of a network is judged', () => {
  const named = registry().types.flatMap(({ name, schema }) =>
    readOnlyPaths(schema)
      .filter((path) => saysNetwork(path) && !path.startsWith('VpcEncryptionControl'))
      .map((path) => ({ name, path })),
  )
  expect(named.length).toBeGreaterThan(80)
  expect(
    named.filter(({ name, path }) => attributeOf(name, path) === undefined).map(({ name, path }) => `${name} ${path}`),
  ).toEqual([])
})

test('every attribute that was judged by hand exists', () => {
  const schemas = new Map(registry().types.map((type) => [type.name, readOnlyPaths(type.schema)]))
  const wrong = Object.entries(attributesByHand).flatMap(([type, each]) =>
    Object.keys(each)
      .filter((name) => !schemas.get(type)?.includes(name) && !hasProperty(type, name))
      .map((name) => `${type} ${name}`),
  )
  expect(wrong).toEqual([])
})

/** All paths of the writable properties of a type. */
type Properties = ReturnType<typeof registry>['types'][number]['properties']
const pathsIn = ({ entries }: Properties, prefix = ''): readonly string[] =>
  [...entries].flatMap(([name, inner]) => [`${prefix}${name}`, ...pathsIn(inner, `${prefix}${name}.`)])
const endsIn = (path: string, end: string): boolean => `.${path}.`.includes(`.${end}.`)

test('each property that speaks of a role may be acted with, unless it is judged', () => {
  const speaking = registry().types.flatMap(({ name: type, properties }) =>
    pathsIn(properties)
      .filter((path) => /role|instance.?profile/i.test(path.slice(path.lastIndexOf('.') + 1)))
      .map((path) => ({ type, path })),
  )
  const idle = speaking.filter(({ type, path }) => !actsWithRole(type, path))
  expect(speaking.length - idle.length).toBeGreaterThan(600)
  const unjudged = idle.filter(({ type, path }) => !fixedUses().some(([of, end]) => of === type && endsIn(path, end)))
  expect([...new Set(unjudged.map(({ path }) => path.slice(path.lastIndexOf('.') + 1)))].sort()).toEqual(noRoles)
})

test('each use of a role that was judged as a fixed one exists', () => {
  const all = new Map(registry().types.map(({ name, properties }) => [name, pathsIn(properties)]))
  expect(fixedUses().filter(([type, end]) => !all.get(type)?.some((path) => endsIn(path, end)))).toEqual([])
})

// They hold the name of a path, a rule, a session or a role of another system.
const noRoles = [
  'AcceptRoleSessionName',
  'AccessControlExposeHeaders',
  'AmbiguousRoleResolution',
  'AssumeRolePolicyDocument',
  'AssumeRoleRegion',
  'EnvironmentRolePermissionBoundary',
  'ExecutionRoleIdentityConfig',
  'InstanceRoleCredentialsProvider',
  'QueryAccessControlEnabled',
  'RbacRoleMappings',
  'RoleAlias',
  'RoleBase',
  'RoleMappings',
  'RolePath',
  'RoleSearchMatching',
  'RoleSearchSubtree',
  'RoleType',
  'RoleValues',
  'RolesKey',
  'StackRoles',
  'UserRoleRequired',
]

// Retired by AWS, or read-only, or in no schema of the registry.
const knownGaps = [
  'AWS::ApiGateway::BasePathMapping Id',
  'AWS::ApiGatewayV2::ApiGatewayManagedOverrides Stage.DefaultRouteSettings.DataTraceEnabled',
  'AWS::ApiGatewayV2::ApiGatewayManagedOverrides Stage.DefaultRouteSettings.LoggingLevel',
  'AWS::ApiGatewayV2::Stage AccessPolicyId',
  'AWS::EC2::VPC VpcEncryptionControl.ResourceExclusions',
  'AWS::EC2::VPC VpcEncryptionControl.State',
  'AWS::EC2::VPC VpcEncryptionControl.StateMessage',
  'AWS::EC2::VPC VpcEncryptionControl.VpcEncryptionControlId',
  'AWS::EC2::VPC VpcEncryptionControl.VpcId',
  'AWS::EC2::VPCEndpointService PrivateDnsNameConfiguration',
  'AWS::NetworkManager::VpcAttachment ProposedSegmentChange',
]

test('what the newest specification has and the table has not judged is known (npm run types:check)', () => {
  const { types, properties } = unjudged()
  process.stderr.write(reportOf({ types, properties }))
  expect(types.filter((type) => !/^AWS::(?:IoTFleetHub|LookoutMetrics|NimbleStudio|OpsWorksCM)::/.test(type))).toEqual(
    [],
  )
  expect(properties.filter((each) => classOf(each.split(' ')[0] as string) === 'modelled')).toEqual(knownGaps)
})
