// SAM templates at random: most of them such that the translator takes them, some with parts that it does not know.
import fc from 'fast-check'
import type { Json } from '../../support/read-template.ts'

export type RandomTemplate = { readonly template: Json; readonly isStrange: boolean }

type Choose = {
  readonly one: <T>(values: readonly T[]) => T
  readonly some: <T>(values: readonly T[]) => T[]
  readonly chance: (percent: number) => boolean
  readonly upTo: (most: number) => number
}

const chooser = (g: fc.GeneratorValue): Choose => {
  const upTo = (most: number): number => g(fc.integer, { min: 0, max: most })
  const one = <T>(values: readonly T[]): T => values[upTo(values.length - 1)] as T
  const chance = (percent: number): boolean => upTo(99) < percent
  return { one, upTo, chance, some: (values) => values.filter(() => chance(50)) }
}

const ref = (id: string): Json => ({ Ref: id })
const arn = (id: string): Json => ({ 'Fn::GetAtt': [id, 'Arn'] })
const noValue = ref('AWS::NoValue')

/** The same templates for everyone. */
export const randomTemplates = (count: number, seed: number): RandomTemplate[] =>
  fc.sample(
    fc.gen().map((g) => {
      const choose = chooser(g)
      const isStrange = choose.chance(15)
      return { template: templateOf(choose, isStrange), isStrange }
    }),
    { seed, numRuns: count },
  )

