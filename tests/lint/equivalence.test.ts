// The SAM application, transformed by the real SAM translator and with its nested stacks put in, is standalone.yaml,
// resource by resource. Function code is compared by its hash, SAM's own tags are taken off; nothing else is touched.
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'
import { isFunction } from '../../generator/cfn/merged.ts'
import { references } from '../../generator/cfn/references.ts'
import { generate } from '../../generator/generate.ts'
import { architecture } from '../../generator/layers/index.ts'
import type { Model } from '../../generator/model/model.ts'
import type { Override } from '../../generator/model/overrides.ts'
import { allFolders, assets, exampleModel } from '../support/examples.ts'
import { inlined } from '../support/inline.ts'
import { someConfigs, somePlatforms } from '../support/random-models.ts'
import { type Json, readTemplate } from '../support/read-template.ts'
import { startLintProcesses } from './lint-process.ts'

const processes = startLintProcesses(1)
const scratch = mkdtempSync(join(tmpdir(), 'portcullis-equivalence-'))
afterAll(async () => {
  await processes.stop()
  rmSync(scratch, { recursive: true })
})

async function compare(model: Model, name: string, tamper = (_path: string, text: string) => text): Promise<void> {
  const folder = join(scratch, name)
  const files = generate(model, assets)
  for (const { path, text } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), tamper(path, text))
  }
  const read = async (file: string): Promise<Json> => {
    const path = join(folder, 'templates', file)
    const template = readTemplate(readFileSync(path, 'utf8'))
    return template.Transform ? processes.translate(path) : template
  }
  const root = await read('template.yaml')
  const children = new Map<string, Json>()
  for (const { Properties } of Object.values<Json>(root.Resources))
    children.set(Properties.TemplateURL, await read(Properties.TemplateURL))
  const flat = inlined(root, (url) => children.get(url))
  const standalone = readTemplate(readFileSync(join(folder, 'templates', 'standalone.yaml'), 'utf8'))

  expect(Object.keys(flat.resources).sort()).toEqual(Object.keys(standalone.Resources).sort())
  for (const [id, resource] of Object.entries<Json>(standalone.Resources)) {
    const wanted = withoutCode(resource, (code) => sha256(code.ZipFile))
    const got = withoutCode(flat.resources[id], (code) =>
      sha256(inlineOf(readFileSync(join(folder, 'templates', String(code.S3Key), 'index.js'), 'utf8'))),
    )
    const { DependsOn: order = [], ...rest } = wanted
    const { DependsOn: orderInside = [], ...restInside } = got
    expect({ id, ...restInside }).toEqual({ id, ...rest })
    // Order across templates is an order of the nested stacks; nothing else may be lost or added.
    const lost = [order].flat().filter((each: string) => ![orderInside].flat().includes(each))
    expect(lost.filter((each: string) => !flat.waitsFor.get(id)?.has(each))).toEqual([])
    const referred = new Set(references(rest).map(({ target }) => target))
    expect(
      [orderInside].flat().filter((each: string) => ![order].flat().includes(each) && !referred.has(each)),
    ).toEqual([])
  }
  expect(flat.conditions).toEqual(standalone.Conditions ?? {})
  expect(flat.mappings).toEqual(standalone.Mappings ?? {})
  expect(flat.outputs).toEqual(standalone.Outputs)
  expect(root.Parameters).toEqual(standalone.Parameters)
  expect(root.Rules).toEqual(standalone.Rules)
}

/** Another text, number or switch wherever our resources have one; lists are replaced, functions stay. */
const everyScalarChanged = (model: Model): Override[] =>
  architecture(model)
    .flatMap(({ fragment }) => fragment.entries)
    .filter(({ asset, resource: { Type } }) => !asset && !/^Custom::|EventInvokeConfig$/.test(Type))
    .map(({ id, resource }) => ({ id, attributes: { Properties: otherValue(resource.Properties) } }))

