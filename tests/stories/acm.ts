import { createHash } from 'node:crypto'
import type { CertificateDetail, CertificateStatus, KeyAlgorithm, Tag } from '@aws-sdk/client-acm'
import type { Acm } from '../../custom-resources/writer/clients.ts'
import { type Aws, type Caller, FakeAwsError } from './aws.ts'
import { acmBelieves } from './beliefs.ts'
import type { Invocation } from './lambda.ts'

export type Certificate = {
  readonly arn: string
  readonly region: string
  readonly account: string
  readonly names: readonly string[]
  readonly keyAlgorithm: KeyAlgorithm
  readonly tags: Map<string, string>
  readonly requestedAt: number
  readonly knownAt: number
  readonly recordsAt: ReadonlyMap<string, number>
  readonly issuedAfter: number
  /** Between the validation of the last name and the certificate. */
  readonly lag: number
  readonly requestedBy: unknown
  readonly inUseBy: Set<string>
  /** Until when something used it, and when ACM noticed that nothing does. */
  inUseUntil: number
  releasedAt: number
  /** Set from outside: what becomes of it instead of ISSUED. */
  fate?: { readonly status: CertificateStatus; readonly reason?: string; readonly at: number } | undefined
  type: 'AMAZON_ISSUED' | 'IMPORTED'
}

/** When a CNAME was written where the world sees it; undefined when it was not. */
export type Dns = (name: string, value: string) => number | undefined

const digest = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 32)
const digests = new Map<string, string>()
const hash = (text: string): string => {
  const known = digests.get(text) ?? digest(text)
  digests.set(text, known)
  return known
}

export const validationRecord = (account: string, name: string) => {
  const base = name.replace(/^\*\./, '')
  return {
    Name: `_${hash(`${account} ${base}`)}.${base}.`,
    Type: 'CNAME' as const,
    Value: `_${hash(`value ${account} ${base}`)}.acm-validations.aws.`,
  }
}

export class FakeAcm {
  readonly aws: Aws
  readonly partition: string
  readonly dns: Dns
  readonly certificates = new Map<string, Certificate>()
  readonly deleted: Certificate[] = []
  readonly #tokens = new Map<string, { readonly arn: string; readonly at: number }>()
  #count = 0
  /** For each new certificate: what becomes of it. */
  fateOfNext: () => Certificate['fate'] = () => undefined
  quota = 2500

  constructor(aws: Aws, partition: string, dns: Dns) {
    this.aws = aws
    this.partition = partition
    this.dns = dns
  }

  add(
    account: string,
    region: string,
    names: readonly string[],
    tags: Record<string, string> = {},
    keyAlgorithm: KeyAlgorithm = 'RSA_2048',
    requestedBy: unknown = undefined,
  ): Certificate {
    const { clock, random } = this.aws
    const now = clock.now()
    const id = hash(`certificate ${++this.#count}`)
    const [least, most] = acmBelieves.issuedAfterRecordSeconds.value
    const certificate: Certificate = {
      arn: `arn:${this.partition}:acm:${region}:${account}:certificate/${id.slice(0, 8)}-${id.slice(8, 12)}-${id.slice(12, 16)}`,
      region,
      account,
      names: [...new Set(names)],
      keyAlgorithm,
      tags: new Map(Object.entries(tags)),
      requestedAt: now,
      knownAt: now + random.between(0, acmBelieves.unknownAfterRequestSeconds.value) * 1000,
      recordsAt: new Map(
        names.map((name) => [name, now + random() ** 3 * acmBelieves.recordsAfterRequestSeconds.value * 1000]),
      ),
      issuedAfter: least * 1000 + random() ** 6 * (most - least) * 1000,
      lag: random() * acmBelieves.issuedAfterValidationSeconds.value * 1000,
      requestedBy,
      inUseBy: new Set(),
      inUseUntil: 0,
      releasedAt: 0,
      fate: this.fateOfNext(),
      type: 'AMAZON_ISSUED',
    }
    this.certificates.set(certificate.arn, certificate)
    return certificate
  }

