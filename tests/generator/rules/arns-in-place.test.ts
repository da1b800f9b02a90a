// An ARN says in which account and region a thing is. Each key of the schema that takes one is compared with those of
// the environments, or stands here with the reason why it need not be there.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { PortcullisError } from '../../../generator/errors/portcullis-error.ts'
import { parseConfig } from '../../../generator/read.ts'
import type { Json } from '../../support/read-template.ts'

const [account, region] = ['111111111111', 'eu-west-1']
const [elsewhere, abroad] = ['222222222222', 'us-east-1']

type Key = {
  /** The ARN that belongs there, with `REGION` and `ACCOUNT` to put in. */
  readonly arn: string
  /** The config around it. */
  readonly write: (config: Json, arn: string) => void
  /** Why the account or region may be another one. */
  readonly anyAccount?: string
  readonly anyRegion?: string
}

const noRegion = 'IAM has no regions'
const key = 'arn:aws:kms:REGION:ACCOUNT:key/12345678-90ab-cdef-1234-567890abcdef'
const ofKey = 'a key of another account may be shared with this one'
const job = (config: Json): Json => {
  config.jobs = { nightly: { image: config.services.web.image, schedule: 'rate(1 day)' } }
  return config.jobs.nightly
}
const permission = (arn: string) => [{ actions: ['sqs:SendMessage'], resources: [arn] }]
const queue = 'arn:aws:sqs:REGION:ACCOUNT:mails'
const ofResource = 'a queue or table of another account may be shared with this one'
const policy = 'arn:aws:iam::{account}:policy/own'
const ofPolicy = 'the pattern takes {account} only'
const secret = 'arn:aws:secretsmanager:REGION:ACCOUNT:secret:db'

const keys: Readonly<Record<string, Key>> = {
  permissionsBoundary: {
    arn: 'arn:aws:iam::ACCOUNT:policy/boundary',
    write: (config, arn) => Object.assign(config, { permissionsBoundary: arn }),
    anyRegion: noRegion,
  },
  'domain.zone.role': {
    arn: 'arn:aws:iam::ACCOUNT:role/portcullis/writer',
    write: ({ domain }, arn) => Object.assign(domain.zone, { role: arn }),
    anyAccount: 'it is there for a zone of another account',
    anyRegion: noRegion,
  },
  'domain.certificate': {
    arn: 'arn:aws:acm:REGION:ACCOUNT:certificate/12345678-90ab-cdef-1234-567890abcdef',
    write: ({ domain }, arn) => Object.assign(domain, { certificate: arn }),
  },
  'cluster.existing': {
    arn: 'arn:aws:ecs:REGION:ACCOUNT:cluster/platform',
    write: (config, arn) => Object.assign(config, { cluster: { existing: arn } }),
  },
  'loadBalancer.existing.listener': {
    arn: 'arn:aws:elasticloadbalancing:REGION:ACCOUNT:listener/app/shared/0123456789abcdef/0123456789abcdef',
    write: (config, arn) =>
      Object.assign(config, {
        network: {
          existing: { vpc: 'vpc-0a1b2c3d4e5f60718', subnets: ['subnet-0aaaaaaaaaaaaaaaa', 'subnet-0bbbbbbbbbbbbbbbb'] },
        },
        loadBalancer: {
          existing: { listener: arn, securityGroup: 'sg-0dddddddddddddddd', serverName: 'internal.example.com' },
          priorities: '2000-2999',
        },
      }),
  },
  'services.*.scale.queue.arn': {
    arn: queue,
    write: ({ services }, arn) => {
      services.mails = { image: services.web.image, scale: { min: 1, queue: { arn, messagesPerTask: 10 } } }
    },
  },
  'services.*.secretsKey': {
    arn: key,
    write: ({ services: { web } }, arn) => Object.assign(web, { secrets: { KEY: '/key' }, secretsKey: arn }),
    anyAccount: ofKey,
  },
  'services.*.permissions[].resources[]': {
    arn: queue,
    write: ({ services: { web } }, arn) => Object.assign(web, { permissions: permission(arn) }),
    anyAccount: ofResource,
  },
  'services.*.policies[]': {
    arn: policy,
    write: ({ services: { web } }, arn) => Object.assign(web, { policies: [arn] }),
    anyAccount: ofPolicy,
    anyRegion: noRegion,
  },
  'jobs.*.secretsKey': {
    arn: key,
    write: (config, arn) => Object.assign(job(config), { secrets: { KEY: '/key' }, secretsKey: arn }),
    anyAccount: ofKey,
  },
  'jobs.*.permissions[].resources[]': {
    arn: queue,
    write: (config, arn) => Object.assign(job(config), { permissions: permission(arn) }),
    anyAccount: ofResource,
  },
  'jobs.*.policies[]': {
    arn: policy,
    write: (config, arn) => Object.assign(job(config), { policies: [arn] }),
    anyAccount: ofPolicy,
    anyRegion: noRegion,
  },
  'api.auth.*.lambda': {
    arn: 'arn:aws:lambda:REGION:ACCOUNT:function:authorizer',
    write: ({ api }, arn) => Object.assign(api, { auth: { machines: { lambda: arn } } }),
  },
  'delivery.serviceCatalog.principals[]': {
    arn: 'arn:aws:iam::ACCOUNT:role/engineers',
    write: (config, arn) =>
      Object.assign(config, {
        delivery: {
          serviceCatalog: { portfolio: 'P', owner: 'o', principals: [arn], versions: { '1.0.0': 'current' } },
        },
      }),
    anyAccount: 'the portfolio is in an account that no environment names',
    anyRegion: noRegion,
  },
}

