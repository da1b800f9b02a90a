// What tasks may open on the internet with NAT, in the templates and in the order of what is made.
import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { parseConfig } from '../../../generator/read.ts'
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
