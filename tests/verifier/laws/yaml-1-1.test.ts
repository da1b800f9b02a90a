// Law 4: CloudFormation reads YAML 1.1, so a value written as only YAML 1.1 reads it opens what it opens, and closes
// what it closes. https://yaml.org/type/int.html, https://yaml.org/type/bool.html
import { describe, expect, test } from '@jest/globals'
import { stringify } from 'yaml'
import type { Json } from '../../support/read-template.ts'
import { isolated } from './bases.ts'
import { reportOf, verdictOn } from './judge.ts'

const mark = '@@raw@@'
const { template: base, roles } = isolated

/** The template as YAML, with the value written as it is given. */
function written(raw: string, change: (template: Json, value: string) => void): string {
  const template = structuredClone(base)
  template.Parameters = {}
  template.Conditions = {}
  change(template, mark)
  const yaml = stringify(template, { version: '1.1', aliasDuplicateObjects: false, lineWidth: 0 })
  const parts = yaml.split(new RegExp(`["']?${mark}["']?`))
  if (parts.length < 2) throw new Error('the value is not there')
  return parts.join(raw)
}

const verdict = (raw: string, change: (template: Json, value: string) => void, claim: string, target?: string) => {
  const report = reportOf({ template: written(raw, change) })
  return report ? verdictOn(report, claim, target) : 'unread'
}

const rule = (group: string, rest: Json) => (template: Json, value: string) => {
  template.Resources.Extra = {
    Type: 'AWS::EC2::SecurityGroupIngress',
    Properties: {
      GroupId: { Ref: group },
      IpProtocol: 'tcp',
      FromPort: 443,
      ToPort: 443,
      CidrIp: '0.0.0.0/0',
      ...JSON.parse(JSON.stringify(rest).replaceAll('RAW', value)),
    },
  }
}

/** 443 and 6 (TCP) in the ways of YAML 1.1; what YAML 1.2 reads is another number or a text. */
const ports = [
  '443',
  '+443',
  '0673',
  '0x1BB',
  '0x1bb',
  '0b110111011',
  '4_43',
  '0x1_BB',
  '0_673',
  '7:23',
  '443.0',
  '4.43e+2',
]
const protocols = ['6', '06', '+6', '0x6', '0x06', '0b110', '0_6', '6_', '006']

describe('numbers', () => {
  test.each(ports)('port %s is open', (raw) => {
    const open = rule(roles.balancerGroup, { FromPort: 'RAW', ToPort: 'RAW' })
    expect(verdict(raw, open, 'sole-entrance', roles.loadBalancer)).not.toBe('proved')
  })

  test.each(ports)('a range up to port %s is open', (raw) => {
    const open = rule(roles.balancerGroup, { FromPort: 440, ToPort: 'RAW' })
    expect(verdict(raw, open, 'sole-entrance', roles.loadBalancer)).not.toBe('proved')
  })

  test.each(protocols)('protocol %s is TCP', (raw) => {
    const open = rule(roles.balancerGroup, { IpProtocol: 'RAW' })
    expect(verdict(raw, open, 'sole-entrance', roles.loadBalancer)).not.toBe('proved')
  })

  test.each(ports.slice(0, 9))('a listener on port %s is where its group is open', (raw) => {
    const change = (template: Json, value: string): void => {
      rule(roles.balancerGroup, { FromPort: 443 })(template, value)
      template.Resources[roles.listener].Properties.Port = value
    }
    expect(verdict(raw, change, 'sole-entrance', roles.loadBalancer)).not.toBe('proved')
  })

  test.each(['443', '0673', '0x1BB', '4_43'])('the way in stays with port %s', (raw) => {
    const change = (template: Json, value: string): void => {
      template.Resources[roles.listener].Properties.Port = value
    }
    expect(verdict(raw, change, 'way-in-exists', roles.loadBalancer)).toBe('proved')
  })

  test.each([
    ['0673', ['443', '444']],
    ['0x1BB', ['443', '444']],
    ['4_43', ['443', '444']],
    ['010', ['8', '9']],
    ['0b11', ['3', '4']],
    ['1:30', ['90', '91']],
  ])('a condition on %s is met by its value', (raw, AllowedValues) => {
    const change = (template: Json, value: string): void => {
      rule(roles.balancerGroup, {})(template, value)
      template.Parameters.P = { Type: 'String', Default: AllowedValues[1], AllowedValues }
      template.Conditions.IsOpen = { 'Fn::Equals': [{ Ref: 'P' }, value] }
      template.Resources.Extra.Condition = 'IsOpen'
    }
    expect(verdict(raw, change, 'sole-entrance', roles.loadBalancer)).not.toBe('proved')
  })

  test.each(['0673', '0x1BB', '4_43'])('a map whose key is %s is found by its number', (raw) => {
    const change = (template: Json, value: string): void => {
      rule(roles.balancerGroup, { CidrIp: { 'Fn::FindInMap': ['Sources', '443', 'cidr'] } })(template, value)
      template.Mappings = { Sources: { [value]: { cidr: '0.0.0.0/0' } } }
    }
    // It cannot be deployed by a reader that takes the key for another text, and is open to one that does not.
    expect(verdict(raw, change, 'sole-entrance', roles.loadBalancer)).not.toBe('proved')
  })
})

