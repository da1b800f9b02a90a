/** Custom domains of an API: the domain, its mappings, and the records that lead to it. */
import { type List, type Mapping, type Node, string } from '../read/node.ts'
import { type ApiDraft, type Draft, keySet, make, type New, passedOn, refer, unknownIn, unread } from './draft.ts'
import {
  canonical,
  type Fields,
  functionOf,
  get,
  getAtt,
  isTrue,
  list,
  map,
  opened,
  picked,
  plainMap,
  ref,
  truth,
  withEntries,
  without,
  word,
} from './nodes.ts'

/** The end of an id that the translator makes of a value. */
export const hashOf = (node: Node): string =>
  // Few templates have a domain of SAM's, and loading it takes longer than reading most of them.
  process
    .getBuiltinModule('node:crypto')
    .createHash('sha1')
    .update(word(node) ?? canonical(node))
    .digest('hex')
    .slice(0, 10)

const httpKeys = keySet(
  'DomainName CertificateArn EndpointConfiguration OwnershipVerificationCertificateArn SecurityPolicy ' +
    'MutualTlsAuthentication BasePath Route53',
)
const restKeys = keySet(
  'DomainName CertificateArn EndpointConfiguration OwnershipVerificationCertificateArn SecurityPolicy EndpointAccessMode ' +
    'Policy MutualTlsAuthentication BasePath NormalizeBasePath Route53 IpAddressType AccessAssociation',
)

export function addDomain(draft: Draft, api: ApiDraft, stage: string): void {
  const node = get(api.properties, 'Domain')
  if (!node) return
  const domain = plainMap(node)
  const name = get(domain, 'DomainName')
  const certificate = get(domain, 'CertificateArn')
  const endpoint = get(domain, 'EndpointConfiguration')
  const type = endpoint ? word(endpoint) : 'REGIONAL'
  const isKnown = api.kind === 'http' ? type === 'REGIONAL' : ['REGIONAL', 'EDGE', 'PRIVATE'].includes(type ?? '')
  if (!domain || !name || !certificate || !isKnown) {
    unread(draft, `${api.id}Domain`, api, 'Domain', node)
    return
  }
  const at = domain.at
  const isSecond = api.kind === 'http' || type === 'PRIVATE'
  const id = `ApiGatewayDomainName${isSecond ? 'V2' : ''}${hashOf(name)}`
  const open = unknownIn(domain, api.kind === 'http' ? httpKeys : restKeys, `Domain of ${api.id}`)
  const attributes = passedOn(api.resource)
  const shown = { DomainName: name, MutualTlsAuthentication: get(domain, 'MutualTlsAuthentication') }
  if (api.kind === 'http') {
    const configuration = map(at, {
      CertificateArn: certificate,
      EndpointType: string('REGIONAL', at),
      ...picked(domain, ['OwnershipVerificationCertificateArn', 'SecurityPolicy']),
    })
    const properties = { ...shown, DomainNameConfigurations: list([configuration], at) }
    makeShared(draft, id, { type: 'AWS::ApiGatewayV2::DomainName', at, attributes, properties, open })
  } else {
    const configuration = map(at, {
      Types: list([string(type ?? '', at)], at),
      IpAddressType: get(domain, 'IpAddressType'),
    })
    const properties: Fields = {
      ...shown,
      [type === 'REGIONAL' ? 'RegionalCertificateArn' : 'CertificateArn']: certificate,
      EndpointConfiguration: configuration,
      ...picked(domain, ['SecurityPolicy', 'EndpointAccessMode', 'Policy', 'OwnershipVerificationCertificateArn']),
    }
    const made = `AWS::ApiGateway::DomainName${isSecond ? 'V2' : ''}`
    makeShared(draft, id, { type: made, at, attributes, properties, open })
  }
  refer(draft, api.id, api.kind === 'rest' && isSecond ? 'DomainNameV2' : 'DomainName', id)
  addMappings(draft, api, domain, id, stage, isSecond)
  const association = get(domain, 'AccessAssociation')
  if (association && api.kind === 'rest' && isSecond)
    make(draft, `DomainNameAccessAssociation${hashOf(name)}`, {
      type: 'AWS::ApiGateway::DomainNameAccessAssociation',
      at: association.at,
      attributes,
      properties: {
        DomainNameArn: ref(id, at),
        AccessAssociationSourceType: string('VPCE', at),
        AccessAssociationSource: get(association, 'VpcEndpointId'),
      },
    })
  addRecords(draft, api, domain, id, type ?? '')
}

/** Two APIs with one domain share it: the settings and the condition of the one or the other win. */
function makeShared(draft: Draft, id: string, made: New): void {
  const isShared = draft.made.has(id)
  const open = isShared ? 'several APIs make this domain' : made.open
  make(draft, id, { ...made, open, ...(isShared ? { attributes: {} } : {}) })
}

