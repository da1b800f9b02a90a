// Ways in which a template hands on an id, or a right, without naming it where it is used.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { codeOf } from '../../generator/commands/assets.ts'
import { type ClaimReport, type Declarations, verify } from '../../verifier/index.ts'
import { assets } from '../support/examples.ts'
import { type Json, readTemplate } from '../support/read-template.ts'

const base: Json = readTemplate(readFileSync('templates/standalone.yaml', 'utf8'))
const own = codeOf(assets)
type Added = { readonly resources: Json; readonly parameters?: Json }
const judge = ({ resources, parameters = {} }: Added, declarations: Partial<Declarations> = {}) => {
  const template = structuredClone(base)
  Object.assign(template.Resources, resources)
  Object.assign(template.Parameters, parameters)
  return verify({
    templates: [{ path: 't.json', text: JSON.stringify(template) }],
    readFile: () => undefined,
    ownFunctions: own,
    declarations,
  })
}
const claimOf = (claims: readonly ClaimReport[], id: string, target?: string): ClaimReport => {
  const found = claims.find((each) => each.id === id && (target === undefined || each.target === target))
  if (!found) throw new Error(`${id} is not judged`)
  return found
}

describe('an id that the template writes and reads back is not proved to be another one', () => {
  const group = { 'Fn::GetAtt': ['LoadBalancerSecurityGroup', 'GroupId'] }
  const parameter = {
    Stored: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/x/g', Type: 'String', Value: group } },
  }
  const named = (Name: string): Json => ({
    Stored: { Type: 'AWS::SSM::Parameter', Properties: { Name, Type: 'String', Value: group } },
  })
  const secret = (properties: Json): Json => ({
    Stored: { Type: 'AWS::SecretsManager::Secret', Properties: properties },
  })
  const text = (Default: string, Type = 'String'): Json => ({ Given: { Type, Default } })
  const given = { Ref: 'Given' }
  const arn = 'arn:aws:ssm:eu-west-1:111111111111:parameter/x/g'
  const forms: readonly (readonly [string, Json, Json, Json?])[] = [
    ['a default', given, parameter, text('{{resolve:ssm:/x/g}}')],
    ['a default with a version', given, parameter, text('{{resolve:ssm:/x/g:1}}')],
    [
      'the first of a default list',
      { 'Fn::Select': [0, given] },
      parameter,
      text('{{resolve:ssm:/x/g}},b', 'CommaDelimitedList'),
    ],
    ['a text that is joined', { 'Fn::Join': ['', ['{', '{resolve:ssm:/x/g}}']] }, parameter],
    ['a text that is joined elsewhere', { 'Fn::Join': ['/', ['{{resolve:ssm:', 'x', 'g}}']] }, parameter],
    ['a stored parameter by its ARN', given, parameter, text(arn, 'AWS::SSM::Parameter::Value<String>')],
    ['a stored parameter by a version', given, parameter, text('/x/g:3', 'AWS::SSM::Parameter::Value<String>')],
    ['a reference by its ARN', `{{resolve:ssm:${arn}}}`, parameter],
    ['a name without its slash', '{{resolve:ssm:x/g}}', parameter],
    ['a name with a slash more', '{{resolve:ssm:/flat}}', named('flat')],
    ['a name with a slash less', '{{resolve:ssm:flat}}', named('/flat')],
    ['a name with a space', '{{resolve:ssm:flat}}', named(' flat ')],
    ['a name with a space and an ARN', `{{resolve:ssm:${arn.replace('x/g', 'flat')}}}`, named('flat ')],
    ['a version of a name with a slash more', '{{resolve:ssm:/flat:2}}', named('flat')],
    ['a typed parameter with a slash more', given, named('flat'), text('/flat', 'AWS::SSM::Parameter::Value<String>')],
    [
      'a typed list with a slash more',
      { 'Fn::Select': [0, given] },
      named('flat'),
      text('/flat', 'AWS::SSM::Parameter::Value<List<String>>'),
    ],
    [
      'a parameter that hands on a secret',
      '{{resolve:ssm:/aws/reference/secretsmanager/s}}',
      secret({ Name: 's', SecretString: group }),
    ],
    [
      'a generated secret',
      '{{resolve:secretsmanager:s:SecretString:g}}',
      secret({
        Name: 's',
        GenerateSecretString: {
          GenerateStringKey: 'p',
          SecretStringTemplate: { 'Fn::Sub': '{"g":"${LoadBalancerSecurityGroup.GroupId}"}' },
        },
      }),
    ],
    [
      'a secret by its ARN',
      '{{resolve:secretsmanager:arn:aws:secretsmanager:eu-west-1:111111111111:secret:s-AbCdEf}}',
      secret({ Name: 's', SecretString: group }),
    ],
    [
      'what is sent to a wait condition',
      { 'Fn::Select': [3, { 'Fn::Split': ['"', { 'Fn::GetAtt': ['Wait', 'Data'] }] }] },
      {
        Handle: { Type: 'AWS::CloudFormation::WaitConditionHandle' },
        Wait: { Type: 'AWS::CloudFormation::WaitCondition', Properties: { Handle: { Ref: 'Handle' }, Timeout: '60' } },
      },
    ],
  ]
  test.each(forms)('%s', (_, GroupId, resources, parameters = {}) => {
    const opening = {
      Opening: {
        Type: 'AWS::EC2::SecurityGroupIngress',
        Properties: { GroupId, IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '0.0.0.0/0' },
      },
    }
    const { claims } = judge({ resources: { ...resources, ...opening }, parameters })
    expect(claimOf(claims, 'sole-entrance', 'LoadBalancer').verdict).not.toBe('proved')
    expect(claimOf(judge({ resources }).claims, 'sole-entrance', 'LoadBalancer').verdict).toBe('proved')
  })
})