function templateOf(choose: Choose, isStrange: boolean): Json {
  const resources: Json = {
    Group: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'x' } },
    Queue: { Type: 'AWS::SQS::Queue' },
    Topic: { Type: 'AWS::SNS::Topic' },
    Bucket: { Type: 'AWS::S3::Bucket' },
    Pool: { Type: 'AWS::Cognito::UserPool' },
    Link: { Type: 'AWS::ApiGatewayV2::VpcLink', Properties: { Name: 'link', SubnetIds: ['subnet-1'] } },
  }
  const add = (id: string, type: string, properties: Json, more: Json = {}): void => {
    resources[id] = {
      Type: `AWS::Serverless::${type}`,
      ...(choose.chance(15) ? { Condition: choose.one(['IsOne', 'IsTwo']) } : {}),
      ...(choose.chance(10) ? { DeletionPolicy: 'Retain' } : {}),
      ...(choose.chance(20) ? { DependsOn: ['Group'] } : {}),
      ...more,
      Properties: properties,
    }
  }
  const globals = globalsOf(choose)
  const ignore = (type: string): Json =>
    globals[type] && choose.chance(25)
      ? { IgnoreGlobals: choose.chance(50) ? '*' : choose.some(Object.keys(globals[type])) }
      : {}
  const https = ['HttpA', 'HttpB'].slice(0, choose.upTo(2))
  const rests = ['RestA', 'RestB'].slice(0, choose.upTo(2))
  for (const id of https) add(id, 'HttpApi', httpApiOf(choose, globals.HttpApi), ignore('HttpApi'))
  for (const id of rests) add(id, 'Api', restApiOf(choose, globals.Api), ignore('Api'))
  // A resource of the author under the id of an implicit API, and one that is no SAM resource.
  if (choose.chance(8)) add('ServerlessHttpApi', 'HttpApi', httpApiOf(choose, globals.HttpApi))
  if (choose.chance(8)) add('ServerlessRestApi', 'Api', restApiOf(choose, globals.Api))
  if (choose.chance(10)) resources.Plain = { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'plain' } }
  const authOf = (id: string, type: string): Json => {
    const own = id.startsWith('Serverless') ? {} : resources[id]?.Properties.Auth
    const ignored = resources[id]?.IgnoreGlobals
    const shared = ignored === '*' || ignored?.includes('Auth') ? undefined : globals[type]?.Auth
    const both = { ...shared, ...own, Authorizers: { ...shared?.Authorizers, ...own?.Authorizers } }
    return both
  }
  const routes = new Set<string>()
  const apiEvent = (target: 'function' | 'machine'): Json | undefined => {
    const isHttp = target === 'function' && choose.chance(50)
    const ids = isHttp ? [...https, 'ServerlessHttpApi'] : [...rests, 'ServerlessRestApi']
    const id = choose.one(ids)
    const path = choose.one(['/', '/a', '/a/{id}', '/b/{proxy+}'])
    const method = choose.one(['get', 'GET', 'post', 'any', 'options', 'delete'])
    const isDefault = isHttp && choose.chance(20)
    const key = isDefault ? `${id} default` : `${id} ${path} ${method.toLowerCase()}`
    if (!isHttp && resources.Plain && choose.chance(15))
      return { Type: 'Api', Properties: { Path: path, Method: method, RestApiId: ref('Plain') } }
    const isOwn = resources[id]?.Properties.DefinitionBody || resources[id]?.Properties.DefinitionUri
    if (routes.has(key) && !(isHttp && isOwn)) return undefined
    routes.add(key)
    const auth = authOf(id, isHttp ? 'HttpApi' : 'Api')
    const names = [...Object.keys(auth.Authorizers), ...(auth.DefaultAuthorizer ? ['NONE'] : [])]
    if (!isHttp || auth.EnableIamAuthorizer) names.push('AWS_IAM')
    const own: Json = {}
    if (names.length > 0 && choose.chance(35)) {
      own.Authorizer = choose.one(names)
      if (choose.chance(30)) own.AuthorizationScopes = ['one', 'two']
      if (!isHttp && choose.chance(20))
        own.InvokeRole = choose.one(['NONE', 'CALLER_CREDENTIALS', 'arn:aws:iam::1:role/r'])
    } else if (isHttp && auth.DefaultAuthorizer && choose.chance(15)) own.AuthorizationScopes = ['one']
    if (!isHttp && choose.chance(15)) own.ApiKeyRequired = true
    if (!isHttp && auth.ApiKeyRequired && choose.chance(20)) own.ApiKeyRequired = false
    if (!isHttp && choose.chance(10)) own.ResourcePolicy = resourcePolicyOf(choose)
    if (!isHttp && (own.Authorizer || own.ApiKeyRequired) && choose.chance(20)) own.OverrideApiAuth = true
    const place = isDefault ? {} : { Path: path, Method: method }
    const isImplicit = id.startsWith('Serverless')
    return {
      Type: isHttp ? 'HttpApi' : 'Api',
      Properties: {
        ...place,
        ...(isImplicit && choose.chance(80) ? {} : { [isHttp ? 'ApiId' : 'RestApiId']: ref(id) }),
        ...(Object.keys(own).length > 0 ? { Auth: own } : {}),
        ...(isHttp && !isDefault && choose.chance(10) ? { RouteSettings: { ThrottlingBurstLimit: 1 } } : {}),
        ...(isHttp && choose.chance(10) ? { PayloadFormatVersion: '1.0' } : {}),
      },
    }
  }
  for (const id of ['FunctionA', 'FunctionB', 'FunctionC'].slice(0, choose.upTo(3))) {
    const events: Json = {}
    for (const name of ['One', 'Two', 'Three'].slice(0, choose.upTo(3))) {
      const event = choose.chance(65) ? apiEvent('function') : functionEventOf(choose, id, name)
      if (event) events[name] = event
    }
    add(
      id,
      'Function',
      { ...functionOf(choose, globals.Function), ...(Object.keys(events).length > 0 ? { Events: events } : {}) },
      ignore('Function'),
    )
  }
  if (choose.chance(35)) {
    const events: Json = {}
    for (const name of ['One', 'Two'].slice(0, choose.upTo(2))) {
      const event = choose.chance(60) ? apiEvent('machine') : machineEventOf(choose)
      if (event) events[name] = event
    }
    add('Machine', 'StateMachine', {
      ...machineOf(choose),
      ...(Object.keys(events).length > 0 ? { Events: events } : {}),
    })
  }
  if (choose.chance(25)) add('Provider', 'CapacityProvider', providerOf(choose), ignore('CapacityProvider'))
  if (choose.chance(15))
    add('Connection', 'NetworkConnector', {
      VpcConfig: { SubnetIds: [ref('Subnet')], SecurityGroupIds: [ref('Group')], NetworkProtocol: 'IPv4' },
      ...(choose.chance(30) ? { OperatorRole: 'arn:aws:iam::1:role/o' } : {}),
    })
  if (choose.chance(20))
    add(
      'Table',
      'SimpleTable',
      choose.chance(50) ? {} : { PrimaryKey: { Name: 'key', Type: 'Number' }, TableName: 't' },
    )
  if (choose.chance(20)) add('Layer', 'LayerVersion', { ContentUri: 's3://bucket/layer' })
  if (isStrange) makeStrange(choose, resources)
  return {
    Transform: choose.chance(80) ? 'AWS::Serverless-2016-10-31' : ['AWS::Serverless-2016-10-31'],
    Parameters: {
      Host: { Type: 'String', Default: 'p.example.org' },
      Flag: { Type: 'String', Default: 'one' },
      Policy: { Type: 'String', Default: 'TLS_1_2' },
      Subnet: { Type: 'AWS::EC2::Subnet::Id' },
    },
    Conditions: {
      IsOne: { 'Fn::Equals': [ref('Flag'), 'one'] },
      IsTwo: { 'Fn::Equals': [ref('Flag'), 'two'] },
    },
    ...(Object.keys(globals).length > 0 ? { Globals: globals } : {}),
    Resources: resources,
    Outputs: outputsOf(choose, resources),
  }
}

