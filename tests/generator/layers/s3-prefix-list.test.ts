import { describe, expect, test } from '@jest/globals'
import { S3_PREFIX_LISTS } from '../../../generator/aws/s3-prefix-lists.ts'
import { VPC_LINK_ZONE_IDS } from '../../../generator/aws/vpc-link-zones.ts'
import { noDeclarations } from '../../../verifier/declarations.ts'
import { open } from '../../../verifier/judge/session.ts'
import { textOf } from '../../../verifier/resolve/value.ts'
import { anyWorld } from '../../../verifier/resolve/world.ts'
import { delivered } from '../../support/delivered.ts'

const text = delivered({}).text('templates/standalone.yaml')

/** What the task may open for image layers, in one region. */
function opens(region: string, given = ''): { readonly list: string | undefined; readonly range: string | undefined } {
  const template = { path: 'standalone.yaml', text }
  const { program, factsIn } = open(
    { templates: [template], readFile: () => undefined, ownFunctions: new Set() },
    noDeclarations,
  )
  const facts = factsIn({
    ...anyWorld,
    choices: new Map([
      ['AWS::Region', region],
      ...[...program.stacks].map(({ key }) => [`${key}:S3PrefixListId`, given] as const),
    ]),
  })
  const [rule] = facts.all('AWS::EC2::SecurityGroupEgress').filter(({ id }) => id === 'OrdersTaskEgressToS3')
  if (!rule) throw new Error('no rule')
  return {
    list: textOf(facts.get(rule, 'DestinationPrefixListId')),
    range: textOf(facts.get(rule, 'CidrIp')),
  }
}

describe('image layers', () => {
  test.each(Object.keys(VPC_LINK_ZONE_IDS))(
    'in %s come from the prefix list of the region, if it is known',
    (region) => {
      const known = S3_PREFIX_LISTS[region]
      expect(opens(region)).toEqual(
        known === undefined ? { list: undefined, range: '0.0.0.0/0' } : { list: known, range: undefined },
      )
    },
  )

  test('come from the list that is given, whatever the region', () => {
    for (const region of ['eu-west-1', 'ap-east-1'])
      expect(opens(region, 'pl-0123456789abcdef0')).toEqual({ list: 'pl-0123456789abcdef0', range: undefined })
  })
})

test('only regions with VPC links are listed', () => {
  expect(Object.keys(S3_PREFIX_LISTS).filter((region) => !Object.hasOwn(VPC_LINK_ZONE_IDS, region))).toEqual([])
  for (const id of Object.values(S3_PREFIX_LISTS)) expect(id).toMatch(/^pl-[0-9a-f]{8}$/)
})
