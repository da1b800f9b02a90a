/**
 * What API Gateway reads in an OpenAPI document besides paths, operations and schemes. Another word of its own may do
 * anything: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html
 */
import { any, nothing, type Value } from '../resolve/value.ts'

const prefix = 'x-amazon-apigateway-'
const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/))

const extensions = words(
  `any-method api-key-source auth authorizer authtype binary-media-types cors documentation endpoint-access-mode
   endpoint-configuration gateway-responses importexport-version integration integrations minimum-compression-size policy
   request-validator request-validators security-policy tag-value`,
)
const ofIntegration = words(
  `$ref cacheKeyParameters cacheNamespace connectionId connectionType contentHandling credentials description httpMethod
   integrationSubtype integrationTarget passthroughBehavior payloadFormatVersion requestParameters requestTemplates
   responseParameters responses responseTransferMode timeoutInMillis tlsConfig type uri`,
)
const ofTls = words('insecureSkipVerification serverNameToVerify')
const ofAuthorizer = words(
  `authorizerCredentials authorizerPayloadFormatVersion authorizerResultTtlInSeconds authorizerUri enableSimpleResponses
   identitySource identityValidationExpression jwtConfiguration name providerARNs type`,
)

/** Extensions that nobody knows, of the document, a path or an operation. */
export const unknownExtensions = (where: Value): readonly Value[] =>
  namesIn(where).flatMap((name) =>
    name.toLowerCase().startsWith(prefix) && !extensions.has(name.slice(prefix.length)) ? [unknown(name)] : [],
  )

const unknownIn =
  (known: ReadonlySet<string>) =>
  (where: Value): readonly Value[] =>
    namesIn(where).flatMap((name) => (known.has(name) ? [] : [unknown(name)]))

export const unknownOfIntegration = unknownIn(ofIntegration)
export const unknownOfTls = unknownIn(ofTls)
export const unknownOfAuthorizer = unknownIn(ofAuthorizer)

const namesIn = (value: Value): readonly string[] => (value.kind === 'map' ? [...value.entries.keys()] : [])

const unknown = (name: string): Value => any(name, nothing, { kind: 'unreadable', name })
