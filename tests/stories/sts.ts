import type { Clients, Credentials } from '../../custom-resources/writer/clients.ts'
import { type Aws, type Caller, FakeAwsError } from './aws.ts'
import { isAllowed, type Statement } from './iam.ts'

export type Role = {
  readonly arn: string
  readonly account: string
  trust: { readonly accounts: readonly string[]; readonly statements: readonly Statement[] }
  policies: readonly Statement[]
  /** From when on it can be assumed. */
  usableAt: number
}

const actionsWith = (tags: readonly unknown[]): readonly string[] => [
  'sts:AssumeRole',
  ...(tags.length > 0 ? ['sts:TagSession'] : []),
]

export class FakeSts {
  readonly aws: Aws
  readonly roles = new Map<string, Role>()
  readonly #sessions = new Map<
    string,
    { readonly role: Role; readonly until: number; readonly tags: Readonly<Record<string, string>> }
  >()
  /** Regions that the accounts of the roles have opted in to. */
  regions: readonly string[]

  constructor(aws: Aws, regions: readonly string[]) {
    this.aws = aws
    this.regions = regions
  }

  client(region: string, who: Caller): ReturnType<Clients['sts']> {
    return {
      assumeRole: this.aws.operation(
        'sts',
        'AssumeRole',
        async () => who,
        // Tags are a right of their own, on both sides.
        ({ RoleArn = '', Tags = [] }) =>
          actionsWith(Tags).map((action) => ({ action, resource: RoleArn, context: {} })),
        ({ RoleArn = '', ExternalId, RoleSessionName = '', DurationSeconds = 3600, Tags = [] }) => {
          if (!/^[\w+=,.@-]{2,64}$/.test(RoleSessionName))
            throw new FakeAwsError('ValidationError', 'bad RoleSessionName')
          if (!this.regions.includes(region))
            throw new FakeAwsError('RegionDisabledException', `STS is not activated in ${region} for the account`, 403)
          const role = this.roles.get(RoleArn)
          const context = {
            'sts:ExternalId': ExternalId,
            'aws:PrincipalArn': who.roleArn,
            'aws:PrincipalAccount': who.account,
            'aws:PrincipalOrgID': undefined,
            ...Object.fromEntries(Tags.map(({ Key, Value }) => [`aws:RequestTag/${Key}`, Value])),
          }
          const { statements, accounts } = role?.trust ?? { statements: [], accounts: [] }
          const trusted =
            role &&
            this.aws.clock.now() >= role.usableAt &&
            accounts.includes(who.account) &&
            actionsWith(Tags).every((action) => isAllowed(statements, { action, resource: RoleArn, context }))
          if (!trusted)
            throw new FakeAwsError(
              'AccessDenied',
              `User: ${who.roleArn} is not authorized to perform: sts:AssumeRole on resource: ${RoleArn}`,
              403,
            )
          const until = this.aws.clock.now() + DurationSeconds * 1000
          const accessKeyId = `ASIA${this.#sessions.size}`
          const tags = Object.fromEntries(Tags.map(({ Key = '', Value = '' }) => [Key, Value]))
          this.#sessions.set(accessKeyId, { role, until, tags })
          return {
            Credentials: {
              AccessKeyId: accessKeyId,
              SecretAccessKey: 'secret',
              SessionToken: 'token',
              Expiration: new Date(until),
            },
          }
        },
      ),
    }
  }

  /** Who calls with these credentials, or with the function's own. */
  async callerOf(who: Caller, credentials: (() => Promise<Credentials>) | undefined): Promise<Caller> {
    if (!credentials) return who
    const session = this.#sessions.get((await credentials()).accessKeyId)
    if (!session || this.aws.clock.now() >= session.until)
      throw new FakeAwsError('ExpiredToken', 'The security token included in the request is expired', 403)
    const { role, tags } = session
    return {
      account: role.account,
      roleArn: role.arn,
      policies: () => role.policies,
      tags,
      alive: who.alive,
      isAwaited: who.isAwaited,
    }
  }
}
