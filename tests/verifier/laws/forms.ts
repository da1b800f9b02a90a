/** Forms in which a template can determine a value, or hand it on so that nobody can see where it goes. */
import type { Json } from '../../support/read-template.ts'
import type { Base } from './bases.ts'
import type { Given } from './judge.ts'
import { type Opening, opened, prepared } from './openings.ts'

export type Form = {
  readonly name: string
  /** The template alone says what it is: then it refutes as the plain form does. Else it only must not prove. */
  readonly isDetermined: boolean
  /** The opened template in this form; undefined where the form does not fit. */
  readonly make: (base: Base, opening: Opening) => Given | undefined
}

type Spelling = {
  readonly value: Json
  readonly sections?: Readonly<Record<string, Json>>
  readonly resources?: Json
  readonly files?: Readonly<Record<string, Json>>
  readonly transform?: string | readonly string[]
}

/** Attributes that are the id itself. */
const idAttribute: Readonly<Record<string, string>> = {
  'AWS::EC2::SecurityGroup': 'GroupId',
  'AWS::EC2::RouteTable': 'RouteTableId',
  'AWS::EC2::VPC': 'VpcId',
  'AWS::ApiGatewayV2::Api': 'ApiId',
  'AWS::ElasticLoadBalancingV2::LoadBalancer': 'LoadBalancerArn',
  'AWS::ElasticLoadBalancingV2::Listener': 'ListenerArn',
}

/** A value of the same kind that is not a resource of the template. */
const otherId = 'sg-0fedcba9876543210'

const extensions = 'AWS::LanguageExtensions'
const languageExtensions = { transform: extensions }
const inTheMap = (value: string) => ({ Mappings: { Names: { all: { it: value } } } })
const either = {
  Parameters: { Choice: { Type: 'String', Default: 'no', AllowedValues: ['no', 'yes'] } },
  Conditions: { IsChosen: { 'Fn::Equals': [{ Ref: 'Choice' }, 'yes'] } },
}
const attribute = (id: string, name: string): Json => ({ 'Fn::GetAtt': [id, name] })

function merged(given: Json, { sections = {}, resources = {}, transform }: Spelling): Json {
  const template = { ...given, Resources: { ...given.Resources, ...resources } }
  for (const [section, entries] of Object.entries(sections)) template[section] = { ...template[section], ...entries }
  if (transform) template.Transform = [given.Transform ?? [], transform].flat()
  return template
}

type Context = { readonly id?: string; readonly type?: string; readonly base: Base }

/** A form of the value only. */
const spelled = (
  name: string,
  isDetermined: boolean,
  spell: (value: Json, context: Context) => Spelling | undefined,
): Form => ({
  name,
  isDetermined,
  make: (base, opening) => {
    const owner = opening.owner(base.roles)
    const type = prepared(base, opening).Resources[owner.Ref]?.Type
    const spelling = spell(owner, { ...(owner.Ref ? { id: owner.Ref, type } : {}), base })
    if (!spelling) return undefined
    return {
      template: merged(opened(base, opening, spelling.value), spelling),
      ...(spelling.files ? { files: spelling.files } : {}),
    }
  },
})

const determined = (name: string, spell: (value: Json, context: Context) => Spelling | undefined) =>
  spelled(name, true, spell)
const handedOn = (name: string, spell: (value: Json, context: Context) => Spelling | undefined) =>
  spelled(name, false, spell)
/** Only where the value is a resource. */
const ofResource =
  (spell: (id: string, type: string) => Spelling | undefined) =>
  (_: Json, { id, type }: Context) =>
    id && type ? spell(id, type) : undefined
const ofType =
  (wanted: string, spell: (id: string, base: Base) => Spelling) =>
  (_: Json, { id, type, base }: Context) =>
    id && type === wanted ? spell(id, base) : undefined

