import * as z from 'zod'
import { ACCOUNT, PRINCIPAL_ARN, PRINCIPAL_PATTERN, REGION, whole } from '../../aws/patterns.ts'
import { show } from '../../errors/show.ts'
import { parameterValues } from './environments.ts'
import { isNot, says } from './says.ts'
import { accountId, line, region } from './values.ts'

const CATALOG_LIMITS = 'https://docs.aws.amazon.com/servicecatalog/latest/adminguide/limits.html'

const version = z.union([
  z.literal('current'),
  z
    .string()
    .regex(
      /^https:\/\/[a-z0-9.-]+\.amazonaws\.com(?:\.cn)?\/\S+$/,
      says(
        isNot('the place of a template'),
        'write current, or the https address of the template in S3, such as https://bucket.s3.eu-west-1.amazonaws.com/portcullis/standalone-3f2a.yaml',
        'Service Catalog reads templates from S3 only',
      ),
    ),
])

const serviceCatalog = z
  .strictObject({
    portfolio: line(100)
      .describe('Name of the portfolio')
      .meta({ examples: ['Platform'] }),
    owner: line(50)
      .describe('Who the product belongs to, as its users see it')
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
          'take one out',
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
      .refine((written) => Object.keys(written).length > 0, says('there is no version', 'write "1.0.0": current'))
      .refine(
        (written) => Object.keys(written).length <= 100,
        says<object>(
          (value) => `${Object.keys(value).length} versions are too many`,
          'start a new product',
          `Service Catalog allows 100 versions per product: ${CATALOG_LIMITS}`,
        ),
      )
      .describe('Versions, append only: the last is published, the others stay usable')
      .meta({ examples: [{ '1.0.0': 'current' }] }),
  })
  .describe('Publish the application as a product of AWS Service Catalog')

const stackSet = z
  .strictObject({
    accounts: z
      .array(accountId())
      .default([])
      .describe(
        'Accounts; without organizational units the stack set is self-managed, with them the accounts narrow them',
      )
      .meta({ examples: [['333333333333']] }),
    organizationalUnits: z
      .array(
        z
          .string()
          .regex(
            /^(?:ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}|r-[a-z0-9]{4,32})$/,
            says(
              isNot('the id of an organizational unit'),
              'write an id such as ou-ab12-cdef3456, or r-ab12 for the root',
            ),
          ),
      )
      .default([])
      .describe('Organizational units; with them the stack set is service-managed')
      .meta({ examples: [['ou-ab12-cdef3456']] }),
    regions: z
      .array(region())
      .min(1, says('the list of regions is empty', 'name at least one region, such as eu-west-1'))
      .describe('Regions')
      .meta({ examples: [['eu-west-1']] }),
    overrides: z
      .record(
        z
          .string()
          .regex(
            whole(`${ACCOUNT}/${REGION}`),
            says(
              isNot('an account and a region'),
              'write them with a slash between, in quotes: "333333333333/eu-west-1"',
            ),
          ),
        parameterValues,
      )
      .default({})
      .describe('Values of parameters for single targets, by "account/region"')
      .meta({ examples: [{ '333333333333/eu-west-1': { OrdersMinTasks: 2 } }] }),
  })
  .describe('Roll the application out to many accounts and regions')

export const delivery = z
  .strictObject({ serviceCatalog: serviceCatalog.optional(), stackSet: stackSet.optional() })
  .prefault({})
  .describe('Ways of delivery beside sam deploy')