function globalsOf(choose: Choose): Json {
  const globals: Json = {}
  if (choose.chance(35))
    globals.Function = {
      ...(choose.chance(50) ? { Runtime: 'nodejs22.x', Handler: 'index.handler' } : {}),
      ...(choose.chance(40) ? { VpcConfig: networkOf(choose) } : {}),
      ...(choose.chance(40) ? { Layers: ['arn:aws:lambda:eu-west-1:1:layer:shared:1'] } : {}),
      ...(choose.chance(40) ? { Environment: { Variables: { SHARED: 'yes', BOTH: 'shared' } } } : {}),
      ...(choose.chance(20) ? { Architectures: ['arm64'] } : {}),
      ...(choose.chance(20) ? { Tracing: 'Active' } : {}),
    }
  if (choose.chance(35)) {
    globals.HttpApi = {
      ...(choose.chance(70) ? { Auth: httpAuthOf(choose) } : {}),
      ...(choose.chance(20) ? { FailOnWarnings: true } : {}),
      ...(choose.chance(30) ? { CorsConfiguration: { AllowOrigins: ['https://a.example.org'] } } : {}),
    }
  }
  if (choose.chance(35))
    globals.Api = {
      ...(choose.chance(70) ? { Auth: restAuthOf(choose) } : {}),
      ...(choose.chance(30) ? { Cors: "'*'" } : {}),
      ...(choose.chance(30) ? { EndpointConfiguration: 'REGIONAL' } : {}),
      ...(choose.chance(25) ? { OpenApiVersion: '3.0.1' } : {}),
    }
  if (choose.chance(15))
    globals.CapacityProvider = { ScalingConfig: { MaxVCpuCount: 10 }, VpcConfig: { SecurityGroupIds: ['sg-shared'] } }
  if (choose.chance(10)) globals.SimpleTable = { SSESpecification: { SSEEnabled: true } }
  return globals
}

const networkOf = (choose: Choose): Json => ({
  SecurityGroupIds: choose.chance(50) ? [ref('Group')] : { 'Fn::If': ['IsOne', [ref('Group')], ['sg-1']] },
  SubnetIds: [choose.chance(50) ? ref('Subnet') : 'subnet-1'],
})

function httpAuthOf(choose: Choose): Json {
  const auth: Json = {}
  const authorizers: Json = {}
  if (choose.chance(60))
    authorizers.Jwt = {
      IdentitySource: '$request.header.Authorization',
      [choose.one(['JwtConfiguration'])]: { [choose.one(['issuer', 'Issuer'])]: 'https://issuer', audience: ['me'] },
      ...(choose.chance(40) ? { AuthorizationScopes: ['read'] } : {}),
    }
  if (choose.chance(40))
    authorizers.Lambda = {
      FunctionArn: choose.chance(50)
        ? 'arn:aws:lambda:eu-west-1:1:function:f'
        : { 'Fn::Sub': 'arn:${AWS::Partition}:x' },
      AuthorizerPayloadFormatVersion: '2.0',
      ...(choose.chance(40) ? { Identity: { Headers: ['X-Key'] } } : {}),
      ...(choose.chance(30)
        ? { FunctionInvokeRole: 'arn:aws:iam::1:role/i', EnableFunctionDefaultPermissions: true }
        : {}),
    }
  if (Object.keys(authorizers).length > 0) auth.Authorizers = authorizers
  if (choose.chance(30)) auth.EnableIamAuthorizer = true
  const names = [...Object.keys(authorizers), ...(auth.EnableIamAuthorizer ? ['AWS_IAM'] : [])]
  if (names.length > 0 && choose.chance(60)) auth.DefaultAuthorizer = choose.one(names)
  else if (choose.chance(10)) auth.DefaultAuthorizer = noValue
  return auth
}