const sub = (value: Json): Json => ({ 'Fn::Sub': typeof value === 'string' ? value : `\${${value.Ref}}` })
const embedded = (value: Json): string => (typeof value === 'string' ? value : `\${${value.Ref}}`)
const parameter = (Name: Json, Value: Json): Json => ({
  Type: 'AWS::SSM::Parameter',
  Properties: { Type: 'String', Name, Value },
})
/** Given to a nested stack as a parameter, and taken back from its output. */
const echoed = (value: Json, type: string, back: Json): Spelling => ({
  value: attribute('Echo', 'Outputs.Back'),
  resources: {
    Echo: {
      Type: 'AWS::CloudFormation::Stack',
      Properties: { TemplateURL: './echo.json', Parameters: { Given: value } },
    },
  },
  files: {
    'echo.json': {
      Parameters: { Given: { Type: type } },
      Resources: { Handle: { Type: 'AWS::CloudFormation::WaitConditionHandle' } },
      Outputs: { Back: { Value: back } },
    },
  },
})
const lambda = 'arn:aws:lambda:eu-central-1:111122223333:function:elsewhere'

const values: readonly Form[] = [
  determined('Ref', (value) => ({ value })),
  determined(
    'GetAtt',
    ofResource((id, type) => {
      const name = idAttribute[type]
      return name ? { value: attribute(id, name) } : undefined
    }),
  ),
  determined('Sub', (value) => ({ value: sub(value) })),
  determined('Sub with a map', (value) => ({ value: { 'Fn::Sub': ['${V}', { V: value }] } })),
  determined('Sub in a map of Sub', (value) => ({ value: { 'Fn::Sub': ['${V}', { V: sub(value) }] } })),
  determined('Join of one', (value) => ({ value: { 'Fn::Join': ['', [value]] } })),
  determined('Join with empty texts', (value) => ({ value: { 'Fn::Join': ['', ['', value, '']] } })),
  determined('Join of a text in two halves', (value) =>
    typeof value === 'string' ? { value: { 'Fn::Join': ['', [value.slice(0, 4), value.slice(4)]] } } : undefined,
  ),
  determined('Select by a number', (value) => ({ value: { 'Fn::Select': [1, [otherId, value]] } })),
  determined('Select by a text', (value) => ({ value: { 'Fn::Select': ['0', [value, otherId]] } })),
  determined('Select from a Split text', (value) => ({
    value: { 'Fn::Select': [1, { 'Fn::Split': [';', { 'Fn::Sub': `first;${embedded(value)}` }] }] },
  })),
  determined('If with equal branches', (value) => ({
    value: { 'Fn::If': ['IsChosen', value, value] },
    sections: either,
  })),
  determined('If by a parameter', (value) => ({
    value: { 'Fn::If': ['IsChosen', value, harmless(value)] },
    sections: either,
  })),
  determined('If by a parameter, the other way', (value) => ({
    value: { 'Fn::If': ['IsChosen', harmless(value), value] },
    sections: either,
  })),
  determined('If that always holds', (value) => ({
    value: { 'Fn::If': ['IsAlways', value, harmless(value)] },
    sections: { Conditions: { IsAlways: { 'Fn::Equals': ['a', 'a'] } } },
  })),
  determined('FindInMap', (value) =>
    typeof value === 'string'
      ? { value: { 'Fn::FindInMap': ['Names', 'all', 'it'] }, sections: inTheMap(value) }
      : undefined,
  ),
  determined(
    'Ref of Sub',
    ofResource((id) => ({ value: { Ref: { 'Fn::Sub': id } }, ...languageExtensions })),
  ),
  determined(
    'Ref of Join',
    ofResource((id) => ({
      value: { Ref: { 'Fn::Join': ['', [id.slice(0, 3), id.slice(3)]] } },
      ...languageExtensions,
    })),
  ),
  determined(
    'Ref of FindInMap',
    ofResource((id) => ({
      value: { Ref: { 'Fn::FindInMap': ['Names', 'all', 'it'] } },
      sections: inTheMap(id),
      ...languageExtensions,
    })),
  ),
  determined(
    'Ref of a parameter with one value',
    ofResource((id) => ({
      value: { Ref: { 'Fn::Sub': '${Which}' } },
      sections: { Parameters: { Which: { Type: 'String', Default: id, AllowedValues: [id] } } },
      ...languageExtensions,
    })),
  ),
  determined(
    'GetAtt of Sub',
    ofResource((id, type) => {
      const name = idAttribute[type]
      return name ? { value: { 'Fn::GetAtt': [{ 'Fn::Sub': id }, name] }, ...languageExtensions } : undefined
    }),
  ),
  determined(
    'GetAtt with a function for the attribute',
    ofResource((id, type) => {
      const name = idAttribute[type]
      return name ? { value: { 'Fn::GetAtt': [id, { 'Fn::Sub': name }] }, ...languageExtensions } : undefined
    }),
  ),
  determined('the value of an SSM parameter', (value) => ({
    value: attribute('Stored', 'Value'),
    resources: { Stored: parameter('/own/it', value) },
  })),
  determined('the value of an SSM parameter in Sub', (value) => ({
    value: { 'Fn::Sub': '${Stored.Value}' },
    resources: { Stored: parameter('/own/it', value) },
  })),
  determined('the value of an SSM parameter of an SSM parameter', (value) => ({
    value: attribute('Again', 'Value'),
    resources: { Stored: parameter('/own/it', value), Again: parameter('/own/again', attribute('Stored', 'Value')) },
  })),
  determined('an output of a nested stack', (value) => echoed(value, 'String', { Ref: 'Given' })),
  determined('the only item of a list that a nested stack takes', (value) =>
    echoed(value, 'CommaDelimitedList', { 'Fn::Select': [0, { Ref: 'Given' }] }),
  ),
  determined('the default of a nested stack', (value) =>
    typeof value === 'string'
      ? {
          value: attribute('Echo', 'Outputs.Back'),
          resources: { Echo: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: './echo.json' } } },
          files: {
            'echo.json': {
              Parameters: { Back: { Type: 'String', Default: value } },
              Resources: { Handle: { Type: 'AWS::CloudFormation::WaitConditionHandle' } },
              Outputs: { Back: { Value: { Ref: 'Back' } } },
            },
          },
        }
      : undefined,
  ),
  determined(
    'the groups of the load balancer',
    ofType('AWS::EC2::SecurityGroup', (id, { roles }) =>
      id === roles.balancerGroup
        ? { value: { 'Fn::Select': [0, attribute(roles.loadBalancer, 'SecurityGroups')] } }
        : { value: { Ref: id } },
    ),
  ),
  determined(
    'the VPC of a subnet',
    ofType('AWS::EC2::VPC', (_, { roles }) => ({ value: attribute(roles.subnet, 'VpcId') })),
  ),
  determined(
    'the VPC of a group',
    ofType('AWS::EC2::VPC', (_, { roles }) => ({ value: attribute(roles.linkGroup, 'VpcId') })),
  ),

  handedOn('split and joined', (value) => ({
    value: { 'Fn::Join': ['-', { 'Fn::Split': ['-', sub(value)] }] },
  })),
  handedOn('its parts split and joined', (value) =>
    typeof value === 'string'
      ? undefined
      : {
          value: {
            'Fn::Join': ['-', [0, 1].map((part) => ({ 'Fn::Select': [part, { 'Fn::Split': ['-', value] }] }))],
          },
        },
  ),
  handedOn('a prefix and the rest of the id', (value) =>
    typeof value === 'string'
      ? undefined
      : { value: { 'Fn::Sub': ['sg-${Rest}', { Rest: { 'Fn::Select': [1, { 'Fn::Split': ['sg-', value] }] } }] } },
  ),
  handedOn('Select by a parameter', (value) => ({
    value: { 'Fn::Select': [{ Ref: 'Index' }, [harmless(value), value]] },
    sections: { Parameters: { Index: { Type: 'Number' } } },
  })),
  handedOn('If by what is not known', (value) => ({
    value: { 'Fn::If': ['IsSome', value, harmless(value)] },
    sections: {
      Conditions: { IsSome: { 'Fn::Equals': ['{{resolve:ssm:/some/where}}', 'yes'] } },
    },
  })),
  handedOn(
    'Ref of a parameter with any value',
    ofResource((id) => ({
      value: { Ref: { 'Fn::Sub': '${Which}' } },
      sections: { Parameters: { Which: { Type: 'String', Default: id } } },
      ...languageExtensions,
    })),
  ),
  handedOn('an attribute of a custom resource that is given it', (value) => ({
    value: attribute('Custom', 'Back'),
    resources: { Custom: { Type: 'Custom::Echo', Properties: { ServiceToken: lambda, It: value } } },
  })),
  handedOn('the id of a custom resource that is given it', (value) => ({
    value: { Ref: 'Custom' },
    resources: {
      Custom: { Type: 'AWS::CloudFormation::CustomResource', Properties: { ServiceToken: lambda, It: value } },
    },
  })),
  handedOn('an attribute of a custom resource that is given nothing', () => ({
    value: attribute('Custom', 'Found'),
    resources: { Custom: { Type: 'Custom::Finder', Properties: { ServiceToken: lambda } } },
  })),
  handedOn('a dynamic reference to an SSM parameter of the template', (value) => ({
    value: '{{resolve:ssm:/own/it}}',
    resources: { Stored: parameter('/own/it', value) },
  })),
  handedOn('a dynamic reference out of a mapping', (value) => ({
    value: { 'Fn::FindInMap': ['Names', 'all', 'it'] },
    sections: inTheMap('{{resolve:ssm:/own/it}}'),
    resources: { Stored: parameter('/own/it', value) },
  })),
  handedOn('a dynamic reference out of a mapping by Region', (value) => ({
    value: { 'Fn::FindInMap': ['Names', { Ref: 'AWS::Region' }, 'it'] },
    sections: { Mappings: { Names: { 'eu-west-1': { it: '{{resolve:ssm:/own/it}}' }, 'us-east-1': { it: otherId } } } },
    resources: { Stored: parameter('/own/it', value) },
  })),
  handedOn('a dynamic reference as the default of a parameter', (value) => ({
    value: { Ref: 'Read' },
    sections: { Parameters: { Read: { Type: 'String', Default: '{{resolve:ssm:/own/it}}' } } },
    resources: { Stored: parameter('/own/it', value) },
  })),
  handedOn('a dynamic reference with a version', (value) => ({
    value: '{{resolve:ssm:/own/it:1}}',
    resources: { Stored: parameter('/own/it', value) },
  })),
  handedOn('a dynamic reference by Sub, to a parameter named by Sub', (value) => ({
    value: { 'Fn::Sub': '{{resolve:ssm:/${AWS::StackName}/it}}' },
    resources: { Stored: parameter({ 'Fn::Sub': '/${AWS::StackName}/it' }, value) },
  })),
  handedOn('a dynamic reference to a parameter by Ref', (value) => ({
    value: { 'Fn::Sub': '{{resolve:ssm:${Stored}}}' },
    resources: { Stored: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: value } } },
  })),
  handedOn('a dynamic reference to a secret of the template', (value) => ({
    value: '{{resolve:secretsmanager:own-secret}}',
    resources: {
      Stored: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'own-secret', SecretString: value } },
    },
  })),
  handedOn('a parameter whose type reads the SSM parameter of the template', (value) => ({
    value: { Ref: 'Read' },
    sections: { Parameters: { Read: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/own/it' } } },
    resources: { Stored: parameter('/own/it', value) },
  })),
  handedOn('the name of a log group', (value) => ({
    value: { Ref: 'Named' },
    resources: { Named: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: value } } },
  })),
  handedOn('a part of the name of an SSM parameter', (value) => ({
    value: { 'Fn::Select': [1, { 'Fn::Split': ['_', { Ref: 'Named' }] }] },
    resources: { Named: parameter({ 'Fn::Sub': `x_${embedded(value)}` }, 'nothing') },
  })),
  handedOn('its own export, by a literal name', (value) => ({
    value: { 'Fn::ImportValue': 'own-it' },
    sections: { Outputs: { It: { Value: value, Export: { Name: 'own-it' } } } },
  })),
  handedOn("its own export, by the stack's name", (value) => ({
    value: { 'Fn::ImportValue': { 'Fn::Sub': '${AWS::StackName}-it' } },
    sections: { Outputs: { It: { Value: value, Export: { Name: { 'Fn::Sub': '${AWS::StackName}-it' } } } } },
  })),
  handedOn('its own output, by the name of the stack', (value) => ({
    value: { 'Fn::GetStackOutput': { StackName: { Ref: 'AWS::StackName' }, OutputName: 'It' } },
    sections: { Outputs: { It: { Value: value } } },
  })),
  handedOn('an include in its place', () => ({
    value: {
      'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: 's3://templates.example.com/it.yaml' } },
    },
  })),
  handedOn('a macro in its place', (value) => ({
    value: { 'Fn::Transform': { Name: 'Acme', Parameters: { It: value } } },
  })),
  handedOn('an output of a stack that is not given', (value) => ({
    value: attribute('Away', 'Outputs.It'),
    resources: {
      Away: {
        Type: 'AWS::CloudFormation::Stack',
        Properties: { TemplateURL: 'https://templates.example.com/away.yaml', Parameters: { It: value } },
      },
    },
  })),
  handedOn('an output of an application of a repository', (value) => ({
    value: attribute('Away', 'Outputs.It'),
    transform: 'AWS::Serverless-2016-10-31',
    resources: {
      Away: {
        Type: 'AWS::Serverless::Application',
        Properties: {
          Location: {
            ApplicationId: 'arn:aws:serverlessrepo:eu-west-1:111122223333:applications/a',
            SemanticVersion: '1.0.0',
          },
          Parameters: { It: value },
        },
      },
    },
  })),
  handedOn(
    'the ARN built from its full name',
    ofType('AWS::ElasticLoadBalancingV2::LoadBalancer', (id) => ({
      value: {
        'Fn::Sub': `arn:\${AWS::Partition}:elasticloadbalancing:\${AWS::Region}:\${AWS::AccountId}:loadbalancer/\${${id}.LoadBalancerFullName}`,
      },
    })),
  ),
  handedOn(
    'the load balancer of its target group',
    ofType('AWS::ElasticLoadBalancingV2::LoadBalancer', (_, { roles }) => ({
      value: { 'Fn::Select': [0, attribute(roles.targetGroup, 'LoadBalancerArns')] },
    })),
  ),
  handedOn(
    'a part of its endpoint',
    ofType('AWS::ApiGatewayV2::Api', (id) => ({
      value: {
        'Fn::Select': [
          0,
          { 'Fn::Split': ['.', { 'Fn::Select': [2, { 'Fn::Split': ['/', attribute(id, 'ApiEndpoint')] }] }] },
        ],
      },
    })),
  ),
]

