import { createHash } from 'node:crypto'
import { Failure } from '../runtime/errors.ts'
import { list, object, parse, text } from '../runtime/properties.ts'
import { dnsName, externalId, plain, roleArn, zoneId } from './names.ts'

//! ---- What a certificate is wanted for ----

export const certificateShape = {
  DomainName: text(dnsName),
  SubjectAlternativeNames: list(text(dnsName)),
  HostedZones: list(object({ Id: text(zoneId), RoleArn: text(roleArn, ''), ExternalId: text(externalId, '') })),
  KeyAlgorithm: text(/^(RSA_2048|EC_prime256v1|EC_secp384r1)$/, 'RSA_2048'),
  Tags: list(object({ Key: text(/^(?!aws:|portcullis:).{1,128}$/), Value: text(/^.{0,256}$/, '') })),
  ValidationRecords: text(/^(retain|deleteIfUnused)$/, 'retain'),
  CertificateRegions: list(text(/^[a-z]{2}[a-z-]+-\d$/)),
  Revision: text(/^[\w.-]{1,128}$/, '-'),
}

export interface Wanted {
  readonly domain: string
  /** The other names, sorted, each once. */
  readonly sans: readonly string[]
  readonly keyAlgorithm: string
}

export const sha256 = (value: string): string => createHash('sha256').update(value).digest('hex')

export const wantedOf = (resourceProperties: Record<string, unknown>, region: string) => {
  const properties = parse(resourceProperties, certificateShape)
  const domain = plain(properties.DomainName)
  const sans = [...new Set(properties.SubjectAlternativeNames.map(plain))].filter((name) => name !== domain).sort()
  if (domain.length > 64) throw new Failure('config', `property DomainName ${domain} is longer than 64 characters`)
  if (sans.length > 99) throw new Failure('config', `a certificate holds 100 names at most, not ${sans.length + 1}`)
  const wanted: Wanted = { domain, sans, keyAlgorithm: properties.KeyAlgorithm }
  //! Equal certificates have equal texts here, however their names were spelt or ordered.
  const spec = sha256(JSON.stringify({ v: 1, ...wanted, region }))
  return { properties, wanted, spec }
}