describe('a program with a role from outside may do what nobody here sees', () => {
  const managed = (Ec2InstanceProfileArn: Json): Json => ({ InstanceLaunchTemplate: { Ec2InstanceProfileArn } })
  const fields = (Key: Json, StringValue: Json): Json[] => [
    { Key, StringValue },
    { Key: 'type', StringValue: 'Ec2Resource' },
  ]
  const programs: readonly (readonly [type: string, of: (role: Json) => Json])[] = [
    ['AWS::Lambda::Function', (Role) => ({ Role, Code: { ZipFile: 'x' }, Runtime: 'python3.13', Handler: 'index.x' })],
    ['AWS::CodeBuild::Project', (ServiceRole) => ({ ServiceRole, Source: { Type: 'NO_SOURCE' } })],
    ['AWS::CodePipeline::Pipeline', (RoleArn) => ({ RoleArn, Stages: [] })],
    ['AWS::StepFunctions::StateMachine', (RoleArn) => ({ RoleArn, DefinitionString: '{}' })],
    ['AWS::Scheduler::Schedule', (RoleArn) => ({ Target: { Arn: 'arn:aws:ssm:eu-west-1:1:x', RoleArn } })],
    ['AWS::Events::Rule', (RoleArn) => ({ Targets: [{ Id: 'x', Arn: 'arn:aws:ssm:eu-west-1:1:x', RoleArn }] })],
    ['AWS::Pipes::Pipe', (RoleArn) => ({ RoleArn, Source: 'arn:aws:sqs:x', Target: 'arn:aws:events:x' })],
    ['AWS::Glue::Job', (Role) => ({ Role, Command: {} })],
    ['AWS::Synthetics::Canary', (ExecutionRoleArn) => ({ ExecutionRoleArn, Name: 'x' })],
    ['AWS::Batch::JobDefinition', (JobRoleArn) => ({ Type: 'container', ContainerProperties: { JobRoleArn } })],
    ['AWS::Cognito::IdentityPoolRoleAttachment', (role) => ({ IdentityPoolId: 'x', Roles: { unauthenticated: role } })],
    ['AWS::IAM::InstanceProfile', (role) => ({ Roles: [role] })],
    ['AWS::PCS::ComputeNodeGroup', (IamInstanceProfileArn) => ({ IamInstanceProfileArn })],
    ['AWS::ECS::CapacityProvider', (profile) => ({ ManagedInstancesProvider: managed(profile) })],
    [
      'AWS::Batch::ComputeEnvironment',
      (profile) => ({ ComputeResources: { ManagedInstancesProvider: managed(profile) } }),
    ],
    ['AWS::RDS::DBInstance', (CustomIAMInstanceProfile) => ({ CustomIAMInstanceProfile, Engine: 'custom-oracle-ee' })],
    [
      'AWS::Backup::RestoreTestingSelection',
      (role) => ({ RestoreMetadataOverrides: { iamInstanceProfileName: role } }),
    ],
    ['AWS::CloudFormation::HookVersion', (ExecutionRoleArn) => ({ ExecutionRoleArn, TypeName: 'a::b::Hook' })],
    ['AWS::CloudFormation::ResourceVersion', (ExecutionRoleArn) => ({ ExecutionRoleArn, TypeName: 'a::b::c' })],
    ['AWS::CloudFormation::TypeActivation', (ExecutionRoleArn) => ({ ExecutionRoleArn, TypeName: 'a::b::c' })],
    ['AWS::DataPipeline::Pipeline', (StringValue) => ({ PipelineObjects: [{ Fields: fields('role', StringValue) }] })],
    ['AWS::DataPipeline::Pipeline', (role) => ({ PipelineObjects: [{ Fields: fields('resourceRole', role) }] })],
    ['AWS::DataPipeline::Pipeline', (role) => ({ PipelineObjects: [{ Fields: fields({ Ref: 'Given' }, role) }] })],
    ['AWS::DataPipeline::Pipeline', (WorkerRoleOf2030) => ({ Of2030: [{ WorkerRoleOf2030 }] })],
  ]
  const roles: readonly (readonly [string, Json, string])[] = [
    ['a literal', 'arn:aws:iam::111111111111:role/Admin', 'arn:aws:iam::111111111111:role/Admin'],
    ['a parameter', { Ref: 'Given' }, 'Given'],
    ['an import', { 'Fn::ImportValue': 'admin' }, 'admin'],
  ]
  const parameters = { Given: { Type: 'String' } }
  const all = programs.flatMap(([type, of]) => roles.map(([kind, role, name]) => [type, kind, of(role), name] as const))
  test.each(all)('%s with %s', (Type, _, Properties, name) => {
    const added = { resources: { Program: { Type, Properties } }, parameters }
    const claim = claimOf(judge(added).claims, 'no-side-door')
    expect(claim).toMatchObject({ verdict: 'undecided' })
    expect((claim.unknowns ?? []).map((each) => each.name)).toContain(name)
    const told = judge(added, { assume: [{ name, facet: 'rights', value: 'none' }] })
    expect(claimOf(told.claims, 'no-side-door').verdict).toBe('proved')
  })

  test.each(programs)('%s with a role of the template', (Type, of) => {
    const role = {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {
          Statement: [{ Effect: 'Allow', Principal: { Service: 'x.amazonaws.com' }, Action: 'sts:AssumeRole' }],
        },
      },
    }
    const Properties = of({ 'Fn::GetAtt': ['Acting', 'Arn'] })
    const { claims } = judge({ resources: { Acting: role, Program: { Type, Properties } }, parameters })
    expect(claimOf(claims, 'no-side-door').verdict).toBe('proved')
  })
})

