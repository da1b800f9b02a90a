import type { Parameter } from '../model/parameters/parameter.ts'
import { paramOf } from './parameters.ts'

/** The right to write into the zone of the other account, through exactly one role, which asks whose account it is. */
export const zoneRoleStatement = (roleArn: Parameter): object => ({
  Sid: 'ZoneRole',
  Effect: 'Allow',
  Action: ['sts:AssumeRole', 'sts:TagSession'],
  Resource: paramOf(roleArn),
})