function restAuthOf(choose: Choose): Json {
  const auth: Json = {}
  const authorizers: Json = {}
  if (choose.chance(50))
    authorizers.Pool = {
      UserPoolArn: choose.chance(50) ? arn('Pool') : [arn('Pool'), 'arn:aws:cognito-idp:eu-west-1:1:userpool/x'],
      ...(choose.chance(30) ? { AuthorizationScopes: ['read'] } : {}),
    }
  if (choose.chance(40))
    authorizers.Token = {
      FunctionArn: 'arn:aws:lambda:eu-west-1:1:function:f',
      ...(choose.chance(30) ? { Identity: { Header: 'X-Key', ReauthorizeEvery: 30 } } : {}),
      ...(choose.chance(30) ? { DisableFunctionDefaultPermissions: true } : {}),
    }
  if (choose.chance(25))
    authorizers.Request = {
      FunctionPayloadType: 'REQUEST',
      FunctionArn: 'arn:aws:lambda:eu-west-1:1:function:g',
      Identity: { QueryStrings: ['key'] },
      ...(choose.chance(30) ? { FunctionInvokeRole: 'NONE' } : {}),
    }
  if (Object.keys(authorizers).length > 0) auth.Authorizers = authorizers
  const names = [...Object.keys(authorizers), 'AWS_IAM']
  if (choose.chance(55)) auth.DefaultAuthorizer = choose.one(names)
  if (choose.chance(30)) auth.AddDefaultAuthorizerToCorsPreflight = choose.chance(40)
  if (choose.chance(20)) auth.ApiKeyRequired = choose.chance(80)
  if (choose.chance(15)) auth.AddApiKeyRequiredToCorsPreflight = false
  if (choose.chance(15)) auth.InvokeRole = choose.one(['NONE', 'arn:aws:iam::1:role/r'])
  if (choose.chance(20)) auth.ResourcePolicy = resourcePolicyOf(choose)
  if (choose.chance(20)) auth.UsagePlan = { CreateUsagePlan: choose.one(['PER_API', 'SHARED', 'NONE']) }
  return auth
}

function resourcePolicyOf(choose: Choose): Json {
  return choose.one([
    { IpRangeWhitelist: ['10.0.0.0/8'] },
    { IpRangeBlacklist: ['1.2.3.4', '5.6.7.8'] },
    { AwsAccountWhitelist: ['111111111111'] },
    { AwsAccountBlacklist: ['111111111111'] },
    { SourceVpcWhitelist: ['vpc-1', 'vpce-2'] },
    { IntrinsicVpceWhitelist: [ref('Subnet')] },
    { SourceVpcBlacklist: ['vpc-1'] },
    {
      CustomStatements: [
        { Effect: 'Allow', Action: 'execute-api:Invoke', Resource: ['execute-api:/*'], Principal: '*' },
      ],
    },
  ])
}

const integrationOf = (choose: Choose): Json => ({
  type: 'http_proxy',
  httpMethod: 'ANY',
  payloadFormatVersion: '1.0',
  uri: 'arn:aws:elasticloadbalancing:eu-west-1:1:listener/app/x/1/2',
  ...(choose.chance(80) ? { connectionType: 'VPC_LINK', connectionId: ref('Link') } : {}),
  ...(choose.chance(30) ? { tlsConfig: { serverNameToVerify: 'a.example.org' } } : {}),
})

function operationOf(choose: Choose, schemes: readonly string[]): Json {
  const operation: Json = {
    ...(choose.chance(90) ? { 'x-amazon-apigateway-integration': integrationOf(choose) } : {}),
    ...(choose.chance(40) ? { security: choose.chance(40) ? [] : [{ [choose.one(schemes)]: [] }] } : {}),
  }
  return choose.chance(10)
    ? { 'Fn::If': ['IsOne', operation, choose.chance(60) ? noValue : { ...operation, security: [] }] }
    : operation
}

