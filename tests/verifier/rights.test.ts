import fc from 'fast-check'
import { awsPolicyName, judgeAwsPolicy } from '../../verifier/facts/rights/aws-policies.ts'
import { judgeDocument, type Tree } from '../../verifier/facts/rights/document.ts'
import { judgedOf, judgedServices } from '../../verifier/facts/rights/harmless.ts'
import { judgeAction, judgeBeside, type RightsAnswer, unknownPart } from '../../verifier/facts/rights/judge.ts'
import { openers } from '../../verifier/facts/rights/openers.ts'
import { covers, matches, normalised } from '../../verifier/facts/rights/pattern.ts'
import { seed } from '../support/effort.ts'

const say = (answer: RightsAnswer | undefined): string =>
  answer === undefined ? 'nothing' : answer.kind === 'harmless' ? 'harmless' : `${answer.kind} ${answer.action}`

const harm = { harmless: 0, unknown: 1, opens: 2 } as const

/** What IAM does, by the shortest program for it. */
const matchesByExpression = (pattern: string, action: string): boolean =>
  new RegExp(
    `^${pattern.replace(/[*?]|[^\w]/g, (each) => (each === '*' ? '.*' : each === '?' ? '.' : `\\${each}`))}$`,
    'is',
  ).test(action)

const letters = fc.constantFrom('a', 'b', ':', '*', '?')
const shortPattern = fc.string({ unit: letters, maxLength: 8 })
const shortText = fc.string({ unit: fc.constantFrom('a', 'b', ':'), maxLength: 8 })

const realActions = [
  ...openers.map(({ action }) => action),
  ...judgedServices
    .flatMap((service) => judgedOf(service) ?? [])
    .flatMap(({ harmless, except }) => [...harmless, ...except]),
  'ec2:RunInstances',
  'ecs:RunTask',
  'lambda:CreateFunction',
  's3:PutObject',
  'ec2:DescribeSubnets',
  'sts:AssumeRole',
]

/** A pattern, and one that means no less: a piece of it is replaced by a wildcard. */
const widened = fc
  .tuple(
    fc.constantFrom(...realActions),
    fc.array(fc.tuple(fc.nat(60), fc.nat(8), fc.constantFrom('*', '?')), { maxLength: 3 }),
  )
  .chain(([action, cuts]) => {
    const narrow = cuts.reduce((text, [at, length, by]) => replaced(text, at, length, by), action)
    return fc.tuple(fc.nat(60), fc.nat(60)).map(([at, length]) => ({ narrow, wide: replaced(narrow, at, length, '*') }))
  })

/** `?` stands for one character that is not `*`. */
function replaced(text: string, at: number, length: number, by: '*' | '?'): string {
  const from = at % text.length
  if (by === '*') return `${text.slice(0, from)}*${text.slice(from + length)}`
  return text[from] === '*' ? text : `${text.slice(0, from)}?${text.slice(from + 1)}`
}

describe('patterns', () => {
  test('match as expressions do', () => {
    fc.assert(
      fc.property(shortPattern, shortText, (pattern, text) => {
        expect(matches(normalised(pattern), text)).toBe(matchesByExpression(pattern, text))
      }),
      { numRuns: 3000, seed },
    )
  })

  test('cover only what they mean, whatever the pattern', () => {
    const wordsOf = (alphabet: string, length: number): string[] =>
      length === 0
        ? ['']
        : ['', ...wordsOf(alphabet, length - 1).flatMap((word) => [...alphabet].map((each) => word + each))]
    const texts = [...new Set(wordsOf('ab', 5))]
    const meanings = [...new Set(wordsOf('ab?*', 3))].map((pattern) => ({
      pattern: normalised(pattern),
      means: new Set(texts.filter((text) => matchesByExpression(pattern, text))),
    }))
    const wrong = meanings.flatMap((wide) =>
      meanings
        .filter(
          (narrow) => covers(wide.pattern, narrow.pattern) && [...narrow.means].some((text) => !wide.means.has(text)),
        )
        .map((narrow) => `${wide.pattern} covers ${narrow.pattern}`),
    )
    expect(wrong).toEqual([])
  })

  test('take no time to speak of, no matter who wrote them', () => {
    const hard = [
      `ec2:${'*a'.repeat(5000)}`,
      `ec2:${'?*'.repeat(5000)}`,
      `ec2:${'?'.repeat(10_000)}`,
      '*e*c*2*'.repeat(1400),
    ]
    const begin = performance.now()
    for (const pattern of hard) judgeAction(pattern)
    judgeBeside(hard)
    expect(performance.now() - begin).toBeLessThan(2000)
  })
})