function addMappings(draft: Draft, api: ApiDraft, domain: Mapping, id: string, stage: string, isSecond: boolean): void {
  const path = get(domain, 'BasePath')
  const at = path?.at ?? domain.at
  const paths: readonly (Node | undefined)[] =
    truth(path) === false ? [undefined] : path?.kind === 'list' ? path.items : [path]
  const isRest = api.kind === 'rest'
  const normalize = domain.entries.get('NormalizeBasePath')?.node
  const type = isRest ? `AWS::ApiGateway::BasePathMapping${isSecond ? 'V2' : ''}` : 'AWS::ApiGatewayV2::ApiMapping'
  for (const each of paths) {
    const text = each && word(each)
    const plain = text?.replace(/[^0-9A-Za-z]/g, '')
    const key = isRest ? (normalize && truth(normalize) === false ? text : plain) : text?.replace(/^\/+|\/+$/g, '')
    const isUnclear = (each && text === undefined) || (isRest && functionOf(normalize) !== undefined)
    make(draft, `${api.id}${plain ?? ''}${isRest ? 'BasePathMapping' : 'ApiMapping'}`, {
      type,
      at,
      attributes: passedOn(api.resource),
      properties: {
        [isRest && isSecond ? 'DomainNameArn' : 'DomainName']: ref(id, at),
        [isRest ? 'RestApiId' : 'ApiId']: ref(api.id, at),
        Stage: ref(stage, at),
        [isRest ? 'BasePath' : 'ApiMappingKey']: key === undefined ? undefined : string(key, at),
      },
      open: isUnclear ? `BasePath of ${api.id} is not literal` : undefined,
    })
  }
}

function addRecords(draft: Draft, api: ApiDraft, domain: Mapping, domainId: string, type: string): void {
  const node = get(domain, 'Route53')
  if (!node) return
  const route53 = plainMap(node)
  const zone = get(route53, 'HostedZoneId') ?? get(route53, 'HostedZoneName')
  if (!route53 || !zone) {
    unread(draft, `${api.id}Route53`, api, 'Route53', node)
    return
  }
  const at = route53.at
  const isRegional = type === 'REGIONAL'
  const target = map(at, {
    EvaluateTargetHealth: get(route53, 'EvaluateTargetHealth'),
    HostedZoneId: isRegional
      ? getAtt(domainId, 'RegionalHostedZoneId', at)
      : type === 'EDGE'
        ? string('Z2FDTNDATAQYW2', at)
        : get(route53, 'VpcEndpointHostedZoneId'),
    DNSName: isRegional
      ? getAtt(domainId, 'RegionalDomainName', at)
      : type === 'EDGE'
        ? (get(route53, 'DistributionDomainName') ?? getAtt(domainId, 'DistributionDomainName', at))
        : get(route53, 'VpcEndpointDomainName'),
  })
  const types = isTrue(get(route53, 'IpV6')) ? ['A', 'AAAA'] : ['A']
  const records = types.map((each) =>
    map(at, {
      Name: get(domain, 'DomainName'),
      Type: string(each, at),
      AliasTarget: target,
      ...picked(route53, ['Region', 'SetIdentifier']),
    }),
  )
  const isSeparate = isTrue(get(route53, 'SeparateRecordSetGroup'))
  const id = `RecordSetGroup${hashOf(isSeparate ? list([zone, get(domain, 'DomainName') ?? zone], at) : zone)}`
  const before = draft.made.get(id)?.node
  if (before?.kind === 'map') {
    const properties = get(before, 'Properties') as Mapping
    const known = get(properties, 'RecordSets') as List
    known.items.push(...records)
    const more = opened(properties, 'the records of several APIs are in it')
    draft.made.set(id, { at, node: withEntries(without(before, 'Condition'), { Properties: more }) })
    return
  }
  make(draft, id, {
    type: 'AWS::Route53::RecordSetGroup',
    at,
    attributes: passedOn(api.resource),
    properties: { ...picked(route53, ['HostedZoneId', 'HostedZoneName']), RecordSets: list(records, at) },
  })
}

/** Names of domains that only CloudFormation computes may be the same; then there is one domain less. */
export function openDoubtfulDomains(draft: Draft): void {
  const domains = [...draft.made].filter(([id]) => id.startsWith('ApiGatewayDomainName'))
  const names = domains.map(([, entry]) => get(get(entry.node, 'Properties'), 'DomainName'))
  if (domains.length < 2 || names.every((name) => word(name) !== undefined)) return
  for (const [id, { at, node }] of domains) {
    const properties = get(node, 'Properties') as Mapping
    const doubtful = opened(properties, 'another domain of the template may have the same name')
    draft.made.set(id, { at, node: withEntries(node as Mapping, { Properties: doubtful }) })
  }
}