function documentOf(choose: Choose, isThree: boolean): Json {
  const schemes = ['Jwt', 'Pool', 'Mine', 'AWS_IAM', 'api_key', 'NONE']
  const paths: Json = {}
  for (const path of choose.some(['/', '/a', '/a/', '/own', '/c/{id}'])) {
    const item: Json = {}
    for (const method of choose.some(['get', 'post', 'options', 'x-amazon-apigateway-any-method']))
      item[method] = operationOf(choose, schemes)
    if (choose.chance(10)) item.parameters = []
    paths[path] = choose.chance(8) ? { 'Fn::If': ['IsTwo', item, noValue] } : item
  }
  if (isThree && choose.chance(20))
    paths.$default = {
      'x-amazon-apigateway-any-method': {
        isDefaultRoute: true,
        'x-amazon-apigateway-integration': integrationOf(choose),
      },
    }
  const mine = { type: 'apiKey', name: 'Authorization', in: 'header', 'x-amazon-apigateway-authtype': 'awsSigv4' }
  const own = choose.chance(40)
  const closed = { disableExecuteApiEndpoint: choose.chance(50) }
  return {
    ...(isThree ? { openapi: '3.0.1' } : { swagger: '2.0' }),
    info: { title: ref('AWS::StackName'), version: '1' },
    paths,
    ...(own && isThree ? { components: { securitySchemes: { Mine: mine } } } : {}),
    ...(own && !isThree ? { securityDefinitions: { Mine: mine } } : {}),
    ...(choose.chance(15) && isThree
      ? { servers: [{ url: '/', 'x-amazon-apigateway-endpoint-configuration': closed }] }
      : {}),
    ...(choose.chance(15) && !isThree ? { 'x-amazon-apigateway-endpoint-configuration': closed } : {}),
  }
}

function domainOf(choose: Choose, isHttp: boolean): Json {
  const type = isHttp ? 'REGIONAL' : choose.one(['REGIONAL', 'EDGE', 'PRIVATE'])
  return {
    DomainName: choose.one(['a.example.org', 'b.example.org', ref('Host'), { 'Fn::Sub': '${Host}' }]),
    CertificateArn: choose.one(['arn:aws:acm:eu-west-1:1:certificate/x', ref('Host')]),
    ...(type === 'REGIONAL' && choose.chance(50) ? {} : { EndpointConfiguration: type }),
    ...(choose.chance(50) ? { SecurityPolicy: choose.one(['TLS_1_0', 'TLS_1_2', ref('Policy')]) } : {}),
    ...(choose.chance(40) ? { BasePath: choose.one(['one', ['one', 'two'], ['/a-b/'], []]) } : {}),
    ...(choose.chance(15) && !isHttp ? { NormalizeBasePath: false } : {}),
    ...(choose.chance(15) && type !== 'PRIVATE' ? { MutualTlsAuthentication: { TruststoreUri: 's3://b/t' } } : {}),
    ...(choose.chance(30)
      ? {
          Route53: {
            HostedZoneId: choose.one(['Z1', 'Z2']),
            ...(choose.chance(40) ? { IpV6: true } : {}),
            ...(!isHttp && choose.chance(20) ? { SeparateRecordSetGroup: true } : {}),
          },
        }
      : {}),
  }
}

function httpApiOf(choose: Choose, globals: Json): Json {
  const document = choose.upTo(9)
  return {
    ...(document < 3 ? { DefinitionBody: documentOf(choose, true) } : {}),
    ...(document === 3 && !globals
      ? { DefinitionUri: choose.one(['s3://bucket/api.yaml', { Bucket: 'b', Key: 'k' }]) }
      : {}),
    ...(document !== 3 && choose.chance(60) ? { Auth: httpAuthOf(choose) } : {}),
    ...(choose.chance(40) ? { StageName: choose.one(['prod', '$default', 'a-b', ref('Flag')]) } : {}),
    ...(document !== 3 && choose.chance(30)
      ? { DisableExecuteApiEndpoint: choose.one([true, false, { 'Fn::If': ['IsOne', true, false] }]) }
      : {}),
    ...(choose.chance(35) ? { Domain: domainOf(choose, true) } : {}),
    ...(document !== 3 && choose.chance(20)
      ? { CorsConfiguration: choose.one([true, { AllowMethods: ['GET'] }]) }
      : {}),
    ...(choose.chance(15) ? { FailOnWarnings: choose.chance(60) } : {}),
    ...(choose.chance(20) ? { AccessLogSettings: { DestinationArn: 'arn:aws:logs:x', Format: 'x' } } : {}),
    ...(document !== 3 && choose.chance(20) ? { Tags: { a: 'b' } } : {}),
  }
}

