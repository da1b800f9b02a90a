import type { Config } from '../../config/schema/index.ts'
import type { Path } from '../../errors/diagnostic.ts'
import { alternativesOf } from '../../model/domain/alternatives.ts'
import type { Finding, Rule } from '../rule.ts'

type Idle = { readonly path: Path; readonly because: string; readonly remedy: string }

/** What has a meaning where no certificate is needed: without a custom domain, and with one that is made elsewhere. */
const MEANT_INSIDE: readonly string[] = ['name', 'publish']
const MEANT_ELSEWHERE: readonly string[] = [...MEANT_INSIDE, 'existing', 'basePath']

const isWritten = (value: unknown): boolean =>
  value !== undefined && value !== false && !(Array.isArray(value) && value.length === 0)

const idleKeys = ({ domain, loadBalancer }: Config): Idle[] => {
  const zone = domain.zone === 'manual' ? undefined : domain.zone
  const own = domain.certificate !== undefined
  const waits = zone?.role !== undefined && !own
  const idle = (unused: boolean, key: Idle): Idle[] => (unused ? [key] : [])
  const notRequested = own
    ? 'the certificate is your own'
    : 'CloudFormation itself validates the certificate, and waits as long as that takes'
  const takeOut = 'remove the key'
  if (loadBalancer.existing !== undefined && (!domain.publish || domain.existing)) {
    const meant = domain.publish ? MEANT_ELSEWHERE : MEANT_INSIDE
    return Object.keys(domain)
      .filter((key) => !meant.includes(key) && isWritten(domain[key as keyof typeof domain]))
      .map((key) => ({
        path: ['domain', key],
        because: `the load balancer has a certificate of its own, and ${domain.publish ? 'the domain is made elsewhere' : 'the name is not published'}`,
        remedy: takeOut,
      }))
  }
  return [
    ...idle(domain.waitMinutes !== undefined && !waits, {
      path: ['domain', 'waitMinutes'],
      because: notRequested,
      remedy: `${takeOut}, or add domain.zone.role if the zone lives in another account`,
    }),
    ...idle(domain.validationRecords !== undefined && !waits, {
      path: ['domain', 'validationRecords'],
      because: own ? notRequested : 'only records in a zone of another account are written by Portcullis',
      remedy: `${takeOut}, or add domain.zone.role if the zone lives in another account`,
    }),
    ...idle(own && domain.alternativeNames.length > 0, {
      path: ['domain', 'alternativeNames'],
      because: notRequested,
      remedy: `${takeOut}; the certificate in domain.certificate already has its names`,
    }),
    ...alternativesOf(domain)
      .filter(({ publish }) => !own && publish && (!domain.publish || domain.existing))
      .map(({ at }) => ({
        path: [...at.slice(0, -1), 'publish'],
        because: domain.publish ? 'the custom domain is made elsewhere' : 'the API is not published',
        remedy: `${takeOut}, or make the name of the domain ${domain.publish ? 'here' : 'public'} too`,
      })),
    ...idle(domain.existing && !domain.publish, {
      path: ['domain', 'existing'],
      because: 'the name is not published',
      remedy: `${takeOut}, or publish`,
    }),
    ...idle(domain.basePath !== undefined && !domain.publish, {
      path: ['domain', 'basePath'],
      because: 'the name is not published, and the address that API Gateway gives has no base path',
      remedy: `${takeOut}, or publish`,
    }),
    ...idle(own && domain.zone !== undefined && (!domain.publish || domain.existing), {
      path: ['domain', 'zone'],
      because: `no record is written: the certificate is your own and ${domain.publish ? 'the domain is made elsewhere' : 'the name is not published'}`,
      remedy: takeOut,
    }),
    ...idle(zone?.externalId !== undefined && zone.role === undefined, {
      path: ['domain', 'zone', 'externalId'],
      because: 'there is no role to assume',
      remedy: `${takeOut}, or add role if the zone lives in another account`,
    }),
    ...idle(zone?.organization !== undefined && zone.role === undefined, {
      path: ['domain', 'zone', 'organization'],
      because: 'there is no role to trust it',
      remedy: `${takeOut}, or add role if the zone lives in another account`,
    }),
  ]
}

export const keysWithoutEffect: Rule = {
  id: 'PC304',
  title: 'Every key of the domain has an effect',
  why: 'a key that changes nothing would look as if it worked',
  check: (_, config) =>
    idleKeys(config).map(
      ({ path, because, remedy }): Finding => ({
        path,
        at: 'key',
        message: `"${path.join('.')}" has no effect here: ${because}`,
        remedy,
      }),
    ),
}