describe('actions', () => {
  test('a wider pattern is never more harmless', () => {
    fc.assert(
      fc.property(widened, ({ narrow, wide }) => {
        expect(harm[judgeAction(wide).kind]).toBeGreaterThanOrEqual(harm[judgeAction(narrow).kind])
      }),
      { numRuns: 1000, seed },
    )
  })

  test('a harmless pattern means nothing that opens', () => {
    const harmless = judgedServices
      .flatMap((service) => judgedOf(service) ?? [])
      .flatMap((each) => each.harmless)
      .filter((each) => judgeAction(each).kind === 'harmless')
    expect(harmless.length).toBeGreaterThan(1000)
    const opening = harmless.filter((each) => openers.some(({ action }) => matchesByExpression(each, action)))
    expect(opening).toEqual([])
  })

  test('what is kept from NotAction makes nothing worse, and a limit makes nothing harmless', () => {
    fc.assert(
      fc.property(
        widened,
        fc.constantFrom('arn:aws:s3:::b/*', 'arn:aws:ecs:*:*:service/a/*', unknownPart),
        (each, limit) => {
          expect(harm[judgeBeside([each.wide]).kind]).toBeLessThanOrEqual(harm[judgeBeside([each.narrow]).kind])
          expect(judgeAction(each.wide, [limit]).kind === 'harmless').toBe(judgeAction(each.wide).kind === 'harmless')
        },
      ),
    )
  })

  test.each([
    '*',
    '*:*',
    'iam:*',
    'i?m:*',
    'IAM:put*',
    'ec2:*',
    'EC2:authorize*',
    'e*',
    'ecs:Update*',
    'apigateway:P*',
  ])('%s opens', (pattern) => expect(judgeAction(pattern).kind).toBe('opens'))

  test.each([
    ['ec2:Describe*', 'harmless'],
    ['ec2:DescribeSub*', 'harmless'],
    ['EC2:DESCRIBESUBNETS', 'harmless'],
    ['ec2:Desc*', 'unknown ec2:Desc*'],
    ['*:Describe*', 'unknown *:Describe*'],
    ['s?:GetObject', 'unknown s?:GetObject'],
    ['s3:*Object', 'harmless'],
    ['s3*', 'unknown s3*'],
    ['tomorrow:Describe*', 'unknown tomorrow:Describe*'],
    ['datazone:Get*', 'unknown datazone:Get*'],
    ['datazone:GetDomain', 'harmless'],
    ['datazone:Get?????', 'harmless'],
    ['sts:Get*', 'unknown sts:Get*'],
    ['', 'unknown '],
    ['Describe*', 'unknown Describe*'],
    // A guardrail that is added takes rights away, unless it is on a list of what is allowed.
    ['organizations:AttachPolicy', 'unknown organizations:AttachPolicy'],
  ])('%s is %s', (pattern, expected) => expect(say(judgeAction(pattern))).toBe(expected))
})

type Json = string | readonly Json[] | { readonly [key: string]: Json } | undefined

const treeOf = (json: Json): Tree =>
  json === undefined || typeof json === 'string'
    ? json
    : Array.isArray(json)
      ? json.map(treeOf)
      : new Map(Object.entries(json).map(([key, value]) => [key, treeOf(value)]))

const allow = (Action: Json, Resource: Json = '*', more: { readonly [key: string]: Json } = {}): Json => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
})

const found = (...statements: readonly Json[]): string[] =>
  judgeDocument(treeOf({ Version: '2012-10-17', Statement: statements })).map(({ answer }) => say(answer))

const service = 'arn:aws:ecs:eu-west-1:*:service/prod/orders'

