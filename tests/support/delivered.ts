import { generate } from '../../generator/generate.ts'
import type { Format } from '../../generator/packagings/printed.ts'
import { parseConfig } from '../../generator/read.ts'
import { assets } from './examples.ts'
import { type Json, readTemplate } from './read-template.ts'

export type Settings = {
  readonly tags?: Readonly<Record<string, string>>
  readonly domain?: Json
  readonly service?: Json
  readonly environments?: Json
  readonly delivery?: Json
  readonly permissionsBoundary?: string
  readonly format?: Format
}

export type Delivered = {
  readonly text: (path: string) => string
  readonly has: (name: string) => boolean
  /** A template below `templates/`, without its extension. */
  readonly template: (name: string) => Json
  /** Properties of the resources of a type, in their order. */
  readonly properties: (name: string, type: string) => Json[]
}

/** What a small application with this way of delivery is emitted as. JSON is YAML. */
export function delivered({ format = 'yaml', domain, service, ...rest }: Settings): Delivered {
  const config = {
    name: 'shop',
    domain: domain ?? { name: '{account}.{region}.example.com', zone: zoneElsewhere },
    services: {
      orders: { image: '111111111111.dkr.ecr.{region}.amazonaws.com/orders:1', port: 8080, ...service },
    },
    api: { auth: { customers: { jwt: { issuer: 'https://idp.example.com/', audience: ['orders'] } } } },
    ...rest,
  }
  const files = generate(parseConfig(JSON.stringify(config, null, 1), 'portcullis.yaml').model, assets, format)
  const text = (path: string): string => {
    const found = files.filter((file) => file.path === path)
    if (found.length !== 1) throw new Error(`${found.length} files are ${path}`)
    return found[0]?.text ?? ''
  }
  const template = (name: string): Json => readTemplate(text(`templates/${name}.${format}`))
  return {
    text,
    template,
    has: (name) => files.some(({ path }) => path === `templates/${name}.${format}`),
    properties: (name, type) =>
      Object.values<Json>(template(name).Resources)
        .filter((resource) => resource.Type === type)
        .map((resource) => resource.Properties),
  }
}

/** So that any account can be a target. */
export const zoneElsewhere = {
  id: 'Z0123456789ABCDEFGHIJ',
  name: 'example.com',
  role: 'arn:aws:iam::222222222222:role/portcullis/dns-writer',
  externalId: 'portcullis-shop',
  organization: 'o-abcd123456',
}