  statusOf(certificate: Certificate): CertificateStatus {
    const now = this.aws.clock.now()
    if (certificate.fate && now >= certificate.fate.at) return certificate.fate.status
    if (certificate.type === 'IMPORTED') return 'ISSUED'
    return certificate.names.every((name) => this.#isValidated(certificate, name, certificate.lag))
      ? 'ISSUED'
      : 'PENDING_VALIDATION'
  }

  isRecordThere({ account }: Certificate, name: string): boolean {
    const { Name, Value } = validationRecord(account, name)
    return this.dns(Name, Value) !== undefined
  }

  /** The certificates that this run requested. */
  madeBy(run: unknown): string[] {
    return [...this.certificates.values(), ...this.deleted]
      .filter(({ requestedBy }) => requestedBy === run)
      .map(({ arn }) => arn)
  }

  /** Events for which more than one certificate was requested while the first one was well. */
  madeTwice(inAccount: string, isStale: (run: unknown, at: number) => boolean): string[] {
    const events = [...this.certificates.values(), ...this.deleted]
      .filter(({ account, requestedBy, fate }) => account === inAccount && requestedBy && !fate)
      .filter(({ requestedBy, requestedAt }) => !isStale(requestedBy, requestedAt))
      .map(({ requestedBy }) => (requestedBy as Invocation).event.ResponseURL)
    return events.length === new Set(events).size ? [] : ['B2: two certificates were made for one event']
  }

  #isValidated(certificate: Certificate, name: string, lag = 0): boolean {
    const { Name, Value } = validationRecord(certificate.account, name)
    const written = this.dns(Name, Value)
    const now = this.aws.clock.now()
    return written !== undefined && now >= Math.max(written, certificate.requestedAt) + certificate.issuedAfter + lag
  }

  use = (arn: string, by: string): void => {
    this.certificates.get(arn)?.inUseBy.add(by)
  }
  release = (arn: string, by: string): void => {
    const certificate = this.certificates.get(arn)
    if (!certificate?.inUseBy.delete(by)) return
    certificate.inUseUntil = this.aws.clock.now()
    certificate.releasedAt =
      this.aws.clock.now() + this.aws.random() ** 3 * acmBelieves.releasedAfterUseSeconds.value * 1000
  }