describe('documents', () => {
  test.each<[string, readonly Json[]]>([
    [
      'pulls an image and logs',
      [
        allow([
          'ecr:GetAuthorizationToken',
          'ecr:BatchCheckLayerAvailability',
          'ecr:GetDownloadUrlForLayer',
          'ecr:BatchGetImage',
          'logs:CreateLogStream',
          'logs:PutLogEvents',
        ]),
      ],
    ],
    [
      'pushes an image',
      [allow(['ecr:InitiateLayerUpload', 'ecr:UploadLayerPart', 'ecr:CompleteLayerUpload', 'ecr:PutImage'])],
    ],
    [
      'reads a secret',
      [
        allow('secretsmanager:GetSecretValue', 'arn:aws:secretsmanager:*:*:secret:db-??????'),
        allow('kms:Decrypt', unknownPart),
      ],
    ],
    ['reads parameters', [allow(['ssm:GetParameter*', 'ssm:GetParametersByPath'])]],
    [
      'writes objects',
      [
        allow(
          ['s3:PutObject*', 's3:GetObject*', 's3:DeleteObject*', 's3:List*', 's3:Abort*', 's3:GetBucket*'],
          ['arn:aws:s3:::b', 'arn:aws:s3:::b/*'],
        ),
      ],
    ],
    ['does everything with a bucket', [allow('s3:*', 'arn:aws:s3:::b/*')]],
    [
      'uses a table',
      [
        allow([
          'dynamodb:BatchGetItem',
          'dynamodb:PutItem',
          'dynamodb:Query',
          'dynamodb:UpdateItem',
          'dynamodb:DescribeTable',
        ]),
      ],
    ],
    [
      'consumes a queue',
      [
        allow([
          'sqs:ReceiveMessage',
          'sqs:DeleteMessage',
          'sqs:ChangeMessageVisibility',
          'sqs:GetQueueAttributes',
          'sqs:GetQueueUrl',
        ]),
      ],
    ],
    [
      'publishes',
      [
        allow('sns:Publish'),
        allow('events:PutEvents'),
        allow(['kinesis:PutRecord', 'kinesis:PutRecords']),
        allow('firehose:PutRecord*', unknownPart),
      ],
    ],
    ['sends mail', [allow(['ses:SendEmail', 'ses:SendRawEmail'])]],
    [
      'traces and measures',
      [
        allow(['xray:PutTraceSegments', 'xray:PutTelemetryRecords', 'xray:GetSamplingRules']),
        allow('cloudwatch:PutMetricData'),
      ],
    ],
    [
      'lets exec in',
      [
        allow([
          'ssmmessages:CreateControlChannel',
          'ssmmessages:CreateDataChannel',
          'ssmmessages:OpenControlChannel',
          'ssmmessages:OpenDataChannel',
        ]),
      ],
    ],
    [
      'has an interface in a VPC',
      [
        allow([
          'ec2:CreateNetworkInterface',
          'ec2:DescribeNetworkInterfaces',
          'ec2:DeleteNetworkInterface',
          'ec2:AssignPrivateIpAddresses',
          'ec2:UnassignPrivateIpAddresses',
        ]),
      ],
    ],
    [
      'mounts a file system',
      [
        allow([
          'elasticfilesystem:ClientMount',
          'elasticfilesystem:ClientWrite',
          'elasticfilesystem:DescribeMountTargets',
        ]),
      ],
    ],
    ['logs in to databases', [allow('rds-db:connect'), allow('elasticache:Connect'), allow('dsql:DbConnect')]],
    ['searches', [allow('es:ESHttp*'), allow('aoss:APIAccessAll')]],
    ['asks a model', [allow(['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'])]],
    [
      'invokes functions and machines',
      [allow('lambda:InvokeFunction'), allow(['states:StartExecution', 'states:SendTaskSuccess'])],
    ],
    ['calls an API', [allow(['execute-api:Invoke', 'execute-api:ManageConnections'])]],
    [
      'passes a role',
      [
        allow('iam:PassRole', 'arn:aws:iam::*:role/task', {
          Condition: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
        }),
      ],
    ],
    ['makes service-linked roles', [allow('iam:CreateServiceLinkedRole')]],
    [
      'writes flow logs',
      [
        allow([
          'logs:CreateLogGroup',
          'logs:CreateLogStream',
          'logs:PutLogEvents',
          'logs:DescribeLogGroups',
          'logs:DescribeLogStreams',
        ]),
      ],
    ],
    [
      'proves a domain',
      [
        allow('route53:ChangeResourceRecordSets', 'arn:aws:route53:::hostedzone/Z1'),
        allow(['route53:GetChange', 'acm:RequestCertificate', 'acm:DescribeCertificate', 'acm:DeleteCertificate']),
      ],
    ],
    [
      'sets the number of tasks by itself',
      [
        allow([
          'application-autoscaling:*',
          'ecs:DescribeServices',
          'cloudwatch:DescribeAlarms',
          'cloudwatch:PutMetricAlarm',
        ]),
      ],
    ],
    [
      'registers names',
      [
        allow([
          'servicediscovery:RegisterInstance',
          'servicediscovery:DeregisterInstance',
          'servicediscovery:DiscoverInstances',
        ]),
      ],
    ],
    [
      'makes keys of an API',
      [
        allow(
          ['apigateway:POST', 'apigateway:DELETE'],
          ['arn:aws:apigateway:eu-west-1::/apikeys', 'arn:aws:apigateway:eu-west-1::/apikeys/*'],
        ),
      ],
    ],
    ['reads APIs', [allow('apigateway:GET')]],
    [
      'manages users of a pool',
      [allow(['cognito-idp:AdminCreateUser', 'cognito-idp:AdminGetUser', 'cognito-idp:ListUsers'])],
    ],
    [
      'runs as an agent',
      [allow(['ssm:UpdateInstanceInformation', 'ssm:ListInstanceAssociations', 'ec2messages:*', 'ssmmessages:*'])],
    ],
    ['uses a broker', [allow(['kafka-cluster:Connect', 'kafka-cluster:ReadData', 'kafka-cluster:*Topic*'])]],
    ['only denies', [{ Effect: 'Deny', Action: '*', Resource: '*' }]],
    ['allows nothing', [{ Effect: 'Allow', NotAction: '*', Resource: '*' }]],
    ['checks who it is', [allow('sts:GetCallerIdentity')]],
    ['tags', [allow(['ecs:TagResource', 'ec2:CreateTags', 'elasticloadbalancing:AddTags', 'tag:TagResources'])]],
  ])('%s: harmless', (_, statements) => expect(found(...statements)).toEqual([]))

  test.each<[string, readonly Json[], string]>([
    ['an administrator', [allow('*')], 'opens ec2:AuthorizeSecurityGroupEgress'],
    ['a network administrator', [allow('ec2:*')], 'opens ec2:AuthorizeSecurityGroupEgress'],
    [
      'everything but rights',
      [{ Effect: 'Allow', NotAction: ['iam:*', 'organizations:*', 'account:*'], Resource: '*' }],
      'opens ec2:AuthorizeSecurityGroupEgress',
    ],
    ['a rule of any group', [allow('ec2:AuthorizeSecurityGroupIngress')], 'opens ec2:AuthorizeSecurityGroupIngress'],
    [
      'a rule of any group by ARN',
      [allow('ec2:AuthorizeSecurityGroupIngress', `arn:aws:ec2:${unknownPart}:${unknownPart}:security-group/*`)],
      'opens ec2:AuthorizeSecurityGroupIngress',
    ],
    [
      'groups of an interface',
      [allow('ec2:ModifyNetworkInterfaceAttribute')],
      'opens ec2:ModifyNetworkInterfaceAttribute',
    ],
    ['routes', [allow(['ec2:DescribeRouteTables', 'ec2:ReplaceRoute'])], 'opens ec2:ReplaceRoute'],
    ['a deployment', [allow(['ecs:UpdateService', 'ecs:DescribeServices'])], 'opens ecs:UpdateService'],
    ['a shell', [allow('ecs:ExecuteCommand', 'arn:aws:ecs:*:*:task/*')], 'opens ecs:ExecuteCommand'],
    ['a session', [allow('ssm:StartSession')], 'opens ssm:StartSession'],
    ['an API', [allow('apigateway:*', 'arn:aws:apigateway:eu-west-1::/*')], 'unknown apigateway:*'],
    ['any API', [allow('apigateway:PATCH', 'arn:aws:apigateway:*::/restapis/*')], 'opens apigateway:PATCH'],
    [
      'keys and more of an API',
      [allow('apigateway:POST', ['arn:aws:apigateway:*::/apikeys', 'arn:aws:apigateway:*::/apis/*'])],
      'opens apigateway:POST',
    ],
    ['listeners', [allow('elasticloadbalancing:Modify*')], 'opens elasticloadbalancing:ModifyListener'],
    ['a stack', [allow('cloudformation:UpdateStack')], 'opens cloudformation:UpdateStack'],
    [
      'a stack by name',
      [allow('cloudformation:*', 'arn:aws:cloudformation:*:*:stack/other/*')],
      'unknown cloudformation:*',
    ],
    ['who is in groups', [allow('iam:AddUserToGroup')], 'opens iam:AddUserToGroup'],
    [
      'who assumes roles',
      [allow('iam:UpdateAssumeRolePolicy', 'arn:aws:iam::*:role/*')],
      'opens iam:UpdateAssumeRolePolicy',
    ],
    ['the own keys', [allow('iam:*AccessKey*', 'arn:aws:iam::*:user/${aws:username}')], 'unknown iam:*AccessKey*'],
    ['permission sets', [allow('sso:*')], 'opens sso:AssociateProfile'],
    ['a role elsewhere', [allow('sts:AssumeRole', 'arn:aws:iam::222222222222:role/x')], 'unknown sts:AssumeRole'],
    ['new hosts', [allow('ec2:RunInstances')], 'unknown ec2:RunInstances'],
    ['new tasks', [allow('ecs:RunTask', 'arn:aws:ecs:*:*:task-definition/job:*')], 'unknown ecs:RunTask'],
    ['new code', [allow('lambda:UpdateFunctionCode')], 'unknown lambda:UpdateFunctionCode'],
    ['a service by name', [allow('ecs:UpdateService', service)], 'unknown ecs:UpdateService'],
    [
      'a service by an unknown name',
      [allow('ecs:UpdateService', `arn:aws:ecs:*:*:service/${unknownPart}`)],
      'unknown ecs:UpdateService',
    ],
    [
      'an unknown resource',
      [{ Effect: 'Allow', Action: 'ecs:UpdateService', Resource: undefined }],
      'unknown ecs:UpdateService',
    ],
    [
      'under a condition',
      [allow('iam:PutRolePolicy', '*', { Condition: { StringEquals: { 'aws:ResourceTag/a': 'b' } } })],
      'unknown iam:PutRolePolicy',
    ],
    [
      'under an unknown condition',
      [allow('iam:PutRolePolicy', '*', { Condition: undefined })],
      'unknown iam:PutRolePolicy',
    ],
    [
      'by an unknown effect',
      [{ Effect: undefined, Action: 'iam:PutRolePolicy', Resource: '*' }],
      'unknown iam:PutRolePolicy',
    ],
    [
      'by an effect in the wrong case',
      [{ Effect: 'deny', Action: 'ec2:RunInstances', Resource: '*' }],
      'unknown ec2:RunInstances',
    ],
    ['an unknown action', [allow(['s3:GetObject', undefined])], 'unknown an unknown action'],
    ['all actions unknown', [allow(undefined)], 'unknown an unknown action'],
    [
      'all but something unknown',
      [{ Effect: 'Allow', NotAction: ['iam:*', undefined], Resource: '*' }],
      'unknown everything but unknown actions',
    ],
    [
      'all but some resources',
      [{ Effect: 'Allow', Action: 'ecs:UpdateService', NotResource: service }],
      'unknown ecs:UpdateService',
    ],
    [
      'a statement of a macro',
      [allow('s3:GetObject', '*', { 'Fn::Transform': { Name: 'AWS::Include' } })],
      'unknown a statement with Fn::Transform',
    ],
    ['an unknown statement', [undefined], 'unknown a statement that is not read'],
    ['no action', [{ Effect: 'Allow', Resource: '*' }], 'unknown a statement without actions'],
    [
      'names in the wrong case',
      [{ effect: 'Allow', action: 'iam:PutRolePolicy', resource: '*' }],
      'opens iam:PutRolePolicy',
    ],
  ])('%s', (_, statements, expected) => expect(found(...statements)).toEqual([expected]))

  test('each doubt names its statement', () => {
    const document = { Statement: [allow('s3:*'), allow(['ec2:RunInstances', 'iam:PutRolePolicy']), allow('lambda:*')] }
    expect(judgeDocument(treeOf(document)).map(({ statement, answer }) => [statement, say(answer)])).toEqual([
      [1, 'unknown ec2:RunInstances'],
      [1, 'opens iam:PutRolePolicy'],
      [2, 'opens lambda:CreateNetworkConnector'],
    ])
  })

  test.each<[string, Json]>([
    ['unknown', undefined],
    ['text', '{"Statement":[]}'],
    ['without statements', { Version: '2012-10-17' }],
    ['with unknown statements', { Statement: undefined }],
    ['with two lists of statements', { Statement: [], statement: [allow('iam:*')] }],
  ])('a document that is %s is in doubt', (_, document) => {
    const [first] = judgeDocument(treeOf(document))
    expect(first).toMatchObject({ statement: undefined, answer: { kind: 'unknown' } })
  })
})