function restApiOf(choose: Choose, globals: Json): Json {
  const document = choose.upTo(9)
  const isThree = choose.chance(50)
  return {
    StageName: choose.one(['prod', 'v1', 'a-b', ref('Flag')]),
    ...(document < 3 ? { DefinitionBody: documentOf(choose, isThree) } : {}),
    ...(document < 3 && choose.chance(15) ? { MergeDefinitions: true } : {}),
    ...(document === 3 && !globals ? { DefinitionUri: 's3://bucket/api.yaml' } : {}),
    ...(document !== 3 && choose.chance(60) ? { Auth: restAuthOf(choose) } : {}),
    ...(document !== 3 && choose.chance(30) ? { Cors: choose.one(["'*'", { AllowOrigin: "'https://a'" }]) } : {}),
    ...(choose.chance(20) ? { OpenApiVersion: choose.one(['3.0.1', '2.0']) } : {}),
    ...(document !== 3 && choose.chance(30)
      ? { DisableExecuteApiEndpoint: choose.one([true, false, { 'Fn::If': ['IsOne', true, false] }]) }
      : {}),
    ...(choose.chance(35) ? { Domain: domainOf(choose, false) } : {}),
    ...(choose.chance(40)
      ? {
          EndpointConfiguration: choose.one([
            'REGIONAL',
            'PRIVATE',
            { Type: 'PRIVATE', VPCEndpointIds: ['vpce-1'] },
            ref('Flag'),
          ]),
        }
      : {}),
    ...(choose.chance(15)
      ? { Policy: { Statement: [{ Effect: 'Deny', Action: '*', Resource: '*', Principal: '*' }] } }
      : {}),
    ...(choose.chance(15) ? { SecurityPolicy: 'SecurityPolicy_TLS13_1_3_2025_09' } : {}),
    ...(choose.chance(15) ? { Mode: 'merge' } : {}),
    ...(choose.chance(20) ? { Name: 'name', Description: 'x' } : {}),
  }
}

function policiesOf(choose: Choose): Json {
  const document = {
    Statement: [{ Effect: 'Allow', Action: ['ec2:AuthorizeSecurityGroupIngress', 's3:*'], Resource: '*' }],
  }
  const all = [
    'AmazonEC2FullAccess',
    'AWSLambdaExecute',
    'arn:aws:iam::aws:policy/ReadOnlyAccess',
    ref('Host'),
    { ...document, Version: '2012-10-17' },
    { 'Fn::If': ['IsOne', document, noValue] },
    { 'Fn::If': ['IsOne', 'AmazonSQSFullAccess', noValue] },
    { 'Fn::If': ['IsOne', { SQSPollerPolicy: { QueueName: 'q' } }, noValue] },
    { DynamoDBCrudPolicy: { TableName: choose.chance(50) ? 't' : { 'Fn::ImportValue': ref('Host') } } },
    { VPCAccessPolicy: {} },
    { EcsRunTaskPolicy: { TaskDefinition: 'd' } },
    { StepFunctionsExecutionPolicy: { StateMachineName: 's' } },
  ]
  const some = choose.some(all)
  return some.length === 1 && choose.chance(50) && typeof some[0] === 'string' ? some[0] : some
}

function functionOf(choose: Choose, globals: Json): Json {
  const isImage = !globals && choose.chance(10)
  const isProvided = !globals?.VpcConfig && choose.chance(10)
  return {
    ...(isImage
      ? { PackageType: 'Image', ImageUri: '1.dkr.ecr.eu-west-1.amazonaws.com/x' }
      : {
          Runtime: 'nodejs22.x',
          Handler: 'index.handler',
          ...choose.one([
            { InlineCode: 'exports.handler = 1' },
            { CodeUri: 's3://bucket/key?versionId=7' },
            { CodeUri: './src' },
            { CodeUri: { Bucket: 'b', Key: 'k', Version: 'v' } },
          ]),
          ...(choose.chance(30) ? { Layers: ['arn:aws:lambda:eu-west-1:1:layer:own:1', ref('Host')] } : {}),
        }),
    ...(!isProvided && choose.chance(30) ? { VpcConfig: networkOf(choose) } : {}),
    ...(isProvided ? { CapacityProviderConfig: { Arn: 'arn:aws:lambda:eu-west-1:1:capacity-provider/x' } } : {}),
    ...(choose.chance(30) ? { Environment: { Variables: { BOTH: 'own', URL: { 'Fn::Sub': '${Topic}' } } } } : {}),
    ...(choose.chance(50) ? { Policies: policiesOf(choose) } : {}),
    ...(choose.chance(20)
      ? {
          Role: choose.one([
            'arn:aws:iam::1:role/own',
            ref('Host'),
            { 'Fn::If': ['IsOne', 'arn:aws:iam::1:role/own', noValue] },
            { 'Fn::If': ['IsOne', noValue, 'arn:aws:iam::1:role/own'] },
          ]),
        }
      : {}),
    ...(choose.chance(10) ? { PermissionsBoundary: 'arn:aws:iam::1:policy/b', RolePath: '/x/' } : {}),
    ...(choose.chance(15) ? { Tracing: choose.one(['Active', 'Disabled']) } : {}),
    ...(choose.chance(15) ? { DeadLetterQueue: { Type: choose.one(['SQS', 'SNS']), TargetArn: arn('Queue') } } : {}),
    ...(choose.chance(20) ? { AutoPublishAlias: choose.one(['live', 'a-b']) } : {}),
    ...(choose.chance(15) ? { FunctionUrlConfig: { AuthType: choose.one(['NONE', 'AWS_IAM']) } } : {}),
    ...(choose.chance(12)
      ? {
          EventInvokeConfig: {
            MaximumRetryAttempts: 1,
            DestinationConfig: {
              OnSuccess: choose.one([{ Type: 'SQS' }, { Type: 'SNS', Destination: ref('Topic') }]),
              ...(choose.chance(50) ? { OnFailure: { Type: 'EventBridge', Destination: 'arn:aws:events:x' } } : {}),
            },
          },
        }
      : {}),
  }
}

