import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { printJson } from '../../generator/cfn/print-json.ts'
import { printYaml } from '../../generator/cfn/print-yaml.ts'
import { references } from '../../generator/cfn/references.ts'
import { toObject } from '../../generator/cfn/template.ts'
import { generate } from '../../generator/generate.ts'
import { parseConfig } from '../../generator/read.ts'
import { runs, seed } from '../support/effort.ts'
import { assets } from '../support/examples.ts'
import { type Json, readTemplate } from '../support/read-template.ts'
import { configArbitrary, shuffleKeys, toYaml } from './arbitraries.ts'

const numRuns = runs(60)
const filesOf = (config: object, format: 'yaml' | 'json' = 'yaml') =>
  generate(parseConfig(toYaml(config), 'portcullis.yaml').model, assets, format)
const isTemplate = (path: string): boolean => /^templates\/[^/]+\.(?:yaml|json)$/.test(path)

test('YAML and JSON say the same', () => {
  fc.assert(
    fc.property(configArbitrary, (config) => {
      const json = new Map(filesOf(config, 'json').map(({ path, text }) => [path.replace(/\.json$/, '.yaml'), text]))
      for (const { path, text } of filesOf(config).filter(({ path }) => isTemplate(path))) {
        const { Metadata, ...fromJson } = JSON.parse(
          (json.get(path) ?? '').replaceAll(/(\.\/[\w-]+)\.json/g, '$1.yaml'),
        )
        const { Generated: _, ...metadata } = Metadata
        const read = readTemplate(text)
        expect({ ...read, Metadata: read.Metadata ?? {} }).toEqual(
          standaloneHashAside({ ...fromJson, Metadata: metadata }, read),
        )
      }
    }),
    { numRuns, seed },
  )
})

/** The product's version key carries the hash of standalone.yaml in one form and of standalone.json in the other. */
const standaloneHashAside = (fromJson: Json, fromYaml: Json): Json =>
  fromYaml.Parameters?.TemplateBucket
    ? {
        ...fromJson,
        Parameters: fromYaml.Parameters,
        Resources: { ...fromJson.Resources, Product: fromYaml.Resources.Product },
      }
    : fromJson

test('any text survives printing, as key, value, in lists and in intrinsics', () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      'y',
      'NO',
      '012',
      '1e3',
      '0x1F',
      '22:22',
      '~',
      '<<',
      '=',
      '- a',
      'a: b',
      'a #b',
      '# c',
      "'",
      '"',
      '%',
      '@a',
      '`',
      '? b',
      '{}',
      '[]',
      '!Ref x',
      '&a',
      '*a',
      '|',
      '>',
      ' a',
      'a ',
      '\n',
      'a\nb',
      'a\n b\n',
      '\u2028',
      '\ufeff',
      '.inf',
      '2010-09-09',
    ),
  )
  const value = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      text,
      fc.integer(),
      fc.boolean(),
      tie('list'),
      tie('map'),
      tie('intrinsic'),
    ),
    list: fc.array(tie('value'), { maxLength: 4 }),
    map: fc.dictionary(
      text.filter((key) => !['__proto__', 'Ref', 'Condition', '<<'].includes(key) && !key.startsWith('Fn::')),
      tie('value'),
      { maxKeys: 4 },
    ),
    intrinsic: fc.oneof(
      text.map((Ref) => ({ Ref })),
      fc.array(tie('value'), { minLength: 1, maxLength: 3 }).map((list) => ({ 'Fn::Join': [',', list] })),
      tie('value').map((each) => ({ 'Fn::If': ['Condition', each, { Ref: 'AWS::NoValue' }] })),
      text.map((each) => ({ 'Fn::Sub': each })),
    ),
  })).value
  fc.assert(
    fc.property(value, (Anything) => {
      const template = {
        description: 'd',
        parameters: {},
        rules: {},
        mappings: {},
        conditions: {},
        outputs: {},
        entries: [{ id: 'X', why: 'because it must', resource: { Type: 'T', Properties: { Anything } } }],
      }
      expect(readTemplate(printYaml(template, 'marker'))).toEqual(JSON.parse(JSON.stringify(toObject(template))))
      expect(JSON.parse(printJson(template, 'marker')).Resources).toEqual(
        JSON.parse(JSON.stringify(toObject(template)))['Resources'],
      )
    }),
    { numRuns: runs(3000), seed },
  )
})

test('the order of keys changes no byte', () => {
  fc.assert(
    fc.property(configArbitrary, fc.integer(), (config, order) => {
      expect(filesOf(shuffleKeys(config, order))).toEqual(filesOf(config))
    }),
    { numRuns, seed },
  )
})

test('nothing refers to what a template does not have, and nothing is declared that nobody uses', () => {
  fc.assert(
    fc.property(configArbitrary, (config) => {
      for (const { path, text } of filesOf(config).filter(({ path }) => isTemplate(path))) {
        const {
          Parameters = {},
          Conditions = {},
          Mappings = {},
          Resources,
          Outputs = {},
          Rules = {},
        } = readTemplate(text)
        const found = references([Conditions, Resources, Outputs])
        const targets = (kind: string) =>
          new Set(found.filter((each) => each.kind === kind).map(({ target }) => target))
        const refs = [...targets('ref')].filter((target) => !target.startsWith('AWS::'))
        const dependencies = Object.values<Json>(Resources).flatMap(({ DependsOn = [] }) => DependsOn)
        expect(refs.filter((target) => !(target in Parameters) && !(target in Resources))).toEqual([])
        expect(dependencies.filter((target) => !(target in Resources))).toEqual([])
        expect([...targets('condition')].sort()).toEqual(Object.keys(Conditions).sort())
        expect([...targets('mapping')].sort()).toEqual(Object.keys(Mappings).sort())
        const inRules = new Set(references(Rules).map(({ target }) => target))
        expect(Object.keys(Parameters).filter((name) => !targets('ref').has(name) && !inRules.has(name))).toEqual(
          path.includes('zone-role') || path.includes('service-catalog') ? expect.any(Array) : [],
        )
      }
    }),
    { numRuns, seed },
  )
})
