/**
 * Scalars that can differ per account or environment, as CloudFormation parameters with the config's value as
 * default. Their names are public API. None accepts a value that opens the isolation: whatever reaches a group, a
 * scheme or a name has allowed values or a tight pattern.
 */

import { FARGATE_SIZES, MEMORY_SIZES } from '../aws/fargate-sizes.ts'
import { imageInTemplate } from '../aws/images.ts'
import {
  allowed,
  allowedOrEmpty,
  CERTIFICATE_ARN,
  FUNCTION_ARN,
  hostName,
  ISSUER,
  LIST_ITEM,
  ORIGIN,
  PREFIX_LIST_ID,
  ROLE_ARN,
  ZONE_ID,
} from '../aws/patterns.ts'
import { RETENTION_DAYS } from '../aws/retention-days.ts'
import type { Config } from '../config/schema/index.ts'
import { parseCidr, privateRangePattern } from './cidr.ts'
import type { Domain, Parameter } from './model.ts'
import { pascalCase, sortedEntries } from './names.ts'

type Parameters = Record<string, Parameter>

/** A parameter with these texts always says what it accepts. */
type Constrained = Parameter & { readonly constraintDescription: string }

const named = (entries: Readonly<Record<string, Constrained | undefined>>): Parameters =>
  Object.fromEntries(Object.entries(entries).filter((entry): entry is [string, Constrained] => entry[1] !== undefined))

const placeholdersIn = (text: string): string[] => ['account', 'region'].filter((name) => text.includes(`{${name}}`))

/**
 * Nothing is replaced inside a parameter's value, so a config value with placeholders is what an empty parameter means.
 * Gives default, pattern and the description's last sentence.
 */
const orConfigText = (text: string, pattern: string): { default: string; allowedPattern: string; unless: string } =>
  placeholdersIn(text).length === 0
    ? { default: text, allowedPattern: allowed(pattern), unless: '' }
    : {
        default: '',
        allowedPattern: allowedOrEmpty(pattern),
        unless: ` Left empty: ${text.replaceAll(/[{}]/g, (brace) => (brace === '{' ? '<' : '>'))}.`,
      }

const networkParameters = (config: Config): Parameters => {
  const { prefixLength } = parseCidr(config.network.cidr)
  const group = 'Network'
  return named({
    VpcCidr: {
      type: 'String',
      default: config.network.cidr,
      label: 'Address range of the VPC',
      description: `Private IPv4 range of the VPC, always a /${prefixLength}. Choose one that no connected network uses.`,
      group,
      allowedPattern: privateRangePattern(prefixLength),
      constraintDescription: `must be a private range of prefix length /${prefixLength} without host bits, such as ${config.network.cidr}`,
    },
    S3PrefixListId:
      config.network.egress === 'endpoints'
        ? {
            type: 'String',
            default: '',
            label: 'Prefix list of S3 (optional)',
            description:
              "Id of the AWS-managed prefix list of S3 in this region (com.amazonaws.<region>.s3). With it, the tasks' security groups name S3 instead of any address; without it, only the missing internet route keeps them in.",
            group,
            allowedPattern: allowedOrEmpty(PREFIX_LIST_ID),
            constraintDescription: 'must be empty or the id of a prefix list, such as pl-6da54004',
          }
        : undefined,
  })
}

