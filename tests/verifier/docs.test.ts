// The reports in docs/verify.md are what the program prints.
import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { codeOf } from '../../generator/commands/assets.ts'
import { doors, report, verify } from '../../verifier/index.ts'
import { assets } from '../support/examples.ts'

const guide = readFileSync('docs/verify.md', 'utf8')
const shown = [...guide.matchAll(/```text\n([\s\S]*?)```/g)].map(([, text = '']) => text)
const standalone = readFileSync('templates/standalone.yaml', 'utf8')
const printed = (path: string, text: string): string =>
  report(verify({ templates: [{ path, text }], readFile: () => undefined, ownFunctions: codeOf(assets) }))
const changed = (from: string, to: string): string => {
  expect(standalone).toContain(from)
  return standalone.replace(from, to)
}

test('proved, refuted and undecided', () => {
  expect(shown).toHaveLength(3)
  expect(printed('templates/standalone.yaml', standalone)).toContain(shown[0])
  expect(
    printed(
      'refuted.yaml',
      changed('      SourceSecurityGroupId: !GetAtt VpcLinkSecurityGroup.GroupId\n', '      CidrIp: 10.20.0.0/16\n'),
    ),
  ).toContain(shown[1])
  expect(
    printed(
      'undecided.yaml',
      changed('- CertificateArn: !Ref Certificate\n', '- CertificateArn: !Ref LoadBalancerCertificate\n').replace(
        'Parameters:\n  VpcCidr:',
        'Parameters:\n  LoadBalancerCertificate:\n    Type: String\n  VpcCidr:',
      ),
    ),
  ).toContain(shown[2])
})

test('every door is named', () => {
  for (const door of doors) expect(guide).toContain(`\`${door}\``)
})
