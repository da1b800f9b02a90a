// The plain form of SAM templates. That it is the translator's is shown in tests/lint/sam-differential.test.ts; here stands
// what the translator refuses or leaves to chance, and where the nodes stand.
import { describe, expect, test } from '@jest/globals'
import type { Mapping, Node } from '../../verifier/read/node.ts'
import { position } from '../../verifier/read/positions.ts'
import { readTemplate } from '../../verifier/read/read-template.ts'
import { translateSam } from '../../verifier/sam/translate.ts'

const head = 'Transform: AWS::Serverless-2016-10-31\n'
const translated = (text: string): Mapping => translateSam(readTemplate('template.yaml', head + text).root)

function at(node: Node | undefined, ...path: readonly (string | number)[]): Node | undefined {
  let found = node
  for (const step of path)
    found =
      found?.kind === 'list'
        ? found.items[Number(step)]
        : found?.kind === 'map'
          ? found.entries.get(String(step))?.node
          : undefined
  return found
}

const textAt = (node: Node, ...path: readonly (string | number)[]): string | undefined => {
  const found = at(node, ...path)
  return found?.kind === 'scalar' ? found.text : undefined
}

const openAt = (node: Node, ...path: readonly (string | number)[]): string | undefined => {
  const found = at(node, ...path)
  return found?.kind === 'map' ? found.open : undefined
}

const keysAt = (node: Node, ...path: readonly (string | number)[]): string[] => {
  const found = at(node, ...path)
  return found?.kind === 'map' ? [...found.entries.keys()] : []
}

const body = (id: string): [string, string, string, string] => ['Resources', id, 'Properties', 'Body']

const authorized = `
Globals:
  HttpApi:
    Auth:
      DefaultAuthorizer: Jwt
      Authorizers:
        Jwt:
          IdentitySource: $request.header.Authorization
          JwtConfiguration: {issuer: https://issuer, audience: [me]}
Resources:
  Api:
    Type: AWS::Serverless::HttpApi
    ATTRIBUTES
    Properties:
      DefinitionBody:
        openapi: 3.0.1
        paths:
          /a:
            get: {x-amazon-apigateway-integration: {type: http_proxy}}
`

const event = (properties: string, more = ''): string => `
Resources:
  Api:
    Type: AWS::Serverless::HttpApi
    Properties: {StageName: live}
  Fn:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs22.x
      Handler: index.handler
      InlineCode: x
      Events:
        Call: ${properties}
${more}`

describe('a template', () => {
  test('without the transform stays as it is', () => {
    const { root } = readTemplate('template.yaml', 'Resources: {Api: {Type: AWS::Serverless::HttpApi}}')
    expect(translateSam(root)).toBe(root)
    const other = readTemplate(
      'template.yaml',
      'Transform: [Other]\nResources: {Api: {Type: AWS::Serverless::HttpApi}}',
    )
    expect(translateSam(other.root)).toBe(other.root)
  })

  test('keeps the other transforms, loses SAM and Globals, and is then plain', () => {
    const text = 'Transform: [AWS::LanguageExtensions, AWS::Serverless-2016-10-31]\nGlobals: {}\nResources: {}\n'
    const once = translateSam(readTemplate('template.yaml', text).root)
    expect(keysAt(once).sort()).toEqual(['Resources', 'Transform'])
    expect(textAt(once, 'Transform', 0)).toBe('AWS::LanguageExtensions')
    expect(translateSam(once)).toBe(once)
  })
})

describe('inherited settings', () => {
  const security = (attributes: string): Node | undefined =>
    at(translated(authorized.replace('ATTRIBUTES', attributes)), ...body('Api'), 'paths', '/a', 'get', 'security')

  test('protect an operation that says nothing', () => {
    const found = security('DeletionPolicy: Retain')
    expect(found && keysAt(found, 0)).toEqual(['Jwt'])
  })

  test.each(["IgnoreGlobals: '*'", 'IgnoreGlobals: [Auth]'])('are taken away by %s', (attribute) => {
    expect(security(attribute)).toBeUndefined()
  })

  test('that cannot be read leave the resource a SAM resource that is not read, with the globals in sight', () => {
    const root = translated(authorized.replace('ATTRIBUTES', 'IgnoreGlobals: !Ref Which'))
    expect(textAt(root, 'Resources', 'Api', 'Type')).toBe('AWS::Serverless::HttpApi')
    expect(textAt(root, 'Resources', 'Api', 'Globals', 'HttpApi', 'Auth', 'DefaultAuthorizer')).toBe('Jwt')
  })
})