const domainParameters = (config: Config, domain: Domain): Parameters => {
  const group = 'Domain and certificate'
  const { unless, ...defaultAndPattern } = orConfigText(domain.name, hostName())
  const inZone = domain.zone !== undefined && (domain.certificate.kind !== 'existing' || domain.publish)
  const ownZone = domain.zone?.role === undefined
  const purpose = domain.certificate.kind === 'existing' ? 'the API' : 'the certificate'
  return named({
    DomainName: {
      type: 'String',
      ...defaultAndPattern,
      label: 'Host name',
      description: `Host name of the application, on the certificate of the load balancer${domain.publish ? ' and the address of the API' : ''}.${unless}`,
      group,
      maxLength: domain.certificate.kind === 'existing' ? 253 : 64,
      constraintDescription:
        'must be a host name in lower case without scheme, path, wildcard or final dot, such as api.example.com',
    },
    HostedZoneId: inZone
      ? {
          type: ownZone ? 'AWS::Route53::HostedZone::Id' : 'String',
          ...(domain.zone?.id === undefined ? {} : { default: domain.zone.id }),
          label: 'Hosted zone',
          description: `Route 53 hosted zone ${ownZone ? 'of this account' : 'of the other account'} in which the records for ${purpose} are written. It must be public and hold the host name.`,
          group,
          ...(ownZone ? {} : { allowedPattern: allowed(ZONE_ID) }),
          constraintDescription: 'must be the id of a hosted zone, such as Z0123456789ABCDEFGHIJ, without /hostedzone/',
        }
      : undefined,
    HostedZoneRoleArn:
      inZone && domain.zone?.role !== undefined
        ? {
            type: 'String',
            default: domain.zone.role.arn,
            label: 'Role in the account of the hosted zone',
            description:
              'Role that may write the records; zone-role.yaml creates it in the account of the hosted zone.',
            group,
            allowedPattern: allowed(ROLE_ARN),
            constraintDescription:
              'must be the ARN of an IAM role, such as arn:aws:iam::222222222222:role/portcullis/dns-writer',
          }
        : undefined,
    CertificateArn:
      config.domain.certificate === undefined
        ? undefined
        : {
            type: 'String',
            default: config.domain.certificate,
            label: 'Certificate',
            description:
              'ACM certificate of this account and region that is publicly trusted and covers the host name.',
            group,
            allowedPattern: allowed(CERTIFICATE_ARN),
            constraintDescription: 'must be the ARN of an ACM certificate in the region of the deployment',
          },
  })
}

const loadBalancerParameters = (config: Config): Parameters =>
  named({
    LoadBalancerDeletionProtection: {
      type: 'String',
      default: String(config.loadBalancer.deletionProtection),
      label: 'Deletion protection',
      description:
        'Whether the load balancer refuses to be deleted. Leave it off for the first deployment, which could not roll back otherwise.',
      group: 'Load balancer',
      allowedValues: ['true', 'false'],
      constraintDescription: 'must be true or false',
    },
  })

const serviceParameters = (config: Config, key: string, service: Config['services'][string]): Parameters => {
  const id = pascalCase(key)
  const group = `Service ${key}`
  const endpointsOnly = config.network.egress === 'endpoints'
  const { unless, ...defaultAndPattern } = orConfigText(service.image, imageInTemplate(endpointsOnly))
  const tasks = (which: string, count: number, description: string): Constrained => ({
    type: 'Number',
    default: String(count),
    label: `Tasks at ${which}`,
    description,
    group,
    minValue: 1,
    maxValue: 5000,
    constraintDescription: 'must be a whole number from 1 to 5000',
  })
  return named({
    [`${id}Image`]: {
      type: 'String',
      ...defaultAndPattern,
      label: 'Container image',
      description: `Image of the service ${key}, ${
        endpointsOnly
          ? 'from a private ECR repository in the region of the deployment, because the tasks have no internet route'
          : 'with registry, repository and tag'
      }.${unless}`,
      group,
      maxLength: 512,
      constraintDescription: endpointsOnly
        ? 'must be an image of a private ECR repository, such as 111111111111.dkr.ecr.eu-west-1.amazonaws.com/orders:1.4.2'
        : 'must be a container image, such as registry/repository:tag',
    },
    [`${id}Cpu`]: {
      type: 'String',
      default: String(service.cpu),
      label: 'CPU units per task',
      description: 'CPU units of a task; 1024 are one vCPU. Not every memory size goes with every number.',
      group,
      allowedValues: [...FARGATE_SIZES.keys()].map(String),
      constraintDescription: 'must be a CPU size that Fargate offers',
    },
    [`${id}Memory`]: {
      type: 'String',
      default: String(service.memory),
      label: 'Memory per task (MiB)',
      description: 'Memory of a task in MiB. Not every size goes with every number of CPU units.',
      group,
      allowedValues: MEMORY_SIZES.map(String),
      constraintDescription: 'must be a memory size that Fargate offers',
    },
    [`${id}MinTasks`]: tasks('least', service.scale.min, 'Number of tasks that always run.'),
    [`${id}MaxTasks`]: tasks(
      'most',
      service.scale.max,
      'Number of tasks that scaling never exceeds; not smaller than the least.',
    ),
  })
}

