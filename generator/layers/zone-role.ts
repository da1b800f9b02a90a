import { param } from '../cfn/intrinsics.ts'

/** The right to write into the zone of the other account, through exactly one role. */
export const zoneRoleStatement = (): object => ({
  Sid: 'ZoneRole',
  Effect: 'Allow',
  Action: 'sts:AssumeRole',
  Resource: param('HostedZoneRoleArn'),
})
