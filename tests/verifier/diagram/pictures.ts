/** Pictures to look at: of all examples, of templates of others, of ten services, and of one that is opened. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { generate } from '../../../generator/generate.ts'
import { parseConfig } from '../../../generator/read.ts'
import { picture } from '../../../verifier/diagram/diagram.ts'
import type { Picture } from '../../../verifier/diagram/picture.ts'
import type { VerifyInput } from '../../../verifier/verify.ts'
import { assets, exampleFolders } from '../../support/examples.ts'

type Read = (path: string) => string | undefined

const inputOf = (path: string, text: string, readFile: Read = () => undefined): VerifyInput => ({
  templates: [{ path, text }],
  readFile,
})

export const pictureOf = (path: string, text: string): Picture => picture(inputOf(path, text))

const fromDisk = (folder: string) => (path: string) => {
  try {
    return readFileSync(join(folder, path), 'utf8')
  } catch {
    return undefined
  }
}

const fromFile = (path: string, from = ''): VerifyInput =>
  inputOf(path, readFileSync(join(from, path), 'utf8'), fromDisk(from))

const names = [
  'orders',
  'catalog',
  'billing',
  'search',
  'customers',
  'shipping',
  'inventory',
  'reviews',
  'pricing',
  'returns',
]

/** One load balancer with many services. */
function withServices(count: number): VerifyInput {
  const services = names
    .slice(0, count)
    .map(
      (name) =>
        `  ${name}: { image: "111111111111.dkr.ecr.eu-west-1.amazonaws.com/${name}:1", port: 8080, paths: [/${name}, /${name}/*] }`,
    )
  const { model } = parseConfig(
    `name: shop
domain: { name: api.example.com, zone: { id: Z0123456789ABCDEFGHIJ } }
services:
${services.join('\n')}
api: { auth: { customers: { jwt: { issuer: "https://idp.example.com/", audience: [shop] } } } }
`,
    'portcullis.yaml',
  )
  const text = generate(model, assets).find(({ path }) => path === 'templates/standalone.yaml')?.text ?? ''
  return inputOf('standalone.yaml', text)
}

export const ofServices = (count: number): Picture => picture(withServices(count))

export const main = readFileSync('templates/standalone.yaml', 'utf8')

/** The load balancer in the internet, and open to a range. */
export const opened = main
  .replace('  Scheme: internal', '  Scheme: internet-facing')
  .replace('SourceSecurityGroupId: !GetAtt VpcLinkSecurityGroup.GroupId', 'CidrIp: 10.0.0.0/8')

const foreign = 'tests/verifier/foreign'
const cases = 'tests/verifier/cases'
const templatesIn = (folder: string): readonly string[] =>
  readdirSync(folder).filter(
    (name) =>
      /\.(ya?ml|json)$/.test(name) && !name.startsWith('expected') && name !== 'escape-sequence-in-an-error.yaml',
  )

/** What there is to look at, by name; each is read when it is asked for. */
export const inputs: readonly (readonly [string, () => VerifyInput])[] = [
  ...exampleFolders.map((folder) => [folder, () => fromFile(join(folder, 'templates/template.yaml'))] as const),
  ...[1, 2, 3, 10].map((count) => [`${count} services`, () => withServices(count)] as const),
  ['an opened one', () => inputOf('opened.yaml', opened)],
  ...templatesIn(foreign).map((name) => [`${foreign}/${name}`, () => fromFile(name, foreign)] as const),
  ...templatesIn(cases).map((name) => [`${cases}/${name}`, () => fromFile(name, cases)] as const),
]

export const pictures: readonly (readonly [string, () => Picture])[] = inputs.map(
  ([name, make]) => [name, () => picture(make())] as const,
)