describe('managed policies of AWS', () => {
  test.each([
    ['AmazonECSTaskExecutionRolePolicy', 'harmless'],
    ['AWSLambdaBasicExecutionRole', 'harmless'],
    ['AWSLambdaVPCAccessExecutionRole', 'harmless'],
    ['AWSXRayDaemonWriteAccess', 'harmless'],
    ['CloudWatchAgentServerPolicy', 'harmless'],
    ['AmazonSSMManagedInstanceCore', 'harmless'],
    ['AmazonAPIGatewayPushToCloudWatchLogs', 'harmless'],
    ['AmazonECSInfrastructureRolePolicyForVolumes', 'harmless'],
    ['AmazonEC2ContainerServiceforEC2Role', 'harmless'],
    ['ReadOnlyAccess', 'harmless'],
    ['ViewOnlyAccess', 'harmless'],
    ['SecurityAudit', 'harmless'],
    ['AmazonS3ReadOnlyAccess', 'harmless'],
    // It may make functions and clusters in groups.
    ['AmazonDynamoDBFullAccess', 'unknown dax:*'],
    ['AmazonEC2ContainerServiceEventsRole', 'unknown ecs:RunTask'],
    ['AmazonEC2ContainerServiceAutoscaleRole', 'opens ecs:UpdateService'],
    ['AWSCodeDeployRoleForECS', 'opens ecs:CreateTaskSet'],
    ['AmazonECSInfrastructureRolePolicyForLoadBalancers', 'opens elasticloadbalancing:ModifyListener'],
    ['AdministratorAccess', 'opens ec2:AuthorizeSecurityGroupEgress'],
    ['PowerUserAccess', 'opens ec2:AuthorizeSecurityGroupEgress'],
    ['NoSuchPolicy', 'nothing'],
    ['toString', 'nothing'],
    ['', 'nothing'],
  ])('%s: %s', (name, expected) => expect(say(judgeAwsPolicy(name))).toBe(expected))

  test.each([
    ['arn:aws:iam::aws:policy/ReadOnlyAccess', 'ReadOnlyAccess'],
    ['arn:aws-cn:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole', 'AWSLambdaBasicExecutionRole'],
    ['arn:aws-us-gov:iam::aws:policy/job-function/ViewOnlyAccess', 'ViewOnlyAccess'],
    ['arn:aws:iam::111111111111:policy/aws-service-role/ReadOnlyAccess', undefined],
    ['arn:aws:iam::111111111111:policy/x:aws:policy/ReadOnlyAccess', undefined],
    ['arn:aws:iam::aws-fake:policy/ReadOnlyAccess', undefined],
    ['arn:aws:iam::aws:role/ReadOnlyAccess', undefined],
    ['arn:aws:iam::aws:policy/ReadOnlyAccess\n', undefined],
    ['arn:aws:iam::aws:policy/', undefined],
    ['ReadOnlyAccess', undefined],
  ])('%s names %s', (arn, name) => expect(awsPolicyName(arn)).toBe(name))
})