test.each([
  ['AWS::Logs::SubscriptionFilter', { RoleArn: 'Admin', DestinationArn: 'arn:aws:firehose:x' }],
  ['AWS::S3::Bucket', { ReplicationConfiguration: { Role: 'Admin' } }],
  ['AWS::CloudFormation::HookVersion', { LoggingConfig: { LogRoleArn: 'Admin' }, TypeName: 'a::b::Hook' }],
  ['AWS::Lambda::Function', { Environment: { Variables: { ADMIN_ROLE: 'Admin', Role: 'x' } }, Code: { ZipFile: 'x' } }],
  ['AWS::RDS::DBProxyEndpoint', { TargetRole: 'READ_ONLY' }],
  ['AWS::DataPipeline::Pipeline', { PipelineObjects: [{ Fields: [{ Key: 'type', StringValue: 'Ec2Resource' }] }] }],
])('%s does nothing else with what it is given', (Type, Properties) => {
  const { claims } = judge({ resources: { Used: { Type, Properties } } })
  expect(claimOf(claims, 'no-side-door').unknowns ?? []).toEqual([])
})

describe('hosts that are started as something outside says have a profile and commands that nobody here sees', () => {
  const name = 'lt-0123456789abcdef0'
  const byId = (LaunchTemplateId: Json): Json => ({ LaunchTemplateId, Version: '1' })
  const hosts: readonly (readonly [type: string, of: (template: Json) => Json])[] = [
    ['AWS::EC2::Instance', (lt) => ({ LaunchTemplate: byId(lt) })],
    ['AWS::EC2::Instance', (lt) => ({ LaunchTemplate: { 'Fn::If': ['IsAny', byId(lt), { Ref: 'AWS::NoValue' }] } })],
    ['AWS::AutoScaling::AutoScalingGroup', (lt) => ({ LaunchTemplate: { LaunchTemplateName: lt, Version: '1' } })],
    [
      'AWS::AutoScaling::AutoScalingGroup',
      (lt) => ({ MixedInstancesPolicy: { LaunchTemplate: { LaunchTemplateSpecification: byId(lt) } } }),
    ],
    ['AWS::AutoScaling::AutoScalingGroup', (LaunchConfigurationName) => ({ LaunchConfigurationName })],
    ['AWS::AutoScaling::AutoScalingGroup', (InstanceId) => ({ InstanceId })],
    ['AWS::AutoScaling::LaunchConfiguration', (InstanceId) => ({ InstanceId })],
    ['AWS::EC2::EC2Fleet', (lt) => ({ LaunchTemplateConfigs: [{ LaunchTemplateSpecification: byId(lt) }] })],
    [
      'AWS::EC2::SpotFleet',
      (lt) => ({ SpotFleetRequestConfigData: { LaunchTemplateConfigs: [{ LaunchTemplateSpecification: byId(lt) }] } }),
    ],
    ['AWS::Batch::ComputeEnvironment', (lt) => ({ ComputeResources: { LaunchTemplate: byId(lt) } })],
    ['AWS::EKS::Nodegroup', (Id) => ({ LaunchTemplate: { Id } })],
    ['AWS::PCS::ComputeNodeGroup', (TemplateId) => ({ CustomLaunchTemplate: { TemplateId, Version: '1' } })],
    ['AWS::GameLift::GameServerGroup', (lt) => ({ LaunchTemplate: byId(lt) })],
  ]
  test.each(hosts)('%s', (Type, of) => {
    const started = (lt: Json, more: Json = {}): ClaimReport[] => {
      const template = structuredClone(base)
      Object.assign(template.Resources, { Hosts: { Type, Properties: of(lt) }, ...more })
      template.Conditions = { ...template.Conditions, IsAny: { 'Fn::Equals': ['a', 'a'] } }
      return [
        ...verify({
          templates: [{ path: 't.json', text: JSON.stringify(template) }],
          readFile: () => undefined,
          ownFunctions: own,
        }).claims,
      ]
    }
    const claim = claimOf(started(name), 'no-side-door')
    expect(claim.verdict).not.toBe('proved')
    expect((claim.unknowns ?? []).map(({ settle }) => settle)).toContain(`--assume ${name}.rights=none`)
    const Own = { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: {}, LaunchTemplateName: 'ours' } }
    const settled = (lt: Json): readonly string[] =>
      (claimOf(started(lt, { Own }), 'no-side-door').unknowns ?? []).map(({ settle }) => settle)
    for (const lt of [{ Ref: 'Own' }, 'ours']) expect(settled(lt).filter((each) => each.includes('rights'))).toEqual([])
  })
})

