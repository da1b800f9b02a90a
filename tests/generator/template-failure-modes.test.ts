// Group G: the templates around the custom resources, as they are committed for the examples.
import { existsSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { buildFunctions } from '../../custom-resources/build.ts'
import { bundleText, loadBundle } from '../custom-resources/bundles.ts'
import { exampleFiles, exampleFolders } from '../support/examples.ts'
import type { Json } from '../support/read-template.ts'
import { exampleTemplate } from '../support/templates.ts'

type Resources = Record<string, Json>
const all = exampleFolders.map((folder): [string, Resources] => [folder, exampleTemplate(folder).Resources])
const elsewhere: Resources = exampleTemplate('examples/zone-elsewhere').Resources
const ofType = (resources: Resources, type: string) =>
  Object.entries(resources).filter(([, { Type }]) => Type === type || (type.endsWith(':') && Type.startsWith(type)))
const functionsOf = (resources: Resources) => ofType(resources, 'AWS::Lambda::Function')
const names = ['waiter', 'writer'] as const

test('G1 each custom resource that calls AWS depends on its own policy, in its own layer, so the rights outlive it', () => {
  const layer = (file: string) => exampleTemplate('examples/zone-elsewhere', file).Resources
  const layers = ['certificate', 'api'].map(layer)
  const customs = ofType(elsewhere, 'Custom:').filter(([, { Type }]) => Type !== 'Custom::PortcullisIsolationProbe')
  expect(customs.length).toBeGreaterThan(4)
  for (const [id, { DependsOn }] of customs) {
    const policies = [DependsOn].flat().filter((other: string) => elsewhere[other]?.Type === 'AWS::IAM::Policy')
    expect([id, policies.length]).toEqual([id, 1])
    expect(layers.filter((resources) => id in resources && policies[0] in resources)).toHaveLength(1)
  }
})

test('G2 the functions write to log groups of the template and cannot make others', () => {
  for (const [folder, resources] of all)
    for (const [id, { Properties }] of functionsOf(resources)) {
      const group = resources[Properties.LoggingConfig.LogGroup.Ref]
      expect([folder, id, group?.Type, group?.Properties.RetentionInDays !== undefined]).toEqual([
        folder,
        id,
        'AWS::Logs::LogGroup',
        true,
      ])
      expect(group.Properties.LogGroupName).toBeUndefined()
      const role = resources[Properties.Role['Fn::GetAtt'][0]]
      expect(JSON.stringify(role)).toMatch('logs:PutLogEvents')
      expect(JSON.stringify(role)).not.toMatch('logs:CreateLogGroup')
    }
})

test('G3 the functions are in no VPC, where they could not reach the place of the answer', () => {
  for (const [, resources] of all)
    for (const [, { Properties }] of functionsOf(resources)) expect(Properties).not.toHaveProperty('VpcConfig')
})

test('G4 inline code is plain ASCII text that CloudFormation does not touch', () => {
  for (const [, resources] of all)
    for (const [, { Properties }] of functionsOf(resources)) {
      expect(typeof Properties.Code.ZipFile).toBe('string')
      expect(Properties.Code.ZipFile).toMatch(/^[\t\n\x20-\x7e]+$/)
      expect(Properties.Code.ZipFile).not.toMatch('{{resolve:')
    }
})

test('G5 the code is CommonJS with an async handler of two arguments', () => {
  for (const name of names)
    for (const form of ['inline', 'index'] as const) {
      const text = bundleText(name, form)
      const { handler } = loadBundle(text)
      expect([handler.length, Object.getPrototypeOf(handler).constructor.name]).toEqual([2, 'AsyncFunction'])
      expect(text).not.toMatch(/^(import|export) /m)
    }
})

test('G6 both functions run on the newest runtime, the same everywhere', () => {
  const runtimes = all.flatMap(([, resources]) =>
    functionsOf(resources).map(([, { Properties }]) => Properties.Runtime),
  )
  expect([...new Set(runtimes)]).toEqual(['nodejs24.x'])
  for (const folder of exampleFolders) {
    const file = `${folder}/templates/custom-resources.yaml`
    // Where all parts exist already, nothing is waited for.
    if (!existsSync(file))
      expect(readFileSync(`${folder}/templates/standalone.yaml`, 'utf8')).not.toMatch('AWS::Lambda')
    else expect(new Set(readFileSync(file, 'utf8').match(/nodejs[\d.]+x/g))).toEqual(new Set(['nodejs24.x']))
  }
})

test('G7 only AWS operations that every version of the SDK v3 has are used', () => {
  const used = names.flatMap((name) =>
    [...bundleText(name, 'index').matchAll(/task, [\w.]+, "(\w+)"/g)].map(([, operation]) => operation),
  )
  expect([...new Set(used)].sort()).toEqual([
    'addTagsToCertificate',
    'assumeRole',
    'changeResourceRecordSets',
    'deleteCertificate',
    'describeCertificate',
    'getHostedZone',
    'getVpcLink',
    'listCertificates',
    'listResourceRecordSets',
    'listTagsForCertificate',
    'requestCertificate',
  ])
})

test('G8 the code loads nothing but Node.js and the clients of the SDK', () => {
  for (const name of names)
    for (const form of ['inline', 'index'] as const) {
      const loads = [...bundleText(name, form).matchAll(/(?:require|import)\(\s*["'`]([^"'`]+)["'`]\s*\)/g)].map(
        (match) => match[1] ?? '',
      )
      expect(loads.length).toBeGreaterThan(2)
      for (const module of loads) expect(module).toMatch(/^(node:.*|@aws-sdk\/client-(acm|route-53|apigatewayv2|sts))$/)
      expect(loads.filter((module) => module.startsWith('node:') && !builtinModules.includes(module.slice(5)))).toEqual(
        [],
      )
      expect(bundleText(name, form)).not.toMatch('@smithy')
    }
})

test('G9 templates and functions stay within their limits', () => {
  for (const folder of exampleFolders)
    for (const { path, text } of exampleFiles(folder))
      expect([path, Buffer.byteLength(text) < 1_000_000]).toEqual([path, true])
  const minimal = readFileSync('examples/minimal/templates/standalone.yaml', 'utf8')
  expect(Buffer.byteLength(minimal)).toBeLessThanOrEqual(65_536)
  const sizes = names.map((name) => Buffer.byteLength(bundleText(name)))
  process.stderr.write(`inline functions: ${names.map((name, index) => `${name} ${sizes[index]} bytes`).join(', ')}\n`)
  expect(Math.max(...sizes)).toBeLessThan(24_000)
})

test('G10 two builds give the same bytes, which are the ones in the templates', async () => {
  const [one, two] = [await buildFunctions(), await buildFunctions()]
  expect(one).toEqual(two)
  for (const name of names) {
    expect(one[name].inline).toBe(bundleText(name))
    expect(elsewhere[name === 'waiter' ? 'WaiterFunction' : 'WriterFunction'].Properties.Code.ZipFile.trim()).toBe(
      one[name].inline,
    )
  }
})

test('G11 nothing uses the link or the certificate before it is ready', () => {
  for (const [folder, resources] of all) {
    const integrations = ofType(resources, 'AWS::ApiGatewayV2::Integration').filter(
      ([, one]) => one.Properties.ConnectionType === 'VPC_LINK',
    )
    expect([folder, integrations.length > 0]).toEqual([folder, true])
    // A link that exists already is waited for by nobody.
    const waits = resources['VpcLink'] !== undefined
    for (const [, { Properties, DependsOn }] of integrations) {
      expect(Properties.ConnectionId).toEqual({ Ref: waits ? 'VpcLink' : 'VpcLinkId' })
      expect([DependsOn].flat().includes('VpcLinkReady')).toBe(waits)
    }
  }
  const waiters = ofType(elsewhere, 'Custom::PortcullisCertificateIssued')
    .map(([id]) => id)
    .sort()
  const issued = { 'Fn::GetAtt': [waiters.at(-1), 'CertificateArn'] }
  expect(JSON.stringify(elsewhere['HttpsListener'])).toMatch(JSON.stringify(issued))
  expect(JSON.stringify(elsewhere['ApiDomainName'])).toMatch(JSON.stringify(issued))
  for (const [id, { Type, ...rest }] of Object.entries(elsewhere))
    if (!Type.startsWith('Custom::') && Type !== 'AWS::IAM::Policy')
      expect([id, JSON.stringify(rest).includes('"CertificateRequest"')]).toEqual([id, false])
})

test('G12 custom resources are deleted with the stack: none is retained', () => {
  for (const [, resources] of all)
    for (const [, one] of ofType(resources, 'Custom:')) {
      expect(['Delete', undefined]).toContain(one.DeletionPolicy)
      expect(['Delete', undefined]).toContain(one.UpdateReplacePolicy)
    }
})

test('G14 the logs of the functions outlive a failed create, and expire', () => {
  for (const [folder, resources] of all)
    for (const [id, { Properties }] of functionsOf(resources)) {
      const {
        DeletionPolicy,
        UpdateReplacePolicy,
        Properties: group,
      } = resources[Properties.LoggingConfig.LogGroup.Ref]
      const found = [folder, id, DeletionPolicy, UpdateReplacePolicy, group.RetentionInDays]
      expect(found).toEqual([folder, id, 'Retain', 'Retain', expect.anything()])
    }
})

test('G13 standalone.yaml has no transform, macro or nested stack, so StackSets and Service Catalog take it', () => {
  for (const folder of exampleFolders) {
    const template = exampleTemplate(folder)
    expect(template).not.toHaveProperty('Transform')
    const types = Object.values<Json>(template.Resources).map(({ Type }) => Type)
    expect(
      types.filter((type) => /^AWS::(Serverless|CloudFormation::Stack$|CloudFormation::Macro)/.test(type)),
    ).toEqual([])
    expect(JSON.stringify(template)).not.toMatch('Fn::Transform')
    expect(types).toContain('AWS::ApiGatewayV2::Api')
  }
})
