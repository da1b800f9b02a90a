// What the config accepts, the parameter that carries it must not refuse: the two are checked at different times.
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { zoneId } from '../../../custom-resources/writer/names.ts'
import { IMAGE, imageInTemplate, isPrivateEcr } from '../../../generator/aws/images.ts'
import { allowed, allowedOrEmpty, whole, ZONE_ID } from '../../../generator/aws/patterns.ts'

const inTemplate = (pattern: string, value: string): boolean => new RegExp(allowed(pattern)).test(value)

describe('an image of the config', () => {
  test('is taken by the parameter, with the region filled in', () => {
    fc.assert(
      fc.property(fc.stringMatching(whole(IMAGE)), (image) =>
        inTemplate(imageInTemplate(false), image.replaceAll('{region}', 'eu-west-1')),
      ),
    )
  })

  test('is taken without an internet route exactly when it is in a private ECR repository', () => {
    for (const [image, taken] of [
      ['111111111111.dkr.ecr.eu-west-1.amazonaws.com/team/orders:1.4.2', true],
      ['111111111111.dkr.ecr-fips.us-east-1.amazonaws.com/orders@sha256:'.concat('a'.repeat(64)), true],
      ['public.ecr.aws/team/orders:1', false],
      ['nginx', false],
    ] as const) {
      expect(whole(IMAGE).test(image)).toBe(true)
      expect([isPrivateEcr(image), inTemplate(imageInTemplate(true), image)]).toEqual([taken, taken])
    }
  })
})

test('a hosted zone id has the same bounds in the config, in templates and in the function that writes records', () => {
  for (const [id, valid] of [
    ['Z1', true],
    [`Z${'A'.repeat(31)}`, true],
    [`Z${'A'.repeat(32)}`, false],
    ['Z', false],
    ['z0123456789', false],
  ] as const)
    expect([whole(ZONE_ID).test(id), inTemplate(ZONE_ID, id), zoneId.test(id)]).toEqual([valid, valid, valid])
})

test('a pattern for templates takes empty values only where they mean something', () => {
  expect([allowed('a(?:b)+'), allowedOrEmpty('a(?:b)+')]).toEqual(['^a(b)+$', '^$|^a(b)+$'])
})
