/**
 * What a config MEANS: every default filled in, every name derived, every choice made.
 * Layers read it and decide nothing. All lists are in a stable order that does not depend on the order of keys.
 */
export type Model = {
  readonly name: string
  readonly domain: Domain
  readonly network: Network
  readonly loadBalancer: { readonly accessLogs: boolean }
  readonly services: readonly Service[]
  readonly api: Api
  readonly environments: readonly Environment[]
  readonly delivery: Delivery
  /** Every parameter that some template may declare, by name; a template declares those that it references. */
  readonly parameters: Readonly<Record<string, Parameter>>
}

/** Text in which `{account}` and `{region}` stand for the deploying account and region. */
export type Placeholders = string

export type Domain = {
  /** Default of the parameter DomainName. */
  readonly name: Placeholders
  readonly alternativeNames: readonly Placeholders[]
  readonly publish: boolean
  readonly certificate: Certificate
  /** Where the alias of a published domain is written. */
  readonly alias: 'route53' | 'zone-role' | 'by-hand'
  /** Something is written through the role in the zone's account, so the function `writer` is needed. */
  readonly usesZoneRole: boolean
  readonly zone?: Zone
}

export type Certificate =
  /** AWS::CertificateManager::Certificate, validated by CloudFormation in the zone of this account. */
  | { readonly kind: 'route53' }
  /** The same resource without a zone: somebody adds the CNAME that the stack's events show. */
  | { readonly kind: 'manual' }
  /** Custom::PortcullisCertificate, whose zone lives in another account; `waiters` resources of 14 minutes each. */
  | { readonly kind: 'zone-role'; readonly waiters: number; readonly validationRecords: 'retain' | 'deleteIfUnused' }
  /** The ARN in the parameter CertificateArn. */
  | { readonly kind: 'existing' }

export type Zone = {
  readonly id?: string
  readonly name?: string
  readonly role?: { readonly arn: string; readonly externalId?: string; readonly organization?: string }
}

export type Network = {
  readonly cidr: string
  /** Prefix length of `cidr`, 16..24. */
  readonly prefixLength: number
  /** 2..4 */
  readonly zones: number
  readonly egress: 'endpoints' | 'nat' | 'regional-nat'
  /** Short names of the interface endpoints that the services need (`ecr.api`, `logs`), sorted; none with NAT. */
  readonly interfaceEndpoints: readonly string[]
  /** Region -> Availability Zone ids in which VPC links exist, as many as `zones`. Regions with fewer are left out. */
  readonly regionalZoneIds: Readonly<Record<string, readonly string[]>>
}

export type Service = {
  /** The config key, `orders`. */
  readonly key: string
  /** PascalCase of the key, `Orders`: the start of its logical IDs and parameters. */
  readonly id: string
  /** Default of its Image parameter. */
  readonly image: Placeholders
  readonly port: number
  readonly listenerRules: readonly ListenerRule[]
  readonly architecture: 'X86_64' | 'ARM64'
  readonly health: { readonly path: string; readonly statuses: string }
  readonly scale: { readonly cpu?: number; readonly requestsPerTarget?: number }
  readonly environment: readonly { readonly name: string; readonly value: string }[]
  readonly secrets: readonly { readonly name: string; readonly valueFrom: string }[]
  /** ARNs that the execution role may read (without JSON key and version suffixes), sorted and unique. */
  readonly secretArns: { readonly secretsManager: readonly string[]; readonly parameterStore: readonly string[] }
}

/** At most 5 path patterns. `suffix` makes the logical ID: `Exact1`, `Under1Part1` ... */
export type ListenerRule = {
  readonly suffix: string
  readonly priority: number
  readonly paths: readonly string[]
}

export type Api = {
  readonly authorizers: readonly Authorizer[]
  readonly routes: readonly Route[]
  readonly cors: boolean
  readonly timeoutMs: number
  /** The isolation probe's requests: one that must be refused, and one that must be answered with 200 (an open route's). */
  readonly probe?: { readonly guarded: string; readonly open?: string }
}

export type Authorizer = {
  readonly key: string
  readonly id: string
  readonly kind: 'jwt' | 'lambda'
}

export type Route = {
  /** `GetOrdersProxy`; its logical ID is `Route<id>`. */
  readonly id: string
  /** `GET /orders/{proxy+}` */
  readonly routeKey: string
  readonly auth:
    | { readonly kind: 'jwt' | 'lambda'; readonly authorizer: Authorizer }
    | { readonly kind: 'iam' }
    | { readonly kind: 'none' }
  readonly scopes: readonly string[]
}

export type Environment = {
  readonly name: string
  readonly region: string
  readonly account?: string
  readonly parameters: Readonly<Record<string, string>>
}

export type Delivery = {
  readonly serviceCatalog?: {
    readonly portfolio: string
    readonly owner: string
    readonly principals: readonly string[]
    /** In the order written (append only); the last is published. */
    readonly versions: readonly { readonly name: string; readonly source: 'current' | { readonly url: string } }[]
  }
  readonly stackSet?: {
    readonly accounts: readonly string[]
    readonly organizationalUnits: readonly string[]
    readonly regions: readonly string[]
    /** By account and region, sorted. */
    readonly overrides: readonly {
      readonly account: string
      readonly region: string
      readonly parameters: Readonly<Record<string, string>>
    }[]
  }
}

/** A CloudFormation parameter in our own terms; layers refer to it by name. */
export type Parameter = {
  readonly type: 'String' | 'Number' | 'CommaDelimitedList' | 'AWS::Route53::HostedZone::Id'
  /** Left out: the deployer must give it. */
  readonly default?: string
  readonly label: string
  readonly description: string
  /** Where the launch form shows it: a group's title (`Network`, `Service orders`). */
  readonly group: string
  readonly allowedValues?: readonly string[]
  readonly allowedPattern?: string
  readonly minValue?: number
  readonly maxValue?: number
  readonly maxLength?: number
  readonly constraintDescription?: string
}
