import * as z from 'zod'
import { ROLE_ARN, whole, ZONE_ID } from '../../../aws/patterns.ts'
import { isNot, says } from '../says.ts'
import { bareHostName } from '../values.ts'

const zoneId = z
  .string()
  .regex(
    whole(ZONE_ID),
    says(isNot('a hosted zone id'), (value) =>
      whole(`/hostedzone/${ZONE_ID}`).test(value)
        ? `write ${value.slice('/hostedzone/'.length)}`
        : 'write the id that Route 53 shows for the zone, such as Z0123456789ABCDEFGHIJ',
    ),
  )
  .describe('Id of the zone; left out, the parameter HostedZoneId has no default')
  .meta({ examples: ['Z0123456789ABCDEFGHIJ'] })

export const zone = z
  .strictObject({
    id: zoneId.optional(),
    name: bareHostName()
      .optional()
      .describe('Name of the zone; when given, all names are checked against it')
      .meta({ examples: ['example.com'] }),
    role: z
      .string()
      .regex(
        whole(ROLE_ARN),
        says(
          isNot('the ARN of an IAM role'),
          'write arn:aws:iam::222222222222:role/portcullis/dns-writer with the account and name of your role',
        ),
      )
      .optional()
      .describe(
        'Role to assume, only when the zone lives in another account; templates/zone-role.yaml creates it there',
      )
      .meta({ examples: ['arn:aws:iam::222222222222:role/portcullis/dns-writer'] }),
    externalId: z
      .string()
      .regex(/^[\w+=,.@:/-]{2,1224}$/, says(isNot('an external id'), 'use 2 to 1224 letters, digits and +=,.@:/-_'))
      .optional()
      .describe('External id that the role requires')
      .meta({ examples: ['portcullis'] }),
    organization: z
      .string()
      .regex(
        /^o-[a-z0-9]{10,32}$/,
        says(isNot('the id of an organization'), 'write the id that AWS Organizations shows, such as o-abcd123456'),
      )
      .optional()
      .describe('Organization that the role trusts instead of single accounts, when organizational units are targets')
      .meta({ examples: ['o-abcd123456'] }),
  })
  .refine(
    (written) => Object.values(written).some((value) => value !== undefined),
    says('the zone is empty', 'give its id, or remove the key to make it a parameter'),
  )
  .describe('Route 53 hosted zone')