describe('what is not modelled', () => {
  test('a property leaves the properties of the plain resource open', () => {
    const root = translated('Resources: {Api: {Type: AWS::Serverless::HttpApi, Properties: {Foo: 1, Tags: {}}}}')
    expect(textAt(root, 'Resources', 'Api', 'Type')).toBe('AWS::ApiGatewayV2::Api')
    expect(openAt(root, 'Resources', 'Api', 'Properties')).toBe(
      'property Foo of Api (AWS::Serverless::HttpApi) is not modelled',
    )
  })

  test.each([
    ['a path', '{Type: HttpApi, Properties: {ApiId: !Ref Api, Path: !Ref Path, Method: get}}', /not literal/],
    ['a property', '{Type: HttpApi, Properties: {ApiId: !Ref Api, Path: /, Method: get, Foo: 1}}', /property Foo/],
    ['an API', '{Type: HttpApi, Properties: {ApiId: !ImportValue Api, Path: /, Method: get}}', /not an id/],
    [
      'authorization',
      '{Type: HttpApi, Properties: {ApiId: !Ref Api, Path: /, Method: get, Auth: !Ref Auth}}',
      /Auth of/,
    ],
    ['a type', '{Type: Foo, Properties: {Api: !Ref Api}}', /event Call of Fn \(Foo\)/],
    ['an event', '!If [Yes, {Type: HttpApi}, !Ref AWS::NoValue]', /events of Fn/],
  ])('%s of an event leaves the document open', (_, properties, reason) => {
    expect(openAt(translated(event(properties)), ...body('Api'))).toMatch(reason)
  })

  test('an event that is understood leaves nothing open', () => {
    const root = translated(event('{Type: HttpApi, Properties: {ApiId: !Ref Api, Path: /, Method: get}}'))
    expect(openAt(root, ...body('Api'))).toBeUndefined()
    expect(keysAt(root, ...body('Api'), 'paths', '/')).toEqual(['get'])
  })

  test('an unknown event is a container of its own, and a function with unreadable events stays one', () => {
    expect(textAt(translated(event('{Type: Foo}')), 'Resources', 'FnCall', 'Type')).toBe('AWS::Serverless::Event')
    const unreadable = translated(event('!Ref Call'))
    expect(textAt(unreadable, 'Resources', 'Fn', 'Type')).toBe('AWS::Serverless::Function')
    expect(keysAt(unreadable, 'Resources')).not.toContain('FnRole')
  })

  test.each(['Application', 'GraphQLApi', 'WebSocketApi', 'Connector', 'WebFunction', 'SomethingNew'])(
    'AWS::Serverless::%s stays what it is',
    (kind) => {
      const root = translated(`Resources: {X: {Type: AWS::Serverless::${kind}, Properties: {Location: a.yaml}}}`)
      expect(textAt(root, 'Resources', 'X', 'Type')).toBe(`AWS::Serverless::${kind}`)
      expect(textAt(root, 'Resources', 'X', 'Properties', 'Location')).toBe('a.yaml')
    },
  )

  test('a connector inside a resource becomes one of its own that names where it starts', () => {
    const root = translated(
      'Resources: {Q: {Type: AWS::SQS::Queue, Connectors: {ToFn: {Properties: {Destination: {Id: Fn}, Permissions: [Write]}}}}}',
    )
    expect(textAt(root, 'Resources', 'QToFn', 'Type')).toBe('AWS::Serverless::Connector')
    expect(textAt(root, 'Resources', 'QToFn', 'Properties', 'Source', 'Source', 'Ref')).toBe('Q')
    expect(keysAt(root, 'Resources', 'Q')).toEqual(['Type'])
  })

  test('a policy of an unknown form leaves the rights of the role open', () => {
    const root = translated(event('{Type: AlexaSkill}', '      Policies: [{NewPolicy: {A: b}}]\n'))
    expect(openAt(root, 'Resources', 'FnRole', 'Properties')).toBe('policy 1 of FnRole is not modelled')
  })

  test('a domain of unclear form is a container that names the API', () => {
    const root = translated(
      'Resources: {Api: {Type: AWS::Serverless::HttpApi, Properties: {Domain: !If [A, {DomainName: a}, !Ref AWS::NoValue]}}}',
    )
    expect(textAt(root, 'Resources', 'ApiDomain', 'Type')).toBe('AWS::Serverless::Domain')
    expect(textAt(root, 'Resources', 'ApiDomain', 'Properties', 'Unread', 1, 'Ref')).toBe('Api')
  })

  test('a resource of the template under the id of one that SAM makes leaves that one open', () => {
    const root = translated(event('{Type: AlexaSkill}', '  FnRole: {Type: AWS::IAM::Role}\n'))
    expect(openAt(root, 'Resources', 'FnRole', 'Properties')).toBe('the template has a resource FnRole of its own')
  })

  test('a default authorizer by parameter authorizes nothing for sure', () => {
    const root = translated(`
Resources:
  Api:
    Type: AWS::Serverless::Api
    Properties:
      StageName: live
      Auth: {DefaultAuthorizer: !Ref Which, Authorizers: {Pool: {UserPoolArn: arn}}}
      DefinitionBody: {openapi: 3.0.1, paths: {/: {get: {x-amazon-apigateway-integration: {type: http}}}}}
`)
    expect(openAt(root, ...body('Api'))).toBe('Auth of Api is not modelled')
    expect(at(root, ...body('Api'), 'paths', '/', 'get', 'security')).toBeUndefined()
  })
})