function functionEventOf(choose: Choose, id: string, name: string): Json {
  return choose.one([
    {
      Type: 'Schedule',
      Properties: {
        Schedule: 'rate(1 day)',
        ...(choose.chance(30) ? { Enabled: false } : {}),
        ...(choose.chance(30) ? { DeadLetterConfig: { Type: 'SQS' } } : {}),
      },
    },
    {
      Type: 'ScheduleV2',
      Properties: {
        ScheduleExpression: 'rate(1 day)',
        ...(choose.chance(30) ? { RoleArn: 'arn:aws:iam::1:role/s' } : {}),
      },
    },
    {
      Type: choose.one(['EventBridgeRule', 'CloudWatchEvent']),
      Properties: { Pattern: { source: ['x'] }, Input: '{}' },
    },
    { Type: 'SQS', Properties: { Queue: arn('Queue'), BatchSize: 5 } },
    {
      Type: 'Kinesis',
      Properties: {
        Stream: 'arn:aws:kinesis:x',
        StartingPosition: 'LATEST',
        DestinationConfig: { OnFailure: { Type: 'SQS', Destination: arn('Queue') } },
      },
    },
    { Type: 'DynamoDB', Properties: { Stream: 'arn:aws:dynamodb:x', StartingPosition: 'LATEST' } },
    {
      Type: 'MQ',
      Properties: {
        Broker: 'arn:aws:mq:x',
        Queues: ['q'],
        SourceAccessConfigurations: [{ Type: 'BASIC_AUTH', URI: 'arn:aws:secretsmanager:x' }],
      },
    },
    {
      Type: 'SelfManagedKafka',
      Properties: {
        KafkaBootstrapServers: ['a:1'],
        Topics: ['t'],
        SourceAccessConfigurations: [
          { Type: 'SASL_SCRAM_512_AUTH', URI: 'arn:aws:secretsmanager:x' },
          { Type: 'VPC_SUBNET', URI: 'subnet:subnet-1' },
          { Type: 'VPC_SECURITY_GROUP', URI: 'security_group:sg-1' },
        ],
      },
    },
    {
      Type: 'DocumentDB',
      Properties: {
        Cluster: 'arn:aws:rds:x',
        DatabaseName: 'd',
        SourceAccessConfigurations: [{ Type: 'BASIC_AUTH', URI: 'arn:aws:secretsmanager:x' }],
      },
    },
    {
      Type: 'SNS',
      Properties: {
        Topic: ref('Topic'),
        ...(choose.chance(40)
          ? { SqsSubscription: choose.one([true, { QueueArn: arn('Queue'), QueueUrl: ref('Queue') }]) }
          : {}),
      },
    },
    {
      Type: 'S3',
      Properties: {
        Bucket: ref('Bucket'),
        Events: choose.one(['s3:ObjectCreated:*', ['s3:ObjectCreated:*', 's3:ObjectRemoved:*']]),
      },
    },
    { Type: 'Cognito', Properties: { UserPool: ref('Pool'), Trigger: `${id}${name}` } },
    { Type: 'CloudWatchLogs', Properties: { LogGroupName: 'g', FilterPattern: 'x' } },
    { Type: 'AlexaSkill' },
    { Type: 'IoTRule', Properties: { Sql: 'SELECT 1' } },
  ])
}

