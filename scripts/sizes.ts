// Bytes per layer, cut and uncut: `npm run sizes`. standalone.yaml must fit into 1 MB from S3, and 51,200 bytes inline.
import { readFileSync } from 'node:fs'
import { printYaml } from '../generator/cfn/print-yaml.ts'
import { loadAssets } from '../generator/commands/assets.ts'
import { generate } from '../generator/generate.ts'
import { layers } from '../generator/layers/index.ts'
import { parseConfig } from '../generator/read.ts'

const bytes = (text: string): number => Buffer.byteLength(text)
const file = process.argv[2] ?? 'portcullis.yaml'
const { model } = parseConfig(readFileSync(file, 'utf8'), file)
const files = new Map(generate(model, loadAssets('dist/functions')).map(({ path, text }) => [path, bytes(text)]))
const row = (name: string, count: number | string, cut: number | string, uncut: number | string): void =>
  console.log(
    `${name.padEnd(22)} ${String(count).padStart(9)} ${String(cut).padStart(12)} ${String(uncut).padStart(12)}`,
  )

row('layer', 'resources', 'own file', 'resources')
for (const { name, fragment } of layers(model)) {
  const text = printYaml(
    {
      description: '',
      metadata: {},
      parameters: {},
      rules: {},
      mappings: {},
      conditions: {},
      outputs: {},
      entries: fragment.entries,
    },
    '',
  )
  row(name, fragment.entries.length, files.get(`templates/${name}.yaml`) ?? '', bytes(text))
}
row('template.yaml', '', files.get('templates/template.yaml') ?? '', '')
row('standalone.yaml', '', '', files.get('templates/standalone.yaml') ?? '')