const yes = ['true', 'True', 'TRUE', 'yes', 'Yes', 'YES', 'on', 'On', 'ON']
const no = ['false', 'False', 'FALSE', 'no', 'No', 'NO', 'off', 'Off', 'OFF']

describe('yes and no', () => {
  const endpoint = (template: Json, value: string): void => {
    template.Resources[roles.api].Properties.DisableExecuteApiEndpoint = value
  }
  const exec = (template: Json, value: string): void => {
    template.Resources[roles.service].Properties.EnableExecuteCommand = value
  }
  const deploy = (template: Json, value: string): void => {
    template.Resources.Stage.Properties.AutoDeploy = value
  }

  test.each(no)('an endpoint that is not disabled: %s', (raw) =>
    expect(verdict(raw, endpoint, 'no-bypass')).toBe('refuted'),
  )
  test.each(yes)('an endpoint that is disabled: %s', (raw) =>
    expect(verdict(raw, endpoint, 'no-bypass')).toBe('proved'),
  )
  test.each(yes)('exec is on: %s', (raw) => expect(verdict(raw, exec, 'no-side-door')).toBe('refuted'))
  test.each(no)('exec is off: %s', (raw) => expect(verdict(raw, exec, 'no-side-door')).toBe('proved'))
  test.each(yes)('a stage that deploys: %s', (raw) => expect(verdict(raw, deploy, 'way-in-exists')).toBe('proved'))
  test.each(no)('a stage that does not: %s', (raw) => expect(verdict(raw, deploy, 'way-in-exists')).not.toBe('proved'))

  const under = (allowed: readonly string[]) => (template: Json, value: string) => {
    rule(roles.balancerGroup, {})(template, value)
    template.Parameters.P = { Type: 'String', Default: 'other', AllowedValues: ['other', ...allowed] }
    template.Conditions.IsOpen = { 'Fn::Equals': [{ Ref: 'P' }, value] }
    template.Resources.Extra.Condition = 'IsOpen'
  }
  test.each(no)('a condition on %s is met by false', (raw) =>
    expect(verdict(raw, under(['false']), 'sole-entrance', roles.loadBalancer)).not.toBe('proved'),
  )
  test.each(yes)('a condition on %s is met by true', (raw) =>
    expect(verdict(raw, under(['true']), 'sole-entrance', roles.loadBalancer)).not.toBe('proved'),
  )
  test.each(['no', 'off'])('a condition on %s in quotes is not met by false', (raw) =>
    expect(verdict(`'${raw}'`, under(['false']), 'sole-entrance', roles.loadBalancer)).toBe('proved'),
  )
  test.each(['no', 'off', 'yes', 'on'])('an allowed value %s is the truth that it means', (raw) => {
    const change = (template: Json, value: string): void => {
      rule(roles.balancerGroup, {})(template, value)
      const truth = ['yes', 'on'].includes(raw) ? 'true' : 'false'
      template.Parameters.P = { Type: 'String', Default: 'x', AllowedValues: ['x', value] }
      template.Conditions.IsOpen = { 'Fn::Equals': [{ Ref: 'P' }, truth] }
      template.Resources.Extra.Condition = 'IsOpen'
    }
    expect(verdict(raw, change, 'sole-entrance', roles.loadBalancer)).not.toBe('proved')
  })
})

describe('texts stay texts', () => {
  test.each(["'06'", '"0673"', "'0x1BB'", "'no'"])('%s in quotes', (raw) => {
    const open = (template: Json, value: string): void => {
      template.Parameters.P = {
        Type: 'String',
        Default: 'x',
        AllowedValues: ['x', JSON.parse(raw.replaceAll("'", '"'))],
      }
      template.Conditions.IsOpen = { 'Fn::Equals': [{ Ref: 'P' }, value] }
      rule(roles.balancerGroup, {})(template, value)
      template.Resources.Extra.Condition = 'IsOpen'
    }
    expect(verdict(raw, open, 'sole-entrance', roles.loadBalancer)).toBe('refuted')
  })
})
