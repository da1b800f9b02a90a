// Further names of the API: each has a custom domain, a mapping and its records, wherever the zone is.
import { describe, expect, test } from '@jest/globals'
import { declarationsOf } from '../generator/commands/verdict.ts'
import { parseConfig } from '../generator/read.ts'
import { deployed } from './support/deployed.ts'
import type { Json } from './support/read-template.ts'
import { templateOf } from './support/templates.ts'

const place = { account: '111111111111', region: 'eu-west-1', parameters: { DomainName: 'api.example.com' } }

function made(zone: string, names = '["*.example.com", { name: "{region}.www.example.com", publish: true }]') {
  const { model } = parseConfig(
    `name: names
domain: { name: api.example.com, alternativeNames: ${names}, zone: ${zone} }
services: { web: { image: "111111111111.dkr.ecr.{region}.amazonaws.com/web:1", port: 80 } }
api: { auth: { customers: { jwt: { issuer: https://idp.example.com/, audience: [names] } } } }
`,
    'portcullis.yaml',
  )
  const template = templateOf(model)
  const resources = Object.entries<Json>(deployed(template, place))
  return {
    model,
    template,
    of: (type: string): [string, Json][] =>
      resources.flatMap(([id, { Type, properties }]) => (Type === type ? [[id, properties] as [string, Json]] : [])),
  }
}

/** What the logical IDs of the second name end in. */
const further = 'RegionWwwExampleCom'

describe.each([
  ['in this account', '{ id: Z0123456789ABCDEFGHIJ }'],
  ['in another account', '{ id: Z0123456789ABCDEFGHIJ, role: "arn:aws:iam::222222222222:role/portcullis/dns-writer" }'],
  ['nowhere', 'manual'],
])('with a zone %s', (_, zone) => {
  const { of, template, model } = made(zone)

  test('each name has a domain with the same certificate, and a mapping', () => {
    const domains = of('AWS::ApiGatewayV2::DomainName')
    expect(domains.map(([id, { DomainName }]) => [id, DomainName])).toEqual([
      ['ApiDomainName', 'api.example.com'],
      [`ApiDomainName${further}`, 'eu-west-1.www.example.com'],
    ])
    expect(
      new Set(domains.map(([, { DomainNameConfigurations }]) => JSON.stringify(DomainNameConfigurations))).size,
    ).toBe(1)
    expect(of('AWS::ApiGatewayV2::ApiMapping').map(([id]) => id)).toEqual(['ApiMapping', `ApiMapping${further}`])
  })

  test('and its records, or an output that says where it must point', () => {
    const written = [
      ...of('AWS::Route53::RecordSet').map(([, { Name, Type }]) => `${Name} ${Type}`),
      ...of('Custom::PortcullisAliasRecord').flatMap(([, { Name, RecordTypes }]) =>
        RecordTypes.map((type: string) => `${Name} ${type}`),
      ),
    ]
    const byHand = Object.keys(template.Outputs).filter((name) => name.startsWith('AliasTarget'))
    expect([written, byHand]).toEqual(
      zone === 'manual'
        ? [[], ['AliasTarget', 'AliasTargetHostedZoneId', `AliasTarget${further}`, `AliasTarget${further}HostedZoneId`]]
        : [
            [
              'api.example.com A',
              'api.example.com AAAA',
              'eu-west-1.www.example.com A',
              'eu-west-1.www.example.com AAAA',
            ],
            [],
          ],
    )
  })

  test('it is declared as a second domain, and what is on the certificate only is not', () => {
    expect(declarationsOf(model).allow).toEqual([{ door: 'second-domain', name: `ApiDomainName${further}` }])
  })
})

test('a name with publish: false is on the certificate only', () => {
  const { of } = made('manual', '[{ name: www.example.com }]')
  expect(of('AWS::ApiGatewayV2::DomainName')).toHaveLength(1)
  expect(of('AWS::CertificateManager::Certificate')[0]?.[1].SubjectAlternativeNames).toEqual(['www.example.com'])
})