const authorizerParameters = (key: string, { jwt, lambda }: Config['api']['auth'][string]): Parameters => {
  const id = pascalCase(key)
  const group = `Authorizer ${key}`
  return named({
    [`${id}Issuer`]:
      jwt === undefined
        ? undefined
        : {
            type: 'String',
            default: jwt.issuer,
            label: 'Issuer of the tokens',
            description: 'Address of the identity provider, exactly as in the "iss" claim of its tokens.',
            group,
            allowedPattern: allowed(ISSUER),
            maxLength: 512,
            constraintDescription: 'must be an https address, such as https://idp.example.com/',
          },
    [`${id}Audience`]:
      jwt === undefined
        ? undefined
        : {
            type: 'CommaDelimitedList',
            default: jwt.audience.join(','),
            label: 'Audiences of the tokens',
            description: 'Accepted "aud" (or "client_id") claims, separated by commas.',
            group,
            allowedPattern: allowed(LIST_ITEM),
            constraintDescription: 'must be one or more audiences without spaces, separated by commas',
          },
    [`${id}FunctionArn`]:
      lambda === undefined
        ? undefined
        : {
            type: 'String',
            default: lambda,
            label: 'Authorizer function',
            description: 'Lambda function of this account and region that decides about requests.',
            group,
            allowedPattern: allowed(FUNCTION_ARN),
            constraintDescription:
              'must be the ARN of a Lambda function, such as arn:aws:lambda:eu-west-1:111111111111:function:authorizer',
          },
  })
}

const apiParameters = (config: Config): Parameters => {
  const group = 'API'
  const limit = (value: number, label: string, description: string): Constrained => ({
    type: 'Number',
    default: String(value),
    label,
    description,
    group,
    minValue: 1,
    maxValue: 100_000,
    constraintDescription: 'must be a whole number from 1 to 100000',
  })
  return named({
    ThrottleRate: limit(
      config.api.throttle.rate,
      'Requests per second',
      'Requests per second that the API accepts on average, over all routes and callers.',
    ),
    ThrottleBurst: limit(config.api.throttle.burst, 'Requests at once', 'Requests that the API accepts at once.'),
    CorsOrigins:
      config.api.cors === undefined
        ? undefined
        : {
            type: 'CommaDelimitedList',
            default: config.api.cors.origins.join(','),
            label: 'Origins of browsers',
            description: 'Web pages that may call the API from a browser, separated by commas.',
            group,
            allowedPattern: allowed(ORIGIN),
            constraintDescription:
              'must be scheme and host of each page without a path, such as https://app.example.com',
          },
  })
}

const logParameters = (config: Config): Parameters =>
  named({
    LogRetentionDays: {
      type: 'Number',
      default: String(config.observability.logRetentionDays),
      label: 'Days to keep logs',
      description: 'Days after which log events are deleted.',
      group: 'Logs',
      allowedValues: RETENTION_DAYS.map(String),
      constraintDescription: 'must be a number of days that CloudWatch Logs offers, such as 30',
    },
  })

/** All parameters, in the order in which a launch form shows them. */
export const parameters = (config: Config, domain: Domain): Parameters => ({
  ...networkParameters(config),
  ...domainParameters(config, domain),
  ...loadBalancerParameters(config),
  ...Object.assign(
    {},
    ...sortedEntries(config.services).map(([key, service]) => serviceParameters(config, key, service)),
  ),
  ...Object.assign(
    {},
    ...sortedEntries(config.api.auth).map(([key, authorizer]) => authorizerParameters(key, authorizer)),
  ),
  ...apiParameters(config),
  ...logParameters(config),
})