function otherValue(value: unknown): unknown {
  if (typeof value === 'string') return `${value}-changed`
  if (typeof value === 'number') return value + 1
  if (typeof value === 'boolean') return !value
  if (Array.isArray(value)) return value.map(otherValue)
  if (typeof value !== 'object' || value === null || isFunction(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, otherValue(item)]))
}

const leavesOf = (value: unknown): unknown[] =>
  typeof value === 'object' && value !== null && !isFunction(value) ? Object.values(value).flatMap(leavesOf) : [value]

/** The inline form of the function whose readable form this is. */
const inlineOf = (readable: string): string => {
  const found = Object.values(assets).find((bundle) => bundle.readable === readable)
  if (!found) throw new Error('a function that is none of ours')
  return found.inline
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

function withoutCode(resource: Json, hash: (code: Json) => string): Json {
  if (resource.Type !== 'AWS::Lambda::Function') return resource
  const { Code, Tags = [], ...properties } = resource.Properties
  const { SkipBuild: _, SamResourceId: __, ...metadata } = resource.Metadata
  const tags = Tags.filter(({ Key, Value }: Json) => !(Key === 'lambda:createdBy' && Value === 'SAM'))
  return {
    ...resource,
    Metadata: metadata,
    Properties: { ...properties, ...(tags.length > 0 ? { Tags: tags } : {}), CodeSha256: hash(Code) },
  }
}

describe('the SAM application is standalone.yaml', () => {
  test.each(allFolders)('in %s', (folder) => compare(exampleModel(folder), `example-${folder.replaceAll(/\W/g, '-')}`))

  test('in random configs', async () => {
    for (const [index, { model }] of someConfigs(40).entries()) await compare(model, `random-${index}`)
  })

  test('in random applications on a platform', async () => {
    for (const [index, { platform, applications }] of somePlatforms(8).entries()) {
      await compare(platform, `platform-${index}`)
      for (const application of applications.slice(0, 1)) await compare(application, `on-platform-${index}`)
    }
  })

  test('with an override of every text, number and switch', async () => {
    const model = exampleModel('.')
    const overrides = everyScalarChanged(model)
    const changed = { ...model, overrides }
    await compare(changed, 'overridden')
    const { Resources } = readTemplate(
      generate(changed, assets).find(({ path }) => path === 'templates/standalone.yaml')?.text ?? '',
    )
    let count = 0
    for (const { id, attributes } of overrides) {
      expect({ id, ...Resources[id].Properties }).toMatchObject({ id, ...(attributes['Properties'] as object) })
      count += leavesOf(attributes['Properties']).length
    }
    expect(count).toBeGreaterThan(200)
  })

  test.each([
    ['a value', 'templates/load-balancer.yaml', 'Port: 443', 'Port: 444'],
    ['a reference', 'templates/api.yaml', 'ConnectionId: !Ref VpcLink', 'ConnectionId: !Ref HttpApi'],
    ['an order', 'templates/api.yaml', 'DependsOn: [VpcLinkReady]', 'DependsOn: [HttpApi]'],
    ['an argument', 'templates/template.yaml', 'VpcId: !GetAtt NetworkStack.Outputs.VpcId', 'VpcId: !Ref DomainName'],
    [
      'a condition',
      'templates/service-web.yaml',
      "HasS3PrefixListId: !Not [!Equals [!Ref S3PrefixListId, '']]",
      "HasS3PrefixListId: !Equals [!Ref S3PrefixListId, '']",
    ],
  ])('and it notices %s that differs', async (what, file, text, other) => {
    const tampered = compare(
      exampleModel('examples/minimal'),
      `tampered-${what.replaceAll(' ', '-')}`,
      (path, content) => {
        if (path !== file) return content
        expect(content).toContain(text)
        return content.replaceAll(text, other)
      },
    )
    await expect(tampered).rejects.toThrow()
  })
})