/** Keys that take names and ARNs alike, so that their pattern is made of several. */
const references: Readonly<Record<string, Key>> = {
  'services.*.secrets.*': {
    arn: secret,
    write: ({ services: { web } }, arn) => Object.assign(web, { secrets: { KEY: arn } }),
  },
  'jobs.*.secrets.*': {
    arn: secret,
    write: (config, arn) => Object.assign(job(config), { secrets: { KEY: arn } }),
  },
  'services.*.sidecars.*.secrets.*': {
    arn: secret,
    write: ({ services: { web } }, arn) =>
      Object.assign(web, { sidecars: { otel: { image: web.image, secrets: { KEY: arn } } } }),
  },
  'services.*.registryCredentials': {
    arn: secret,
    write: (config, arn) => {
      config.network = { egress: 'nat' }
      Object.assign(config.services.web, { image: 'registry.example.com/app:1', registryCredentials: arn })
    },
  },
  'services.*.sidecars.*.registryCredentials': {
    arn: secret,
    write: (config, arn) => {
      config.network = { egress: 'nat' }
      config.services.web.sidecars = { otel: { image: 'registry.example.com/app:1', registryCredentials: arn } }
    },
  },
}

const base = (): Json => ({
  name: 'orders',
  domain: { name: 'api.example.com', zone: { id: 'Z0123456789ABCDEFGHIJ' } },
  services: { web: { image: '111111111111.dkr.ecr.{region}.amazonaws.com/app:1', port: 8080 } },
  api: { defaultAuth: 'iam' },
  environments: { prod: { region, account } },
})

/** What is wrong with the config that has the ARN of that place. */
function found({ arn, write }: Key, ofRegion: string, ofAccount: string): string[] {
  const config = base()
  write(config, arn.replace('REGION', ofRegion).replace('ACCOUNT', ofAccount))
  try {
    parseConfig(JSON.stringify(config), 'portcullis.yaml')
    return []
  } catch (error) {
    if (!(error instanceof PortcullisError)) throw error
    return error.diagnostics.map(({ code, message }) => `${code} ${message}`)
  }
}

describe.each([...Object.entries(keys), ...Object.entries(references)])('%s', (_, each) => {
  test('takes an ARN of the same place', () => {
    expect(found(each, region, account)).toEqual([])
  })

  test(`of another account: ${each.anyAccount ?? 'refused'}`, () => {
    const errors = found(each, region, elsewhere)
    if (each.anyAccount === undefined) expect(errors).toEqual([expect.stringContaining(elsewhere)])
    else expect(errors).toEqual([])
  })

  test(`of another region: ${each.anyRegion ?? 'refused'}`, () => {
    const errors = found(each, abroad, account)
    if (each.anyRegion === undefined) expect(errors).toEqual([expect.stringContaining(abroad)])
    else expect(errors).toEqual([])
  })
})

test('every key whose pattern takes an ARN is here', () => {
  const schema = JSON.parse(readFileSync('portcullis.schema.json', 'utf8'))
  const found = new Set<string>()
  const walk = (given: Json, path: string): void => {
    if (typeof given !== 'object' || given === null) return
    const part = given.$ref ? schema.$defs[given.$ref.split('/').at(-1)] : given
    if (/^\^.{0,8}arn:/.test(part.pattern ?? '')) found.add(path)
    for (const name of ['anyOf', 'oneOf', 'allOf']) for (const each of part[name] ?? []) walk(each, path)
    for (const [name, each] of Object.entries(part.properties ?? {})) walk(each, path ? `${path}.${name}` : name)
    walk(part.additionalProperties, `${path}.*`)
    for (const each of Object.values(part.patternProperties ?? {})) walk(each, `${path}.*`)
    walk(part.items, `${path}[]`)
  }
  walk(schema, '')
  expect([...found].sort()).toEqual(Object.keys(keys).sort())
})