/** What opens nothing in place of the value. */
const harmless = (value: Json): Json => (typeof value === 'string' ? harmlessTexts[value] : otherId)
const harmlessTexts: Readonly<Record<string, string>> = {
  '0.0.0.0/0': '255.255.255.255/32',
  'internet-facing': 'internal',
  ENABLED: 'DISABLED',
  'arn:aws:iam::aws:policy/AdministratorAccess':
    'arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy',
  'ec2:AuthorizeSecurityGroupIngress': 'logs:PutLogEvents',
}

/** Names of what the opening takes from the template it opens. */
function outside(resources: Json): string[] {
  const names = new Set<string>()
  const walk = (node: Json): void => {
    if (typeof node?.Ref === 'string' && !(node.Ref in resources)) names.add(node.Ref)
    if (node !== null && typeof node === 'object') for (const each of Object.values(node)) walk(each)
  }
  walk(resources)
  return [...names]
}

/** A form of all that opens, moved to where its references come from outside. */
const moved = (
  name: string,
  isDetermined: boolean,
  move: (template: Json, resources: Json, names: readonly string[]) => Given,
): Form => ({
  name,
  isDetermined,
  make: (base, opening) => {
    const owner = opening.owner(base.roles)
    if (!opening.resources || typeof owner === 'string') return undefined
    const resources = opening.resources(owner, base.roles)
    return move(prepared(base, opening), resources, outside(resources))
  },
})

