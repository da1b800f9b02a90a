/** API Gateway as the claims read it. */
import { type Judgements, modelled } from './judgement.ts'

const texts = 'are shown to people'
const shaping = 'shape requests or answers that an authorizer has let through already'
const limits = 'count, limit, cache or log'

export const modelledApi: Judgements = {
  'AWS::ApiGateway::Authorizer': modelled('authorizes the methods that name it', {
    roles: { owner: 'RestApiId', code: 'AuthorizerUri', rights: 'AuthorizerCredentials' },
    read: 'AuthType IdentitySource IdentityValidationExpression ProviderARNs Type AuthorizerResultTtlInSeconds',
    harmless: { [texts]: 'Name' },
  }),
  'AWS::ApiGateway::BasePathMapping': modelled('leads a domain to an API', {
    roles: { owner: 'RestApiId DomainName' },
    read: 'BasePath Stage',
  }),
  'AWS::ApiGateway::Deployment': modelled('makes a state of an API answer, and may bring a stage with it', {
    roles: { owner: 'RestApiId' },
    read: 'StageName StageDescription DeploymentCanarySettings',
    harmless: { [texts]: 'Description' },
  }),
  'AWS::ApiGateway::DomainName': modelled('is an entrance', {
    roles: { data: 'CertificateArn OwnershipVerificationCertificateArn RegionalCertificateArn' },
    read: 'CertificateArn DomainName EndpointAccessMode EndpointConfiguration MutualTlsAuthentication OwnershipVerificationCertificateArn RegionalCertificateArn RoutingMode SecurityPolicy',
    harmless: { [texts]: 'Tags' },
  }),
  'AWS::ApiGateway::Method': modelled('is a route with its integration', {
    roles: {
      owner: 'RestApiId ResourceId',
      target: 'Integration.ConnectionId Integration.IntegrationTarget Integration.Uri',
      rights: 'Integration.Credentials',
      data: 'AuthorizerId',
    },
    read: 'ApiKeyRequired AuthorizationScopes AuthorizationType AuthorizerId HttpMethod Integration.ConnectionType Integration.Type Integration.IntegrationHttpMethod Integration.RequestParameters Integration.RequestTemplates Integration.CacheKeyParameters Integration.CacheNamespace Integration.PassthroughBehavior',
    harmless: {
      [shaping]:
        'Integration.IntegrationResponses Integration.ContentHandling Integration.ResponseTransferMode MethodResponses RequestModels RequestParameters RequestValidatorId',
      [limits]: 'Integration.TimeoutInMillis',
      [texts]: 'OperationName',
    },
  }),
  'AWS::ApiGateway::Resource': modelled('is the path of methods', {
    roles: { owner: 'RestApiId ParentId' },
    read: 'PathPart',
  }),
  'AWS::ApiGateway::RestApi': modelled('is an API, perhaps with its routes', {
    roles: { code: 'Body BodyS3Location', owner: 'CloneFrom', peer: 'EndpointConfiguration.VpcEndpointIds' },
    read: 'ApiKeySourceType DisableExecuteApiEndpoint EndpointAccessMode EndpointConfiguration FailOnWarnings Mode Parameters Policy SecurityPolicy',
    harmless: {
      [texts]: 'Description Name Tags Version',
      [shaping]: 'BinaryMediaTypes MinimumCompressionSize',
    },
  }),
  'AWS::ApiGateway::Stage': modelled('makes a deployment answer', {
    roles: { owner: 'RestApiId' },
    read: 'CanarySetting ClientCertificateId DeploymentId StageName Variables MethodSettings',
    harmless: {
      [texts]: 'Description DocumentationVersion Tags',
      [limits]: 'AccessLogSetting CacheClusterEnabled CacheClusterSize TracingEnabled',
    },
  }),
  'AWS::ApiGateway::VpcLink': modelled('leads from APIs to a network load balancer', {
    roles: { target: 'TargetArns' },
    harmless: { [texts]: 'Description Name Tags' },
  }),
  'AWS::ApiGatewayV2::Api': modelled('is an API, perhaps with its routes', {
    roles: { code: 'Body BodyS3Location', rights: 'CredentialsArn', target: 'Target' },
    read: 'ApiKeySelectionExpression BasePath DisableExecuteApiEndpoint DisableSchemaValidation FailOnWarnings IpAddressType ProtocolType RouteKey RouteSelectionExpression CorsConfiguration',
    harmless: { [texts]: 'Description Name Tags Version' },
  }),
  'AWS::ApiGatewayV2::ApiGatewayManagedOverrides': modelled(
    'changes the route, stage and integration of a quick-create API',
    {
      roles: { owner: 'ApiId', target: 'Route.Target', data: 'Route.AuthorizerId' },
      read: 'Integration Route Stage',
    },
  ),
  'AWS::ApiGatewayV2::ApiMapping': modelled('leads a domain to an API', {
    roles: { owner: 'ApiId DomainName' },
    read: 'ApiMappingKey Stage',
  }),
  'AWS::ApiGatewayV2::Authorizer': modelled('authorizes the routes that name it', {
    roles: { owner: 'ApiId', code: 'AuthorizerUri', rights: 'AuthorizerCredentialsArn' },
    read: 'AuthorizerPayloadFormatVersion AuthorizerResultTtlInSeconds AuthorizerType EnableSimpleResponses IdentitySource IdentityValidationExpression JwtConfiguration',
    harmless: { [texts]: 'Name' },
  }),
  'AWS::ApiGatewayV2::Deployment': modelled('makes a state of an API answer', {
    roles: { owner: 'ApiId' },
    read: 'StageName',
    harmless: { [texts]: 'Description' },
  }),
  'AWS::ApiGatewayV2::DomainName': modelled('is an entrance', {
    read: 'DomainName DomainNameConfigurations MutualTlsAuthentication RoutingMode',
    harmless: { [texts]: 'Tags' },
  }),
  'AWS::ApiGatewayV2::Integration': modelled('is where routes lead', {
    roles: { owner: 'ApiId', target: 'ConnectionId IntegrationUri', rights: 'CredentialsArn' },
    read: 'ConnectionType IntegrationMethod IntegrationSubtype IntegrationType PayloadFormatVersion RequestParameters TlsConfig RequestTemplates PassthroughBehavior',
    harmless: {
      [texts]: 'Description',
      [shaping]: 'ContentHandlingStrategy ResponseParameters TemplateSelectionExpression',
      [limits]: 'TimeoutInMillis',
    },
  }),
  'AWS::ApiGatewayV2::Route': modelled('is a route', {
    roles: { owner: 'ApiId', target: 'Target', data: 'AuthorizerId' },
    read: 'ApiKeyRequired AuthorizationScopes AuthorizationType AuthorizerId RouteKey RequestParameters',
    harmless: {
      [texts]: 'OperationName',
      'select the model of a message on a WebSocket, after its authorizer':
        'ModelSelectionExpression RequestModels RouteResponseSelectionExpression',
    },
  }),
  'AWS::ApiGatewayV2::RoutingRule': modelled('leads a domain to APIs by the request', {
    roles: { owner: 'Actions.InvokeApi.ApiId DomainNameArn' },
    read: 'Actions Conditions Priority',
  }),
  'AWS::ApiGatewayV2::Stage': modelled('makes an API answer', {
    roles: { owner: 'ApiId' },
    read: 'AutoDeploy ClientCertificateId DeploymentId StageName StageVariables',
    harmless: {
      [texts]: 'Description Tags',
      [limits]: 'AccessLogSettings DefaultRouteSettings RouteSettings',
    },
  }),
  'AWS::ApiGatewayV2::VpcLink': modelled('is in subnets and carries groups', {
    roles: { carrier: 'SecurityGroupIds SubnetIds' },
    harmless: { [texts]: 'Name Tags' },
  }),
  'AWS::Serverless::Api': modelled('becomes a REST API with its stage, domain and routes', {
    roles: {
      code: 'DefinitionBody DefinitionUri',
      rights: 'Auth.InvokeRole Auth.Authorizers.%.FunctionInvokeRole',
      data: 'Domain.Route53 GatewayResponses',
      peer: 'Auth.ResourcePolicy.IntrinsicVpcBlacklist Auth.ResourcePolicy.IntrinsicVpcWhitelist Auth.ResourcePolicy.IntrinsicVpceBlacklist Auth.ResourcePolicy.IntrinsicVpceWhitelist Auth.ResourcePolicy.SourceVpcBlacklist Auth.ResourcePolicy.SourceVpcWhitelist Domain.AccessAssociation EndpointConfiguration.VPCEndpointIds',
    },
    read: 'ApiKeySourceType Auth CanarySetting Cors DisableExecuteApiEndpoint Domain EndpointAccessMode EndpointConfiguration FailOnWarnings MergeDefinitions MethodSettings Mode Policy SecurityPolicy StageName Variables OpenApiVersion',
    harmless: {
      [texts]: 'Description Name Tags PropagateTags',
      [shaping]: 'BinaryMediaTypes GatewayResponses MinimumCompressionSize Models',
      [limits]: 'AccessLogSetting CacheClusterEnabled CacheClusterSize TracingEnabled',
      'makes a deployment each time': 'AlwaysDeploy',
    },
  }),
  'AWS::Serverless::HttpApi': modelled('becomes an HTTP API with its stage, domain and routes', {
    roles: { code: 'DefinitionBody DefinitionUri', rights: 'Auth.Authorizers.%.FunctionInvokeRole' },
    read: 'Auth CorsConfiguration DisableExecuteApiEndpoint Domain FailOnWarnings StageName StageVariables',
    harmless: {
      [texts]: 'Description Name Tags PropagateTags',
      [limits]: 'AccessLogSettings DefaultRouteSettings RouteSettings',
    },
  }),
}
