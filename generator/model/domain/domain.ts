import type { Config } from '../../config/schema/index.ts'
import { askedRoutes } from '../api/routes.ts'
import { unique } from '../names.ts'
import { domainName } from '../parameters/domain.ts'
import type { Parameter } from '../parameters/parameter.ts'
import type { Placeholders } from '../placeholders.ts'
import { alternativesOf } from './alternatives.ts'
import { type Certificate, certificateOf } from './certificate.ts'
import { type Records, recordsOf, type Zone, zoneOf } from './zone.ts'

export type Domain = {
  readonly name: Placeholders
  readonly domainName: Parameter
  readonly alternativeNames: readonly Placeholders[]
  /** Those of them that are custom domains of the API too. */
  readonly published: readonly Placeholders[]
  readonly publish: boolean
  /** Somebody else makes the custom domain and its record. */
  readonly existing: boolean
  /** The key of its mapping; left out, the API answers at the root. */
  readonly basePath?: string
  readonly certificate: Certificate
  /** How the alias of a published domain comes into being. */
  readonly alias?: Records
  /** Something is written through the role in the zone's account, so the function `writer` is needed. */
  readonly usesZoneRole: boolean
  /** Left out when DNS lives elsewhere. */
  readonly zone?: Zone
}

type Written = Exclude<Records, { kind: 'by-hand' }>

export const domainOf = (config: Config): Domain => {
  const { domain, loadBalancer } = config
  // Without an API there is nothing to publish.
  const publish = domain.publish && askedRoutes(config).length > 0
  const zone = zoneOf(domain.zone)
  const records = recordsOf(zone, domain.certificate !== undefined)
  const isMade = publish && !domain.existing
  const isNeeded = isMade || loadBalancer.existing === undefined
  const certificate: Certificate = isNeeded ? certificateOf(domain, records) : { kind: 'none' }
  const alternatives = alternativesOf(domain)
  return {
    name: domain.name,
    domainName: domainName(domain),
    alternativeNames: unique(alternatives.map(({ name }) => name)),
    published: isMade ? unique(alternatives.flatMap(({ name, publish }) => (publish ? [name] : []))) : [],
    publish,
    existing: domain.existing,
    ...(domain.basePath === undefined ? {} : { basePath: domain.basePath }),
    certificate,
    ...(isMade ? { alias: records } : {}),
    usesZoneRole: certificate.kind === 'zone-role' || (isMade && records.kind === 'zone-role'),
    ...(zone === undefined ? {} : { zone }),
  }
}

/** Parameters of the zone are there for whatever writes into it: the certificate's validation or the alias. */
export const domainParameters = (domain: Domain): Parameter[] => {
  const { domainName, certificate, publish } = domain
  const writer = writerOf(domain)
  return [
    ...(certificate.kind === 'none' && !publish ? [] : [domainName]),
    ...(writer === undefined ? [] : [writer.hostedZoneId]),
    ...(writer?.kind === 'zone-role' ? [writer.roleArn] : []),
    ...(certificate.kind === 'existing' ? [certificate.arn] : []),
  ]
}

/** None when nothing is written into a zone. */
export const hostedZoneIdOf = (domain: Domain): Parameter | undefined => writerOf(domain)?.hostedZoneId

const writerOf = ({ certificate, alias }: Domain): Written | undefined => [certificate, alias].find(isWritten)

const isWritten = (each: Certificate | Records | undefined): each is Written =>
  each?.kind === 'route53' || each?.kind === 'zone-role'
