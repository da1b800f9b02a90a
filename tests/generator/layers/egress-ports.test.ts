// What tasks may open on the internet with NAT, in the templates and in the order of what is made.
import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { codeOf } from '../../../generator/commands/assets.ts'
import { judge, platformFiles } from '../../../generator/commands/verdict.ts'
import { generate } from '../../../generator/generate.ts'
import { parseConfig } from '../../../generator/read.ts'
import { assets } from '../../support/examples.ts'
import type { Json } from '../../support/read-template.ts'
import { templateOf } from '../../support/templates.ts'

const text = readFileSync('examples/nat/portcullis.yaml', 'utf8')

/** The rules to the internet of all tasks, and what the service waits for. */
function rulesWith(ports: string, egress = 'regional-nat') {
  const { model } = parseConfig(
    text.replace('egress: regional-nat', `egress: ${egress}${ports === '' ? '' : `\n  egressPorts: ${ports}`}`),
    'portcullis.yaml',
  )
  const { Resources } = templateOf(model)
  const rules = Object.entries<Json>(Resources).filter(
    ([, { Type, Properties }]) => Type === 'AWS::EC2::SecurityGroupEgress' && Properties.CidrIp === '0.0.0.0/0',
  )
  return {
    rules: rules.map(([id, { Properties: rule }]) => `${id} ${rule.IpProtocol} ${rule.FromPort}-${rule.ToPort}`),
    waits: rules
      .map(([id]) => id)
      .filter((id) => [Resources.WebService, Resources.ImportSchedule].some((each) => each.DependsOn.includes(id))),
  }
}

test.each(['nat', 'regional-nat'])('with %s, exactly the ports of the list are open, each once', (egress) => {
  const ids = ['Web', 'Import'].flatMap((task) => [443, 587].map((port) => `${task}TaskEgressToInternet${port}`))
  expect(rulesWith('[587, 443, 587]', egress)).toEqual({
    rules: ids.map((id) => `${id} tcp ${id.slice(-3)}-${id.slice(-3)}`),
    waits: ids,
  })
})

test('without a list, everything is open', () => {
  const ids = ['WebTaskEgressToInternet', 'ImportTaskEgressToInternet']
  expect(rulesWith('')).toEqual({ rules: ids.map((id) => `${id} -1 undefined-undefined`), waits: ids })
})

test('the port of a registry belongs on the list', () => {
  const image = text.replace('registry.example.com/team', 'registry.example.com:5000/team')
  const withPorts = (ports: string) =>
    parseConfig(image.replace('regional-nat', `nat\n  egressPorts: ${ports}`), 'portcullis.yaml')
  expect(() => withPorts('[443]')).toThrow(/PC205 {2}port 5000 is missing/)
  expect(withPorts('[443, 5000]').warnings).toEqual([])
})

/** What an application opens whose platform has this network, and whom it declares. */
function onPlatform(network: string, reaches: string) {
  const platform = `
name: platform
share: true
domain: { name: internal.example.com, zone: { id: Z0123456789ABCDEFGHIJ } }
network: ${network}`
  const application = `
name: shop
uses: platform.yaml
domain: { name: shop.example.com, zone: { id: Z0123456789ABCDEFGHIJ } }
loadBalancer: { priorities: 1000-1999 }
services: { web: { image: "registry.example.com/web:1", port: 80, reaches: ${reaches} } }
api: { defaultAuth: iam }`
  const { model } = parseConfig(application, 'portcullis.yaml', undefined, [], (file) => ({ text: platform, file }))
  const judged = judge(model, generate(model, assets), codeOf(assets), platformFiles(model, assets))
  const { Resources } = templateOf(model)
  return {
    rules: Object.entries<Json>(Resources).flatMap(
      ([
        id,
        {
          Type,
          Properties: { CidrIp, IpProtocol, FromPort },
        },
      ]) =>
        Type === 'AWS::EC2::SecurityGroupEgress' && CidrIp === '0.0.0.0/0' ? [`${id} ${IpProtocol} ${FromPort}`] : [],
    ),
    waits: Resources.WebService.DependsOn.filter((id: string) => id.startsWith('WebTaskEgressToInternet')),
    verdicts: judged.map(({ report }) => report.verdict),
    declared: judged[0]?.report.declarations.map(({ value }) => value).filter((value) => value.startsWith('internet')),
  }
}

test.each([
  ['{ egress: nat, egressPorts: [443, 8883] }', '[{ internet: 587 }]', ['tcp 443', '8883 tcp 8883', '587 tcp 587']],
  ['{ egress: regional-nat, egressPorts: [443] }', '[]', ['tcp 443']],
  ['{ egress: regional-nat }', '[]', ['-1 undefined']],
  ['{ existing: {} }', '[]', ['tcp 443']],
])('an application on a platform with network: %s opens what the platform says, and %s', (network, reaches, opened) => {
  const rules = opened.map((each) => `WebTaskEgressToInternet${/^\d/.test(each) ? '' : ' '}${each}`)
  expect(onPlatform(network, reaches)).toEqual({
    rules,
    waits: rules.map((rule) => rule.split(' ')[0]),
    verdicts: ['proved', 'proved'],
    declared: ['internet-egress:WebService'],
  })
})