describe('an event without an API', () => {
  const root = translated(
    event(
      '{Type: HttpApi}',
      '  ServerlessHttpApi: {Type: AWS::Serverless::HttpApi, Properties: {DefinitionUri: s3://b/k}}\n',
    ),
  )

  test('makes the implicit one, in place of a resource of its id', () => {
    expect(textAt(root, 'Resources', 'ServerlessHttpApi', 'Type')).toBe('AWS::ApiGatewayV2::Api')
    expect(at(root, 'Resources', 'ServerlessHttpApi', 'Properties', 'BodyS3Location')).toBeUndefined()
    expect(keysAt(root, ...body('ServerlessHttpApi'), 'paths', '$default')).toEqual(['x-amazon-apigateway-any-method'])
  })

  test('under the condition of its function', () => {
    const conditional = event('{Type: HttpApi}').replace(
      '  Fn:\n    Type: AWS::Serverless::Function\n',
      '  Fn:\n    Type: AWS::Serverless::Function\n    Condition: Yes1\n',
    )
    expect(textAt(translated(conditional), 'Resources', 'ServerlessHttpApi', 'Condition')).toBe('Yes1')
  })
})

test('references to what SAM makes lead to it, wherever they stand', () => {
  const root = translated(
    event(
      '{Type: AlexaSkill}',
      `      AutoPublishAlias: live
Outputs:
  A: {Value: !Ref Api.Stage}
  B: {Value: !Sub 'x \${Api.Stage} \${Fn.Alias} \${Fn.Arn}'}
  C: {Value: !GetAtt Fn.Version.Version}
  D: {Value: !GetAtt Fn.Arn}
`,
    ),
  )
  expect(textAt(root, 'Outputs', 'A', 'Value', 'Ref')).toBe('ApiliveStage')
  expect(textAt(root, 'Outputs', 'B', 'Value', 'Fn::Sub')).toBe('x ${ApiliveStage} ${FnAliaslive} ${Fn.Arn}')
  expect(textAt(root, 'Outputs', 'C', 'Value', 'Fn::GetAtt', 0)).toBe('FnVersion')
  expect(textAt(root, 'Outputs', 'D', 'Value', 'Fn::GetAtt')).toBe('Fn.Arn')
})

test('what is made has the position of its source', () => {
  const text = head + event('{Type: HttpApi, Properties: {ApiId: !Ref Api, Path: /a, Method: get}}')
  const source = readTemplate('template.yaml', text)
  const root = translateSam(source.root)
  const lineOf = (...path: string[]): number => position(source, at(root, ...path)?.at ?? -1).line
  expect(lineOf(...body('Api'), 'paths', '/a', 'get', 'x-amazon-apigateway-integration')).toBe(
    text.split('\n').findIndex((line) => line.includes('Call:')) + 1,
  )
  expect(lineOf('Resources', 'FnRole')).toBe(text.split('\n').indexOf('  Fn:') + 1)
})

test('a domain keeps the TLS version that the author chose', () => {
  const root = translated(`
Resources:
  Api:
    Type: AWS::Serverless::HttpApi
    Properties:
      Domain: {DomainName: a.example.org, CertificateArn: arn, SecurityPolicy: TLS_1_0, BasePath: [one, /two/]}
`)
  const id = keysAt(root, 'Resources').find((each) => each.startsWith('ApiGatewayDomainNameV2')) ?? ''
  const configuration = ['Resources', id, 'Properties', 'DomainNameConfigurations', 0] as const
  expect(textAt(root, ...configuration, 'SecurityPolicy')).toBe('TLS_1_0')
  expect(textAt(root, 'Resources', 'ApitwoApiMapping', 'Properties', 'ApiMappingKey')).toBe('two')
  expect(textAt(root, 'Resources', 'ApitwoApiMapping', 'Properties', 'DomainName', 'Ref')).toBe(id)
})

test('a REST API has the stage that its deployment makes besides its own', () => {
  const root = translated('Resources: {Api: {Type: AWS::Serverless::Api, Properties: {StageName: live}}}')
  expect(textAt(root, 'Resources', 'ApiDeployment', 'Properties', 'StageName')).toBe('Stage')
  expect(textAt(root, 'Resources', 'ApiliveStage', 'Properties', 'StageName')).toBe('live')
})
