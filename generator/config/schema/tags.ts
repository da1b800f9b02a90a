import * as z from 'zod'
import { show } from '../../errors/show.ts'
import { isNot, says } from './says.ts'

const TAGGING = 'https://docs.aws.amazon.com/tag-editor/latest/userguide/tagging.html'

/** What every service of AWS accepts in a tag; the keys of a stack set's tags are narrower. */
const CHARACTERS = '[\\p{L}\\p{N} _.:/=+@-]'
const KEY_CHARACTERS = '[A-Za-z0-9 _.:/=+-]'
const remedy = 'use letters, digits, spaces and _ . : / = + - @, without a space at either end'
const keyRemedy = 'use letters from A to Z, digits, spaces and _ . : / = + -, without a space at either end'

const key = z
  .string()
  .max(
    128,
    says((value) => `${show(value)} has ${value.length} characters`, 'use at most 128 characters', TAGGING),
  )
  .regex(new RegExp(`^(?! )${KEY_CHARACTERS}+(?<! )$`), says(isNot('the key of a tag'), keyRemedy, TAGGING))
  .regex(
    /^(?!(?:aws|portcullis):)/i,
    says((value) => `the prefix of ${show(value)} is reserved`, 'choose a key without the prefix', TAGGING),
  )
  .regex(
    /^(?!Name$)/,
    says(
      '"Name" is given by Portcullis',
      'choose another key',
      'resources are named after the stack and what they are for',
    ),
  )

const value = z
  .string()
  .max(
    256,
    says((value) => `${show(value)} has ${value.length} characters`, 'use at most 256 characters', TAGGING),
  )
  .regex(
    new RegExp(`^(?! )${CHARACTERS}+(?<! )$`, 'u'),
    says(
      (value) => (value === '' ? 'the value is empty' : `${show(value)} is not the value of a tag`),
      remedy,
      TAGGING,
    ),
  )

export const tags = z
  .record(key, value)
  .refine(
    (written) => Object.keys(written).length <= 40,
    says<object>(
      (value) => `${Object.keys(value).length} tags are too many`,
      'use at most 40 tags',
      `a resource takes 50 tags, and some of ours have up to 10 of their own: ${TAGGING}`,
    ),
  )
  .default({})
  .describe(
    'Tags of the stacks: CloudFormation puts them on everything that takes tags, and ECS on the tasks. Numbers need quotes',
  )
  .meta({ examples: [{ CostCentre: '4711' }] })
