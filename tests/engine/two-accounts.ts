// A stack in one account of moto and a hosted zone in another, as a story finds them: CloudFormation's part is played
// here, the functions run in processes of their own behind a front, and moto is asked directly what is really there.
import { ACM } from '@aws-sdk/client-acm'
import { ApiGatewayV2 } from '@aws-sdk/client-apigatewayv2'
import { type ResourceRecordSet, Route53 } from '@aws-sdk/client-route-53'
import { STS } from '@aws-sdk/client-sts'
import type { AnswerDesk, Place } from './answer-desk.ts'
import { startFront } from './aws-front.ts'
import { changed } from './aws-replies.ts'
import { type Bundle, type Run, runFunction } from './function-process.ts'

// moto's account for keys that it did not make itself.
export const stackAccount = '123456789012'
const zoneAccount = '222222222222'
const region = 'eu-west-1'
const ownKey = 'test'

export type Kind = 'Certificate' | 'AliasRecord' | 'CertificateIssued' | 'VpcLinkReady'
export type Properties = Readonly<Record<string, unknown>>
export type Told = {
  readonly Status: 'SUCCESS' | 'FAILED'
  readonly Reason: string
  readonly PhysicalResourceId: string
  readonly Data?: Readonly<Record<string, string>>
  readonly seconds: number
  readonly run: Run
}
type More = {
  readonly PhysicalResourceId?: string
  readonly OldResourceProperties?: Properties
  /** What happens to the upload of the answer. */
  readonly troubles?: Place['troubles']
}
export type TwoAccounts = Awaited<ReturnType<typeof openTwoAccounts>>

const clientOf = (endpoint: string) => ({
  endpoint,
  region,
  credentials: { accessKeyId: ownKey, secretAccessKey: 'test' },
})

/** The zone `NAME.example.com`, in both accounts; only the one in the other account may be written. */
export async function openTwoAccounts(name: string, moto: string, desk: AnswerDesk, form: Bundle['form']) {
  const domain = `${name}.example.com`
  const roleArn = `arn:aws:iam::${zoneAccount}:role/portcullis/dns-writer`
  const client = clientOf(moto)
  const { Credentials: key } = await new STS(client).assumeRole({ RoleArn: roleArn, RoleSessionName: 'test' })
  const credentials = { accessKeyId: `${key?.AccessKeyId}`, secretAccessKey: `${key?.SecretAccessKey}` }
  const [here, there] = [new Route53(client), new Route53({ ...client, credentials })]
  const [twin, zone] = await Promise.all([zoneIn(here, domain), zoneIn(there, domain)])
  const acm = new ACM(client)
  const front = await startFront(moto)
  const records = () => recordsIn(there, zone)

  // ACM issues a certificate when the world sees its records. moto looks at none.
  front.always(
    'DescribeCertificate',
    changed(async ({ Certificate: certificate }) => {
      if (certificate?.Status !== 'ISSUED') return
      const names = (await records()).map((record) => record.split(' ')[0])
      const missing = certificate.DomainValidationOptions.filter(
        (option: { ResourceRecord: { Name: string } }) => !names.includes(option.ResourceRecord.Name),
      )
      for (const option of missing) option.ValidationStatus = 'PENDING_VALIDATION'
      if (missing.length > 0) certificate.Status = 'PENDING_VALIDATION'
    }),
  )

  const stackId = `arn:aws:cloudformation:${region}:${stackAccount}:stack/${name}/1`
  let requests = 0
  const ask = async (
    RequestType: 'Create' | 'Update' | 'Delete',
    kind: Kind,
    ResourceProperties: Properties,
    { troubles = [], ...more }: More = {},
  ): Promise<Told> => {
    const started = performance.now()
    const place = desk.open()
    place.troubles.push(...troubles)
    const own = { StackId: stackId, RequestId: `${name}-${requests++}`, LogicalResourceId: kind }
    const run = await runFunction({
      bundle: { name: kind === 'Certificate' || kind === 'AliasRecord' ? 'writer' : 'waiter', form },
      event: {
        RequestType,
        ResponseURL: place.url,
        ...own,
        ResourceType: `Custom::Portcullis${kind}`,
        ResourceProperties: { ServiceToken: 'x', ServiceTimeout: '1080', ...ResourceProperties },
        ...more,
      },
      context: {
        awsRequestId: 'run',
        invokedFunctionArn: `arn:aws:lambda:${region}:${stackAccount}:function:f`,
        logGroupName: '/portcullis',
        logStreamName: 'stream',
      },
      env: { AWS_ENDPOINT_URL: front.url, NODE_EXTRA_CA_CERTS: desk.certificateFile },
    })
    if (run.error) throw new Error(`${run.error}\n${run.log}`)
    // The same bytes, as often as they were sent.
    expect(place.bodies).toEqual(Array(troubles.length + 1).fill(place.bodies[0]))
    const told = JSON.parse(place.bodies[0] ?? '')
    expect(told).toMatchObject(own)
    expect(run.names).toEqual([])
    expect(run.log).not.toMatch(/c4n4ry5ecret|eXt3rnal1d/)
    return { ...told, seconds: (performance.now() - started) / 1000, run }
  }

  return {
    domain,
    /** As the front knows it. */
    zone: `Z${zone}`,
    /** How the properties name the zone, in the form for certificates. */
    access: { Id: `Z${zone}`, RoleArn: roleArn, ExternalId: 'eXt3rnal1d' },
    stackId,
    front,
    ask,
    acm,
    /** Somebody else writes a record. */
    write: (ResourceRecordSet: ResourceRecordSet) =>
      there.changeResourceRecordSets({
        HostedZoneId: zone,
        ChangeBatch: { Changes: [{ Action: 'CREATE', ResourceRecordSet }] },
      }),
    /** `NAME TYPE TTL|alias VALUE` of all records but NS and SOA. */
    records,
    link: async () =>
      `${(await new ApiGatewayV2(client).createVpcLink({ Name: name, SubnetIds: ['subnet-1'] })).VpcLinkId}`,
    certificates: async (): Promise<string[]> => {
      const { CertificateSummaryList: all = [] } = await acm.listCertificates({})
      return all.filter((one) => one.DomainName?.endsWith(domain)).map((one) => `${one.CertificateArn}`)
    },
    /** Calls of the action that the front saw. */
    seen: (action: string) => front.calls.filter((call) => call.action === action),
    /** What must hold at the end of every story. */
    check: async () => {
      expect(await recordsIn(here, twin)).toEqual([])
      expect(front.unused()).toEqual([])
    },
    close: front.stop,
  }
}

async function zoneIn(route53: Route53, domain: string): Promise<string> {
  const { HostedZone } = await route53.createHostedZone({ Name: domain, CallerReference: domain })
  return `${HostedZone?.Id}`.replace('/hostedzone/', '')
}

const textOf = ({ Name, Type, TTL, ResourceRecords = [], AliasTarget }: ResourceRecordSet): string =>
  AliasTarget
    ? `${Name} ${Type} alias ${AliasTarget.DNSName} ${AliasTarget.HostedZoneId}`
    : `${Name} ${Type} ${TTL} ${ResourceRecords.map((one) => one.Value).join(' ')}`

async function recordsIn(route53: Route53, HostedZoneId: string): Promise<string[]> {
  const { ResourceRecordSets: sets = [] } = await route53.listResourceRecordSets({ HostedZoneId })
  return sets
    .filter(({ Type }) => Type !== 'NS' && Type !== 'SOA')
    .map(textOf)
    .sort()
}
