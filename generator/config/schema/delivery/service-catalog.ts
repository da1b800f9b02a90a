import * as z from 'zod'
import { PRINCIPAL_ARN, PRINCIPAL_PATTERN } from '../../../aws/patterns.ts'
import { show } from '../../../errors/show.ts'
import { isNot, says } from '../says.ts'
import { line } from '../values.ts'

const CATALOG_LIMITS = 'https://docs.aws.amazon.com/servicecatalog/latest/adminguide/limits.html'

const version = z.union([
  z.literal('current'),
  z
    .string()
    .regex(
      /^https:\/\/[a-z0-9.-]+\.amazonaws\.com(?:\.cn)?\/\S+$/,
      says(
        isNot('the location of a template'),
        'write current, or the https address of the template in S3, such as https://bucket.s3.eu-west-1.amazonaws.com/portcullis/standalone-3f2a.yaml',
        'Service Catalog reads templates from S3 only',
      ),
    ),
])

export const serviceCatalog = z
  .strictObject({
    portfolio: line(100)
      .describe('Name of the portfolio')
      .meta({ examples: ['Platform'] }),
    owner: line(50)
      .describe('Owner of the product, as its users see it')
      .meta({ examples: ['platform-team'] }),
    principals: z
      .array(
        z
          .string()
          .regex(
            new RegExp(`^${PRINCIPAL_ARN}$|^${PRINCIPAL_PATTERN}$`),
            says(
              isNot('the ARN of a role, user or group'),
              'write arn:aws:iam::111111111111:role/engineers with the account and name of yours, or arn:aws:iam:::role/engineers for that name in every account',
            ),
          ),
      )
      .refine(
        (written) => new Set(written).size === written.length,
        says<string[]>(
          (value) => `${show(value.find((each, index) => value.indexOf(each) !== index))} is written twice`,
          'remove one',
        ),
      )
      .default([])
      .describe(
        'Roles, users and groups that may launch the product; without an account (arn:aws:iam:::role/engineers-*) in every account that the portfolio is shared with',
      )
      .meta({ examples: [['arn:aws:iam::111111111111:role/engineers']] }),
    versions: z
      .record(
        z
          .string()
          .max(
            100,
            says((value) => `${show(value)} has ${value.length} characters`, 'use at most 100 characters'),
          )
          .regex(
            /^(?![0-9]+$)[A-Za-z0-9._-]+$/,
            says(
              isNot('a version'),
              'write a name with a dot or a letter and without spaces, such as "1.0.0" or v1',
              'plain numbers would lose their order, and the last version is the one that is published',
            ),
          ),
        version.describe('current, or the address of the template in S3'),
      )
      .refine((written) => Object.keys(written).length > 0, says('there are no versions', 'write "1.0.0": current'))
      .refine(
        (written) => Object.keys(written).length <= 100,
        says<object>(
          (value) => `${Object.keys(value).length} versions are too many`,
          'start a new product',
          `Service Catalog allows 100 versions per product: ${CATALOG_LIMITS}`,
        ),
      )
      .describe('Versions, append-only: the last is published, the others stay usable')
      .meta({ examples: [{ '1.0.0': 'current' }] }),
  })
  .describe('Publish the application as a product of AWS Service Catalog')
