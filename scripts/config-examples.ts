// One example for each section of the config, as docs/config.md shows it. A test generates with each of them.

export const configExamples: Readonly<Record<string, string>> = {
  name: `
name: orders
`,
  tags: `
tags:
  CostCentre: "4711"       # numbers in quotes
  Team: order-desk
`,
  permissionsBoundary: `
permissionsBoundary: arn:aws:iam::{account}:policy/boundary
`,
  domain: `
domain:
  name: api.example.com
  alternativeNames:
    - "*.example.com"                            # on the certificate only
    - { name: www.example.com, publish: true }   # also a name of the API
  zone:
    id: Z0123456789ABCDEFGHIJ
    name: example.com
    # the zone is in another account
    role: arn:aws:iam::222222222222:role/portcullis/dns-writer
    externalId: portcullis
  validationRecords: deleteIfUnused
`,
  share: `
share: true              # others use its network, load balancer and VPC link
`,
  uses: `
uses: ../platform/portcullis.yaml        # then without network and cluster
loadBalancer: { priorities: 1000-1999 }
`,
  network: `
network:
  cidr: 10.30.0.0/16
  availabilityZones: 3
  egress: nat              # or endpoints, the default, or regional-nat
  egressPorts: [443]       # left out: all
  endpoints: []            # with egress: endpoints, more than the tasks need
`,
  cluster: `
cluster:
  existing: platform       # left out: a new one, which may have containerInsights
`,
  loadBalancer: `
loadBalancer:
  accessLogs: true
  deletionProtection: false
  priorities: 2000-2999    # of the listener rules; left out: 1 to 48000
`,
  services: `
services:
  orders:
    image: 111111111111.dkr.ecr.{region}.amazonaws.com/orders:1.4.2
    port: 8080
    paths: [/orders, /orders/*]
    cpu: 512
    memory: 1024
    architecture: arm64
    command: [node, server.js]
    user: "1000:1000"
    readOnly: true
    dropCapabilities: [ALL]
    health: { path: /health, statuses: "200-299" }
    scale:
      min: 2
      max: 10
      cpu: 60
      requestsPerTarget: 500
      schedule:
        - { cron: "0 8 ? * MON-FRI *", timezone: Europe/Berlin, min: 4, max: 20 }
        - { cron: "0 20 ? * MON-FRI *", timezone: Europe/Berlin, min: 2, max: 10 }
    spot: 50
    deployment: { minimumHealthyPercent: 50 }
    environment: { LOG_LEVEL: info }
    secrets:
      DATABASE_URL: "/orders/{environment}/database-url"
      SIGNING_KEY: orders/signing-key
    reaches:
      - { securityGroup: sg-0123456789abcdef0, port: 5432 }
      - { service: catalog }            # http://catalog:8080
    permissions:
      - actions: [sqs:SendMessage]
        resources: ["arn:aws:sqs:{region}:{account}:mails"]
    policies: [arn:aws:iam::aws:policy/AmazonDynamoDBReadOnlyAccess]
    endpoints: [dynamodb]      # what the policies call, without another way to AWS
  catalog:
    image: 111111111111.dkr.ecr.{region}.amazonaws.com/catalog:2.0.1
    port: 8080
    paths: [/catalog, /catalog/*]
`,
  jobs: `
jobs:
  nightly:
    image: 111111111111.dkr.ecr.{region}.amazonaws.com/orders:1.4.2
    command: [node, nightly.js]
    schedule: cron(0 2 * * ? *)
    timezone: Europe/Berlin
    retries: 2
    timeoutMinutes: 90
    secrets: { DATABASE_URL: /orders/database-url }
    permissions:
      - { actions: [s3:PutObject], resources: ["arn:aws:s3:::orders-reports/*"] }
    volumes: { scratch: { path: /scratch, efs: new } }
`,
  api: `
api:
  auth:
    customers: { jwt: { issuer: https://idp.example.com/, audience: [orders] } }
    machines: { lambda: arn:aws:lambda:eu-west-1:111111111111:function:authorizer }
  defaultAuth: customers
  routes:
    - { route: "GET /orders/{id}", scopes: [orders.read] }
    - { route: "POST /orders", auth: machines }
    - { route: "GET /health", auth: none }       # open, because it says so
  cors: { origins: [https://app.example.com] }
  throttle: { rate: 500, burst: 1000 }
  timeoutSeconds: 29
  probe: true
`,
  observability: `
observability:
  logRetentionDays: 90
`,
  overrides: `
overrides:
  OrdersService: { Properties: { HealthCheckGracePeriodSeconds: 300 } }
  OrdersErrors:            # not generated, so it is a resource of its own
    Type: AWS::Logs::MetricFilter
    Properties:
      LogGroupName: { Ref: OrdersLogGroup }
      FilterPattern: ERROR
      MetricTransformations:
        - { MetricNamespace: shop, MetricName: Errors, MetricValue: "1" }
`,
  environments: `
environments:
  dev:
    region: eu-west-1
    parameters: { DomainName: dev.example.com, OrdersMinTasks: 1 }
  prod:
    region: eu-west-1
    account: "111111111111"
    # values only: image, cpu, memory, scale.min, scale.max, environment, secrets
    services:
      orders: { scale: { min: 3 }, environment: { LOG_LEVEL: warn } }
    jobs:                    # the same, with schedule and enabled instead of scale
      nightly: { schedule: cron(0 4 * * ? *) }
`,
  delivery: `
delivery:
  serviceCatalog:
    portfolio: Platform
    owner: platform-team
    principals: [arn:aws:iam::111111111111:role/engineers]
    versions:
      "1.0.0": current
  stackSet:
    accounts: ["333333333333"]
    regions: [eu-west-1]
    overrides:
      333333333333/eu-west-1: { OrdersMinTasks: 2 }
`,
}
