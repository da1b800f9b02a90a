// docs/from-public.md: what `verify` says of both templates at each step, joined as examples/from-public/joined.yaml does.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { codeOf } from '../generator/commands/assets.ts'
import { verify } from '../verifier/index.ts'
import { assets } from './support/examples.ts'
import { behindBoth, closed, moved, oldShop } from './support/old-shop.ts'
import { type Json, readTemplate } from './support/read-template.ts'

const folder = 'examples/from-public'
const ours = readFileSync(`${folder}/templates/standalone.yaml`, 'utf8')
const joined: Json = readTemplate(readFileSync(`${folder}/joined.yaml`, 'utf8'))

/** The claims of both that are not proved. */
function left(old: Json): string[] {
  const template = structuredClone(joined)
  const given = template.Resources.Old.Properties
  given.Parameters = Object.fromEntries(Object.entries(given.Parameters).filter(([name]) => name in old.Parameters))
  const files = new Map([
    ['old-shop.yaml', JSON.stringify(old)],
    ['templates/standalone.yaml', ours],
  ])
  const { claims } = verify({
    templates: [{ path: 'joined.yaml', text: JSON.stringify(template) }],
    readFile: (path) => files.get(path),
    declarations: { parameters: new Map(), openRoutes: [], allow: [], assume: [] },
    ownFunctions: codeOf(assets),
  })
  expect(claims.length).toBeGreaterThan(8)
  return claims.filter(({ verdict }) => verdict !== 'proved').map((each) => `${each.verdict} ${each.id} ${each.target}`)
}

const ofThePublicOne = [
  'refuted way-in-exists PublicLoadBalancer',
  'refuted no-internet-path PublicLoadBalancer',
  'refuted no-internet-path Service',
  'refuted no-public-address PublicLoadBalancer',
  'refuted sole-entrance PublicLoadBalancer',
]

describe('what verify says of both templates', () => {
  test('beside the old one: the new load balancer has no service yet', () => {
    expect(left(oldShop()).sort()).toEqual(
      [...ofThePublicOne, 'refuted way-in-exists LoadBalancer', 'refuted sole-entrance Service'].sort(),
    )
  })

  test.each([
    ['behind both', behindBoth],
    ['with the name at the API', moved],
  ])('%s: what is left is the public load balancer', (_, template) => {
    expect(left(template())).toEqual(ofThePublicOne)
  })

  test('closed: everything is proved, without a flag', () => {
    expect(left(closed())).toEqual([])
  })

  test('closed but for the rule that admitted the public one: it names a group that is gone', () => {
    const template = closed()
    template.Resources.TaskIngressFromPublic = {
      Type: 'AWS::EC2::SecurityGroupIngress',
      Properties: {
        GroupId: { Ref: 'TaskGroup' },
        IpProtocol: 'tcp',
        FromPort: 8080,
        ToPort: 8080,
        CidrIp: '10.0.0.0/16',
      },
    }
    expect(left(template)).toContain('refuted sole-entrance Service')
  })
})