test.each([
  ['ec2:authorizeSecurityGroupIngress', 'refuted'],
  ['ecs:updateService', 'refuted'],
  ['ecs:runTask', 'undecided'],
  ['sqs:sendMessage', 'proved'],
])('a schedule that calls %s by itself', (call, verdict) => {
  const Target = {
    Arn: `arn:aws:scheduler:::aws-sdk:${call}`,
    RoleArn: { 'Fn::GetAtt': ['Acting', 'Arn'] },
    Input: '{}',
  }
  const resources = {
    Acting: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {
          Statement: [{ Effect: 'Allow', Principal: { Service: 'scheduler.amazonaws.com' }, Action: 'sts:AssumeRole' }],
        },
      },
    },
    Nightly: { Type: 'AWS::Scheduler::Schedule', Properties: { ScheduleExpression: 'rate(1 day)', Target } },
  }
  expect(claimOf(judge({ resources }).claims, 'no-side-door').verdict).toBe(verdict)
})

test.each([
  [
    'another program',
    { Type: 'AWS::Synthetics::Canary', Properties: { ExecutionRoleArn: { 'Fn::GetAtt': ['WaiterRole', 'Arn'] } } },
  ],
  [
    'a function with other code',
    {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Role: { 'Fn::GetAtt': ['WaiterRole', 'Arn'] },
        Code: { ZipFile: 'x' },
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
      },
    },
  ],
])('rights of a known program count when %s has them too', (_, Other) => {
  const resources = {
    Rights: {
      Type: 'AWS::IAM::Policy',
      Properties: {
        PolicyName: 'x',
        Roles: [{ Ref: 'WaiterRole' }],
        PolicyDocument: { Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
      },
    },
  }
  expect(claimOf(judge({ resources }).claims, 'no-side-door').verdict).toBe('proved')
  expect(claimOf(judge({ resources: { ...resources, Other } }).claims, 'no-side-door').verdict).toBe('refuted')
})

test('a name belongs to a group of the template only where that group is made', () => {
  const resources = {
    Admins: { Type: 'AWS::IAM::Group', Condition: 'IsMade', Properties: { GroupName: 'admins' } },
    Joined: { Type: 'AWS::IAM::UserToGroupAddition', Properties: { GroupName: 'admins', Users: ['somebody'] } },
  }
  const template = structuredClone(base)
  Object.assign(template.Resources, resources)
  Object.assign(template.Parameters, { Given: { Type: 'String', AllowedValues: ['yes', 'no'] } })
  template.Conditions = { ...template.Conditions, IsMade: { 'Fn::Equals': [{ Ref: 'Given' }, 'yes'] } }
  const { claims } = verify({
    templates: [{ path: 't.json', text: JSON.stringify(template) }],
    readFile: () => undefined,
    ownFunctions: own,
  })
  expect(claimOf(claims, 'no-side-door').verdict).toBe('undecided')
})

describe('a route opens an API only where it leads to something of that API', () => {
  const open = (route: Json, more: Json = {}): Added => ({
    resources: { ...more, Open: { Type: 'AWS::ApiGatewayV2::Route', Properties: { RouteKey: 'GET /open', ...route } } },
    parameters: { Given: { Type: 'String' }, Named: { Type: 'String', Default: 'a1b2c3d4e5' } },
  })
  const integration = Object.keys(base.Resources).find(
    (id) => base.Resources[id].Type === 'AWS::ApiGatewayV2::Integration',
  ) as string
  const ours = { 'Fn::Sub': `integrations/\${${integration}}` }
  const api = { Ref: 'HttpApi' }
  const claim = (added: Added, declarations: Partial<Declarations> = {}): ClaimReport =>
    claimOf(judge(added, declarations).claims, 'authorized-routes', 'HttpApi')

  test.each([
    ['none', {}, 'proved'],
    ['no value', { Target: { Ref: 'AWS::NoValue' } }, 'proved'],
    ['one of ours', { Target: ours }, 'refuted'],
    ['any', { Target: { Ref: 'Given' } }, 'refuted'],
  ])('its target is %s', (_, target, verdict) => expect(claim(open({ ApiId: api, ...target })).verdict).toBe(verdict))

  test('its properties may hold a target', () => {
    const rest = { 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: 's3://x/y' } } }
    expect(claim(open({ ApiId: api, ...rest })).verdict).not.toBe('proved')
  })

  const foreign: readonly (readonly [string, Json, string])[] = [
    ['a literal', 'a1b2c3d4e5', 'replace a1b2c3d4e5 in the template with a reference'],
    ['a parameter', { Ref: 'Given' }, '--parameter Given=VALUE'],
    ['a default', { Ref: 'Named' }, '--parameter Named=VALUE'],
    ['an import', { 'Fn::ImportValue': 'api' }, '--assume api.value=VALUE'],
  ]
  test.each(foreign)('its API is %s, its integration ours', (_, ApiId, settle) => {
    const found = claim(open({ ApiId, Target: ours }))
    expect(found).toMatchObject({ verdict: 'undecided' })
    expect(found.unknowns?.map((each) => each.settle)).toEqual([settle])
    const told = claim(open({ ApiId, Target: ours }), { openRoutes: [{ api: 'HttpApi', key: 'GET /open' }] })
    expect(told.verdict).toBe('proved')
    expect(claim(open({ ApiId, Target: ours, AuthorizationType: 'AWS_IAM' })).verdict).toBe('proved')
    expect(claim(open({ ApiId, Target: 'integrations/abc' })).verdict).toBe('proved')
  })

  test('its API is another one of the template', () => {
    const Other = { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'other', ProtocolType: 'HTTP' } }
    expect(claim(open({ ApiId: { Ref: 'Other' }, Target: ours }, { Other })).verdict).toBe('proved')
  })
})

