// Configs in the guides: whole ones, and sections that stand for themselves and go into a config like this one.
import { parse, stringify } from 'yaml'
import { generate } from '../../../generator/generate.ts'
import { parseConfig } from '../../../generator/read.ts'
import { assets } from '../examples.ts'
import { type Block, markerOf } from './page.ts'

const rest = `
name: shop
domain: { name: "api-{account}-{region}.example.com", zone: { id: Z0123456789ABCDEFGHIJ, role: "arn:aws:iam::222222222222:role/portcullis/dns-writer" } }
services:
  orders: { image: "111111111111.dkr.ecr.{region}.amazonaws.com/orders:1", port: 8080, paths: [/orders, /orders/*, /health] }
  items: { image: "111111111111.dkr.ecr.{region}.amazonaws.com/items:1", port: 8080, paths: [/items, /items/*] }
jobs: { nightly: { image: "111111111111.dkr.ecr.{region}.amazonaws.com/items:1", schedule: cron(0 2 * * ? *) } }
api: { auth: { customers: { jwt: { issuer: "https://idp.example.com/", audience: [shop] } } } }
`
/** The config that `uses` names. */
const platform = 'name: platform\nshare: true\ndomain: { name: internal.example.com }\n'
const product = { serviceCatalog: { portfolio: 'Platform', owner: 'platform-team', versions: { '1.0.0': 'current' } } }
/** Without these a config is none, so a snippet that lacks one is a part of a config. */
const needed = ['name', 'domain', 'services', 'api']
const sections = [
  ...needed,
  'tags',
  'permissionsBoundary',
  'share',
  'uses',
  'network',
  'cluster',
  'loadBalancer',
  'jobs',
  'observability',
  'overrides',
  'environments',
  'delivery',
]

type Tree = Record<string, unknown>

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Whether a block is a config or a part of one: by its keys, or because a marker says below which key it goes. */
export const isConfig = (block: Block): boolean =>
  markerOf(block, 'below') !== undefined ||
  (isTree(parse(block.text)) && Object.keys(parse(block.text)).every((key) => sections.includes(key)))

/** Generates with the block; throws with all diagnostics when it is wrong. Gives the paths of the files. */
export function generateWith(block: Block): string[] {
  const given: Tree = parse(block.text.replaceAll('BUCKET', 'bucket').replaceAll('HASH', '3f2a'))
  const below = markerOf(block, 'below')
  const whole = below === undefined && needed.every((key) => key in given)
  const text = whole ? block.text : stringify(withPart(base(below), below?.split('.') ?? [], given))
  return generate(
    parseConfig(text, `${block.page}:${block.line}`, undefined, [], () => ({ text: platform, file: 'platform.yaml' }))
      .model,
    assets,
  ).map(({ path }) => path)
}

const base = (below: string | undefined): Tree =>
  below?.startsWith('delivery.') ? { ...parse(rest), delivery: product } : parse(rest)

function withPart(config: Tree, [key, ...path]: readonly string[], part: Tree): Tree {
  if (key === undefined) return { ...config, ...part }
  const inside = config[key]
  return { ...config, [key]: withPart(isTree(inside) ? inside : {}, path, part) }
}