const asParameters = (names: readonly string[]): Json =>
  Object.fromEntries(names.map((each) => [each, { Type: 'String' }]))
const asArguments = (names: readonly string[]): Json => Object.fromEntries(names.map((each) => [each, { Ref: each }]))
const withResources = (template: Json, resources: Json): Json => ({
  ...template,
  Resources: { ...template.Resources, ...resources },
})
const refs = (node: Json, replace: (name: string) => Json | undefined): Json => {
  if (Array.isArray(node)) return node.map((each) => refs(each, replace))
  if (node === null || typeof node !== 'object') return node
  if (typeof node.Ref === 'string') return replace(node.Ref) ?? node
  return Object.fromEntries(Object.entries(node).map(([key, each]) => [key, refs(each, replace)]))
}
/** In a template of its own, with what it takes from the first spelled by `import_`, whose outputs are named `name`. */
const together =
  (exportName: Json, imported: Json) =>
  (template: Json, resources: Json, names: readonly string[]): Given => {
    const named = (form: Json, each: string): Json => JSON.parse(JSON.stringify(form).replaceAll('NAME', each))
    return {
      template: {
        ...template,
        Outputs: {
          ...template.Outputs,
          ...Object.fromEntries(
            names.map((each) => [
              `Out${each}`,
              { Value: { Ref: each }, ...(exportName ? { Export: { Name: named(exportName, each) } } : {}) },
            ]),
          ),
        },
      },
      others: [
        {
          Parameters: { Net: { Type: 'String' } },
          Resources: refs(resources, (each) => (names.includes(each) ? named(imported, each) : undefined)),
        },
      ],
    }
  }