describe('a parameter may say that an import is an export of the same templates', () => {
  const group = { 'Fn::GetAtt': ['LoadBalancerSecurityGroup', 'GroupId'] }
  const exported = (Name: Json): Json => ({ Opened: { Value: group, Export: { Name } } })
  const ref = { Ref: 'Given' }
  const string = (more: Json): Json => ({ Given: { Type: 'String', ...more } })
  const verdictOf = (name: Json, parameters: Json, Name: Json = 'app-group', more: Json = {}): ClaimReport => {
    const template = structuredClone(base)
    template.Outputs = { ...template.Outputs, ...exported(Name) }
    Object.assign(template.Parameters, parameters)
    template.Mappings = { ...template.Mappings, ...more }
    template.Resources.Opening = {
      Type: 'AWS::EC2::SecurityGroupIngress',
      Properties: {
        GroupId: { 'Fn::ImportValue': name },
        IpProtocol: 'tcp',
        FromPort: 443,
        ToPort: 443,
        CidrIp: '0.0.0.0/0',
      },
    }
    const templates = [{ path: 't.json', text: JSON.stringify(template) }]
    const { claims } = verify({ templates, readFile: () => undefined, ownFunctions: own })
    return claimOf(claims, 'sole-entrance', 'LoadBalancer')
  }
  const mappings = { Names: { own: { name: 'app-group' }, far: { name: 'other' } } }

  type Naming = readonly [how: string, name: Json, parameters: Json, exported?: Json, more?: Json]
  const namings: readonly Naming[] = [
    ['a default', ref, string({ Default: 'app-group' })],
    ['an allowed value', ref, string({ Default: 'x', AllowedValues: ['x', 'app-group'] })],
    ['the only allowed value', ref, string({ AllowedValues: ['app-group'] })],
    ['Sub', { 'Fn::Sub': '${Given}-group' }, string({ Default: 'app' })],
    ['Join', { 'Fn::Join': ['-', [ref, 'group']] }, string({ AllowedValues: ['app', 'b'] })],
    [
      'two parameters',
      { 'Fn::Sub': '${Given}-${Other}' },
      { ...string({ AllowedValues: ['a', 'app'] }), Other: { Type: 'String', Default: 'group' } },
    ],
    [
      'an item of a list',
      { 'Fn::Select': [1, ref] },
      { Given: { Type: 'CommaDelimitedList', Default: 'a,app-group' } },
    ],
    ['a map', { 'Fn::FindInMap': ['Names', ref, 'name'] }, string({ Default: 'own' }), 'app-group', mappings],
    ['the export by a parameter', 'app-group', string({ Default: 'app' }), { 'Fn::Sub': '${Given}-group' }],
    [
      'both by parameters',
      { 'Fn::Sub': '${Given}-group' },
      { ...string({ Default: 'app' }), Other: { Type: 'String', AllowedValues: ['app', 'x'] } },
      { 'Fn::Sub': '${Other}-group' },
    ],
  ]
  test.each(namings.map((each) => [each[0], each] as const))('%s', (_, [, name, parameters, Name, more]) => {
    const found = verdictOf(name, parameters, Name, more)
    expect(found).toMatchObject({ verdict: 'refuted' })
    expect(JSON.stringify(found.path)).toContain('Opening')
  })

  test.each([
    ['without a default', ref, string({})],
    ['another default', ref, string({ Default: 'other' })],
    ['an end that does not fit', { 'Fn::Sub': '${Given}-role' }, string({ Default: 'app' })],
    ['a value that is left out', ref, string({ AllowedValues: ['a', 'b'] })],
  ])('%s is from outside', (_, name, parameters) => expect(verdictOf(name, parameters).verdict).toBe('proved'))

  test('each value is one world', () =>
    expect(verdictOf(ref, string({ Default: 'x', AllowedValues: ['x', 'app-group'] })).when).toEqual({
      Given: 'app-group',
    }))
})