const machineOf = (choose: Choose): Json => ({
  ...choose.one([
    { Definition: { StartAt: 'A', States: { A: { Type: 'Pass', End: true, Parameters: { x: ref('Topic') } } } } },
    { DefinitionUri: 's3://b/k' },
  ]),
  ...(choose.chance(40) ? { Role: 'arn:aws:iam::1:role/m' } : { Policies: [...[policiesOf(choose)].flat()] }),
  ...(choose.chance(30) ? { Tracing: { Enabled: true } } : {}),
  ...(choose.chance(20) ? { AutoPublishAlias: 'live', UseAliasAsEventTarget: choose.chance(50) } : {}),
})

const machineEventOf = (choose: Choose): Json =>
  choose.one([
    {
      Type: 'Schedule',
      Properties: { Schedule: 'rate(1 day)', ...(choose.chance(30) ? { RoleArn: 'arn:aws:iam::1:role/s' } : {}) },
    },
    { Type: 'ScheduleV2', Properties: { ScheduleExpression: 'rate(1 day)' } },
    { Type: 'EventBridgeRule', Properties: { Pattern: { source: ['x'] } } },
  ])

const providerOf = (choose: Choose): Json => ({
  VpcConfig: { SubnetIds: [ref('Subnet')], ...(choose.chance(70) ? { SecurityGroupIds: [ref('Group')] } : {}) },
  ...(choose.chance(40) ? { OperatorRole: 'arn:aws:iam::1:role/o' } : {}),
  ...(choose.chance(40) ? { ScalingConfig: { AverageCPUUtilization: 50 } } : {}),
  ...(choose.chance(30) ? { InstanceRequirements: { AllowedTypes: ['m7g.large'], Architectures: ['arm64'] } } : {}),
})

/** References to what the translator makes. */
function outputsOf(choose: Choose, resources: Json): Json {
  const outputs: Json = {}
  for (const [id, { Type, Properties = {} }] of Object.entries<Json>(resources)) {
    if (Type === 'AWS::Serverless::Api' && choose.chance(50))
      outputs[`${id}Stage`] = { Value: { 'Fn::Sub': `\${${id}.Stage}-\${${id}.Deployment}-\${${id}}` } }
    if (Type === 'AWS::Serverless::HttpApi' && choose.chance(50)) outputs[`${id}Stage`] = { Value: ref(`${id}.Stage`) }
    if (Properties.Domain && Type === 'AWS::Serverless::HttpApi')
      outputs[`${id}Domain`] = { Value: { 'Fn::GetAtt': [`${id}.DomainName`, 'RegionalDomainName'] } }
    if (Type === 'AWS::Serverless::Function' && Properties.AutoPublishAlias)
      outputs[`${id}Alias`] = { Value: choose.one([ref(`${id}.Alias`), ref(`${id}.Version`)]) }
  }
  return outputs
}

/** Parts that the model does not know, or that must be literal and are not. */
function makeStrange(choose: Choose, resources: Json): void {
  const functions = Object.keys(resources).filter((id) => resources[id].Type === 'AWS::Serverless::Function')
  const machines = functions.filter((id) => !resources[id].Properties.VpcConfig)
  const strange = choose.upTo(4)
  if (strange === 0 && functions.length > 1)
    resources.Connector = {
      Type: 'AWS::Serverless::Connector',
      Properties: { Source: { Id: functions[0] }, Destination: { Id: 'Queue' }, Permissions: ['Write'] },
    }
  if (strange === 1 && functions[0])
    resources[functions[0]].Connectors = {
      ToQueue: { Properties: { Destination: { Id: 'Queue' }, Permissions: ['Write'] } },
    }
  if (strange === 2 && functions[0])
    resources[functions[0]].Properties.EventInvokeConfig = {
      DestinationConfig: { OnSuccess: { Type: 'SQS', Destination: { 'Fn::If': ['IsOne', arn('Queue'), noValue] } } },
    }
  if (strange === 3)
    resources.Application = {
      Type: 'AWS::Serverless::Application',
      Properties: { Location: 'https://example.org/t.yaml' },
    }
  if (strange === 4 && machines[0]) {
    resources[machines[0]].Properties.AutoPublishAlias = ref('Flag')
  }
}