  client(region: string, who: Caller, requestedBy: unknown = undefined): Acm {
    const { aws } = this
    const caller = async () => who
    const find = (arn: string | undefined): Certificate => {
      const found = this.certificates.get(arn ?? '')
      if (!found || found.region !== region || found.account !== who.account || aws.clock.now() < found.knownAt)
        throw new FakeAwsError('ResourceNotFoundException', `Could not find certificate ${arn}.`)
      return found
    }
    const onArn =
      (name: string) =>
      ({ CertificateArn = '' }: { CertificateArn?: string | undefined }) => [
        {
          action: `acm:${name}`,
          resource: CertificateArn,
          context: resourceTags(this.certificates.get(CertificateArn)),
          isGone: !this.certificates.has(CertificateArn),
        },
      ]
    return {
      requestCertificate: aws.operation(
        'acm',
        'RequestCertificate',
        caller,
        ({ DomainName = '', SubjectAlternativeNames = [], ValidationMethod, KeyAlgorithm, Tags = [] }) => [
          {
            action: 'acm:RequestCertificate',
            resource: '*',
            context: {
              'acm:ValidationMethod': ValidationMethod,
              'acm:DomainNames': [...new Set([DomainName, ...SubjectAlternativeNames])],
              'acm:KeyAlgorithm': KeyAlgorithm,
              ...requestTags(Tags),
            },
          },
          ...(Tags.length > 0
            ? [
                {
                  action: 'acm:AddTagsToCertificate',
                  resource: `arn:${this.partition}:acm:${region}:${who.account}:certificate/new`,
                  context: requestTags(Tags),
                },
              ]
            : []),
        ],
        ({ DomainName = '', SubjectAlternativeNames = [], IdempotencyToken, KeyAlgorithm = 'RSA_2048', Tags = [] }) => {
          if (IdempotencyToken !== undefined && !/^\w{1,32}$/.test(IdempotencyToken))
            throw new FakeAwsError('ValidationException', 'bad IdempotencyToken')
          const key = `${who.account} ${region} ${IdempotencyToken}`
          const known = IdempotencyToken === undefined ? undefined : this.#tokens.get(key)
          if (known && aws.clock.now() - known.at < acmBelieves.tokenHours.value * 3_600_000)
            return { CertificateArn: known.arn }
          if (this.certificates.size >= this.quota)
            throw new FakeAwsError('LimitExceededException', 'Error: you have reached your limit of certificates')
          const { arn } = this.add(
            who.account,
            region,
            [DomainName, ...SubjectAlternativeNames],
            Object.fromEntries(Tags.map((tag) => [tag.Key ?? '', tag.Value ?? ''])),
            KeyAlgorithm,
            requestedBy,
          )
          this.#tokens.set(key, { arn, at: aws.clock.now() })
          return { CertificateArn: arn }
        },
      ),
      describeCertificate: aws.operation(
        'acm',
        'DescribeCertificate',
        caller,
        onArn('DescribeCertificate'),
        (input) => ({
          Certificate: this.describe(find(input.CertificateArn)),
        }),
      ),
      deleteCertificate: aws.operation('acm', 'DeleteCertificate', caller, onArn('DeleteCertificate'), (input) => {
        const found = find(input.CertificateArn)
        if (found.inUseBy.size > 0 || aws.clock.now() < found.releasedAt)
          throw new FakeAwsError('ResourceInUseException', `Certificate ${found.arn} is in use.`)
        this.certificates.delete(found.arn)
        this.deleted.push(found)
        return {}
      }),
      listCertificates: aws.operation(
        'acm',
        'ListCertificates',
        caller,
        () => [{ action: 'acm:ListCertificates', resource: '*', context: {} }],
        ({ CertificateStatuses, Includes, NextToken }) => {
          const types = Includes?.keyTypes ?? ['RSA_1024', 'RSA_2048']
          const found = [...this.certificates.values()].filter(
            (one) =>
              one.region === region &&
              one.account === who.account &&
              aws.clock.now() >= one.knownAt &&
              types.includes(one.keyAlgorithm) &&
              (!CertificateStatuses || CertificateStatuses.includes(this.statusOf(one))),
          )
          const from = Number(NextToken ?? 0)
          const to = from + acmBelieves.pageSize.value
          return {
            CertificateSummaryList: found.slice(from, to).map((one) => ({
              CertificateArn: one.arn,
              DomainName: one.names[0],
              Status: this.statusOf(one),
              InUse: one.inUseBy.size > 0,
            })),
            ...(to < found.length && { NextToken: String(to) }),
          }
        },
      ),
      listTagsForCertificate: aws.operation(
        'acm',
        'ListTagsForCertificate',
        caller,
        onArn('ListTagsForCertificate'),
        (input) => ({
          Tags: [...find(input.CertificateArn).tags].map(([Key, Value]) => ({ Key, Value })),
        }),
      ),
      addTagsToCertificate: aws.operation(
        'acm',
        'AddTagsToCertificate',
        caller,
        ({ CertificateArn = '', Tags = [] }) => [
          { action: 'acm:AddTagsToCertificate', resource: CertificateArn, context: requestTags(Tags) },
        ],
        ({ CertificateArn, Tags = [] }) => {
          const found = find(CertificateArn)
          const keys = new Set([...found.tags.keys(), ...Tags.map(({ Key = '' }) => Key)])
          if (keys.size > acmBelieves.tagsPerCertificate.value)
            throw new FakeAwsError('TooManyTagsException', 'The request contains too many tags.')
          for (const { Key = '', Value = '' } of Tags) found.tags.set(Key, Value)
          contexts.delete(found)
          return {}
        },
      ),
    }
  }

  describe(certificate: Certificate): CertificateDetail {
    const now = this.aws.clock.now()
    return {
      CertificateArn: certificate.arn,
      DomainName: certificate.names[0],
      SubjectAlternativeNames: [...certificate.names],
      Status: this.statusOf(certificate),
      Type: certificate.type,
      CreatedAt: new Date(certificate.requestedAt),
      KeyAlgorithm: certificate.keyAlgorithm,
      FailureReason: certificate.fate && now >= certificate.fate.at ? (certificate.fate.reason as never) : undefined,
      InUseBy: [...certificate.inUseBy],
      DomainValidationOptions: certificate.names.map((name) => ({
        DomainName: name,
        ValidationMethod: 'DNS',
        ValidationStatus: this.#isValidated(certificate, name) ? 'SUCCESS' : 'PENDING_VALIDATION',
        ...(now >= (certificate.recordsAt.get(name) ?? 0) && {
          ResourceRecord: validationRecord(certificate.account, name),
        }),
      })),
    }
  }
}

const requestTags = (tags: readonly Tag[]) =>
  Object.fromEntries(tags.map(({ Key, Value }) => [`aws:RequestTag/${Key}`, Value]))

const contexts = new WeakMap<Certificate, Record<string, string>>()

function resourceTags(certificate: Certificate | undefined): Record<string, string> {
  if (!certificate) return {}
  const known = contexts.get(certificate)
  if (known) return known
  const made = Object.fromEntries([...certificate.tags].map(([key, value]) => [`aws:ResourceTag/${key}`, value]))
  contexts.set(certificate, made)
  return made
}