const given =
  (Type: string, property: string, rest: Json = {}) =>
  (template: Json, _: Json, names: readonly string[]): Given => ({
    template: withResources(template, { Box: { Type, Properties: { ...rest, [property]: asArguments(names) } } }),
  })

const places: readonly Form[] = [
  moved('in a nested stack, by its parameters', true, (template, resources, names) => ({
    template: withResources(template, {
      Inner: {
        Type: 'AWS::CloudFormation::Stack',
        Properties: { TemplateURL: './inner.json', Parameters: asArguments(names) },
      },
    }),
    files: { 'inner.json': { Parameters: asParameters(names), Resources: resources } },
  })),
  moved('in a nested stack of a nested stack', true, (template, resources, names) => ({
    template: withResources(template, {
      Inner: {
        Type: 'AWS::CloudFormation::Stack',
        Properties: { TemplateURL: './inner.json', Parameters: asArguments(names) },
      },
    }),
    files: {
      'inner.json': {
        Parameters: asParameters(names),
        Resources: {
          Innermost: {
            Type: 'AWS::CloudFormation::Stack',
            Properties: { TemplateURL: './innermost.json', Parameters: asArguments(names) },
          },
        },
      },
      'innermost.json': { Parameters: asParameters(names), Resources: resources },
    },
  })),
  moved('under a condition by a parameter', true, (template, resources) => ({
    template: merged(
      withResources(
        template,
        Object.fromEntries(
          Object.entries<Json>(resources).map(([id, each]) => [id, { ...each, Condition: 'IsChosen' }]),
        ),
      ),
      { value: undefined, sections: either },
    ),
  })),
  moved('in a loop over names', true, (template, resources, names) => {
    const [[id, resource]] = Object.entries<Json>(resources).slice(-1) as [[string, Json]]
    const last = names.find((each) => JSON.stringify(resource).includes(JSON.stringify({ Ref: each }))) as string
    const { [id]: _, ...others } = resources
    return {
      template: {
        ...withResources(template, {
          ...others,
          'Fn::ForEach::Each': [
            'Name',
            [last],
            {
              'Each${Name}': refs(resource, (each) => (each === last ? { Ref: { 'Fn::Sub': '${Name}' } } : undefined)),
            },
          ],
        }),
        Transform: [template.Transform ?? [], extensions].flat(),
      },
    }
  }),
  moved('in a template given with it, by exports', true, together('own-NAME', { 'Fn::ImportValue': 'own-NAME' })),
  moved(
    "in a template given with it, by the stack's name",
    true,
    together({ 'Fn::Sub': '${AWS::StackName}-NAME' }, { 'Fn::ImportValue': { 'Fn::Sub': '${Net}-NAME' } }),
  ),
  moved(
    'in a template given with it, by outputs',
    false,
    together(undefined, { 'Fn::GetStackOutput': { StackName: { Ref: 'Net' }, OutputName: 'OutNAME' } }),
  ),
  moved('in a template given with it, by parameters', false, (template, resources, names) => ({
    template,
    others: [{ Parameters: asParameters(names), Resources: resources }],
  })),
  moved(
    'in a stack by URL',
    false,
    given('AWS::CloudFormation::Stack', 'Parameters', { TemplateURL: 'https://templates.example.com/a.yaml' }),
  ),
  moved(
    'in a stack whose file is not there',
    false,
    given('AWS::CloudFormation::Stack', 'Parameters', { TemplateURL: './missing.json' }),
  ),
  moved('in an application of a repository', false, (template, _, names) => ({
    template: {
      ...withResources(template, {
        Box: {
          Type: 'AWS::Serverless::Application',
          Properties: {
            Location: {
              ApplicationId: 'arn:aws:serverlessrepo:eu-west-1:111122223333:applications/a',
              SemanticVersion: '1.0.0',
            },
            Parameters: asArguments(names),
          },
        },
      }),
      Transform: 'AWS::Serverless-2016-10-31',
    },
  })),
  moved('in a module', false, (template, _, names) => ({
    template: withResources(template, { Box: { Type: 'Acme::Doors::Open::MODULE', Properties: asArguments(names) } }),
  })),
  moved('in a private type', false, (template, _, names) => ({
    template: withResources(template, { Box: { Type: 'Acme::Doors::Opener', Properties: asArguments(names) } }),
  })),
  moved('in a type of AWS that is not known yet', false, (template, _, names) => ({
    template: withResources(template, { Box: { Type: 'AWS::EC2::DoorOfTomorrow', Properties: asArguments(names) } }),
  })),
  moved('in a custom resource', false, given('Custom::Opener', 'It', { ServiceToken: lambda })),
  moved('in a provisioned product', false, (template, _, names) => ({
    template: withResources(template, {
      Box: {
        Type: 'AWS::ServiceCatalog::CloudFormationProvisionedProduct',
        Properties: {
          ProductId: 'prod-0123456789abc',
          ProvisioningArtifactId: 'pa-0123456789abc',
          ProvisioningParameters: names.map((each) => ({ Key: each, Value: { Ref: each } })),
        },
      },
    }),
  })),
  ...(['text', 'by URL'] as const).map((how) =>
    moved(`in a stack set, ${how}`, false, (template, resources, names) => ({
      template: withResources(template, {
        Box: {
          Type: 'AWS::CloudFormation::StackSet',
          Properties: {
            StackSetName: 'set',
            PermissionModel: 'SELF_MANAGED',
            Parameters: names.map((each) => ({ ParameterKey: each, ParameterValue: { Ref: each } })),
            StackInstancesGroup: [
              { DeploymentTargets: { Accounts: [{ Ref: 'AWS::AccountId' }] }, Regions: [{ Ref: 'AWS::Region' }] },
            ],
            ...(how === 'text'
              ? { TemplateBody: JSON.stringify({ Parameters: asParameters(names), Resources: resources }) }
              : { TemplateURL: 'https://templates.example.com/a.yaml' }),
          },
        },
      }),
    })),
  ),
  moved('by a macro over the template', false, (template) => ({
    template: { ...template, Transform: [template.Transform ?? [], 'Acme'].flat() },
  })),
  moved('in a resource that is only an include', false, (template) => ({
    template: withResources(template, {
      Box: { 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: 's3://templates.example.com/a.yaml' } } },
    }),
  })),
  moved('in resources of an include', false, (template) => ({
    template: withResources(template, {
      'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: 's3://templates.example.com/a.yaml' } },
    }),
  })),
  moved('with properties of an include', false, (template, resources) => ({
    template: withResources(
      template,
      Object.fromEntries(
        Object.entries<Json>(resources).map(([id, { Type }]) => [
          id,
          {
            Type,
            Properties: {
              'Fn::Transform': {
                Name: 'AWS::Include',
                Parameters: { Location: `s3://templates.example.com/${id}.yaml` },
              },
            },
          },
        ]),
      ),
    ),
  })),
  moved('with a macro beside its properties', false, (template, resources) => ({
    template: withResources(
      template,
      Object.fromEntries(
        Object.entries<Json>(resources).map(([id, { Type }]) => [
          id,
          { Type, Properties: {}, 'Fn::Transform': { Name: 'Acme', Parameters: {} } },
        ]),
      ),
    ),
  })),
]

export const forms: readonly Form[] = [...values, ...places]