describe('whose service an endpoint leads to is not told by the beginning of its name', () => {
  const others = 'vpce.eu-west-1.vpce-svc-0123456789abcdef0'
  const text = (more: Json = {}): Json => ({ Service: { Type: 'String', ...more } })
  const sub = (written: string): Json => ({ 'Fn::Sub': written })
  const verdictOf = (ServiceName: Json, parameters: Json = {}): string => {
    const endpoint = {
      Type: 'AWS::EC2::VPCEndpoint',
      Properties: {
        VpcId: { Ref: 'Vpc' },
        VpcEndpointType: 'Interface',
        ServiceName,
        SubnetIds: [{ Ref: 'PrivateSubnet1' }],
        SecurityGroupIds: [{ Ref: 'EndpointSecurityGroup' }],
      },
    }
    return claimOf(judge({ resources: { Added: endpoint }, parameters }).claims, 'bounded-egress').verdict
  }
  test.each<readonly [string, string, Json, Json?]>([
    ['refuted', 'a default', sub('com.amazonaws.${Service}'), text({ Default: others })],
    ['refuted', 'an allowed value', sub('com.amazonaws.${Service}'), text({ AllowedValues: ['s3', others] })],
    ['refuted', 'a part of it', sub('com.amazonaws.${Service}.eu-west-1.vpce-svc-1'), text({ Default: 'vpce' })],
    ['refuted', 'the end', sub('com.amazonaws.vpce.${AWS::Region}.${Service}'), text()],
    ['undecided', 'anything', sub('com.amazonaws.${Service}'), text()],
    ['undecided', 'a whole name', { Ref: 'Service' }, text()],
    ['undecided', 'a region and a service', sub('com.amazonaws.${AWS::Region}${Service}'), text()],
    ['undecided', 'a label and its end', sub('com.amazonaws.v${Service}'), text()],
    ['undecided', 'the beginning of the prefix', sub('com.${Service}'), text()],
    ['undecided', 'an import', { 'Fn::Join': ['', ['com.amazonaws.', { 'Fn::ImportValue': 'svc' }]] }],
    [
      'undecided',
      'two parameters',
      { 'Fn::Join': ['.', ['com.amazonaws', { Ref: 'Given' }, { Ref: 'Service' }]] },
      { ...text(), Given: { Type: 'String' } },
    ],
    ['proved', 'a service in a region', sub('com.amazonaws.${AWS::Region}.${Service}'), text()],
    ['proved', 'a service in a written region', sub('com.amazonaws.eu-west-1.${Service}'), text()],
    ['proved', 'a region by parameter', sub('com.amazonaws.${Service}.ecr.api'), text()],
    ['proved', 'an allowed value of AWS', sub('com.amazonaws.${Service}'), text({ AllowedValues: ['eu-west-1.logs'] })],
  ])('%s: %s', (verdict, _, name, parameters = {}) => {
    expect(verdictOf(name, parameters)).toBe(verdict)
  })
})

describe('an authorizer that keeps its answer for one caller must not give it to another', () => {
  const uri = 'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/f/invocations'
  const parameters = { Ttl: { Type: 'Number', Default: 0 }, Source: { Type: 'String', Default: '$context.stage' } }
  /** One API each: an HTTP API, a REST API, and both as documents. */
  const apis: readonly (readonly [string, (sources: Json, ttl: Json) => Json])[] = [
    [
      'an HTTP API',
      (IdentitySource, AuthorizerResultTtlInSeconds) => ({
        Added: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'x', ProtocolType: 'HTTP' } },
        Auth: {
          Type: 'AWS::ApiGatewayV2::Authorizer',
          Properties: {
            ApiId: { Ref: 'Added' },
            AuthorizerType: 'REQUEST',
            AuthorizerUri: uri,
            IdentitySource,
            AuthorizerResultTtlInSeconds,
          },
        },
        Through: {
          Type: 'AWS::ApiGatewayV2::Integration',
          Properties: {
            ApiId: { Ref: 'Added' },
            IntegrationType: 'HTTP_PROXY',
            ConnectionType: 'VPC_LINK',
            ConnectionId: { Ref: 'VpcLink' },
            IntegrationUri: { Ref: 'HttpsListener' },
          },
        },
        Route: {
          Type: 'AWS::ApiGatewayV2::Route',
          Properties: {
            ApiId: { Ref: 'Added' },
            RouteKey: '$default',
            AuthorizationType: 'CUSTOM',
            AuthorizerId: { Ref: 'Auth' },
            Target: { 'Fn::Sub': 'integrations/${Through}' },
          },
        },
      }),
    ],
    [
      'a REST API',
      (IdentitySource, AuthorizerResultTtlInSeconds) => ({
        Added: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'x' } },
        Auth: {
          Type: 'AWS::ApiGateway::Authorizer',
          Properties: {
            RestApiId: { Ref: 'Added' },
            Type: 'REQUEST',
            AuthorizerUri: uri,
            IdentitySource,
            AuthorizerResultTtlInSeconds,
          },
        },
        Method: {
          Type: 'AWS::ApiGateway::Method',
          Properties: {
            RestApiId: { Ref: 'Added' },
            ResourceId: { 'Fn::GetAtt': ['Added', 'RootResourceId'] },
            HttpMethod: 'GET',
            AuthorizationType: 'CUSTOM',
            AuthorizerId: { Ref: 'Auth' },
            Integration: {
              Type: 'HTTP_PROXY',
              Uri: 'https://x',
              ConnectionType: 'VPC_LINK',
              ConnectionId: { Ref: 'VpcLink' },
              IntegrationTarget: { Ref: 'LoadBalancer' },
            },
          },
        },
      }),
    ],
    ...['AWS::ApiGatewayV2::Api', 'AWS::ApiGateway::RestApi'].map(
      (Type): readonly [string, (sources: Json, ttl: Json) => Json] => [
        `the document of an ${Type}`,
        (identitySource, authorizerResultTtlInSeconds) => ({
          Added: {
            Type,
            Properties: {
              Body: {
                openapi: '3.0.1',
                paths: {
                  '/': {
                    get: {
                      security: [{ auth: [] }],
                      'x-amazon-apigateway-integration': {
                        type: 'http_proxy',
                        uri: 'https://x',
                        connectionType: 'VPC_LINK',
                        connectionId: { Ref: 'VpcLink' },
                      },
                    },
                  },
                },
                components: {
                  securitySchemes: {
                    auth: {
                      type: 'apiKey',
                      'x-amazon-apigateway-authorizer': {
                        type: 'request',
                        authorizerUri: uri,
                        identitySource,
                        authorizerResultTtlInSeconds,
                      },
                    },
                  },
                },
              },
            },
          },
        }),
      ],
    ),
  ]
  const cases: readonly (readonly [string, string, (own: string, context: string) => Json, Json])[] = [
    ['undecided', 'nothing of the caller', (_, context) => `${context}stage`, 300],
    ['undecided', 'the host', (own) => `${own}header.Host`, 300],
    ['undecided', 'a part that is not known', (own) => ({ 'Fn::Sub': `${own}header.\${Source}` }), 300],
    ['undecided', 'nothing of the caller, for a time that AWS chooses', (_, context) => `${context}stage`, undefined],
    ['undecided', 'a parameter, of which a value keeps it', (_, context) => `${context}stage`, { Ref: 'Ttl' }],
    ['undecided', 'a source that is a parameter', () => ({ Ref: 'Source' }), 300],
    ['proved', 'a header of the caller', (own) => `${own}header.Authorization`, 300],
    ['proved', 'a header beside others', (own, context) => `${context}stage, ${own}header.X-Token`, 300],
    ['proved', 'a query string', (own) => `${own}querystring.token`, 300],
    ['proved', 'nothing, and none kept', (_, context) => `${context}stage`, 0],
  ]
  const all = apis.flatMap(([api, resources]) =>
    cases.map(([verdict, what, ...rest]) => ({ api, resources, verdict, what, rest })),
  )
  test.each(all)('$verdict: $api, $what', ({ api, resources, verdict, rest: [sources, ttl] }) => {
    const isHttp = api.includes('HTTP') || api.includes('V2')
    const written = sources(isHttp ? '$request.' : 'method.request.', isHttp ? '$context.' : 'context.')
    const isList = api === 'an HTTP API'
    const list = typeof written === 'string' ? written.split(', ') : [written]
    const added = JSON.parse(JSON.stringify(resources(isList ? list : written, ttl)))
    expect(claimOf(judge({ resources: added, parameters }).claims, 'authorized-routes', 'Added').verdict).toBe(verdict)
  })
})
