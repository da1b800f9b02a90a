/**
 * Which types a connector connects, and by which permissions:
 * https://github.com/aws/serverless-application-model/blob/develop/samtranslator/model/connector_profiles/profiles.json
 */
import { samPrefix } from './globals.ts'

type Rule = 'Read' | 'Write' | 'either' | 'both' | 'Read or both'

/** Source -> permissions -> destinations, without `AWS::`. */
const profiles: Readonly<Record<string, Readonly<Partial<Record<Rule, string>>>>> = {
  'ApiGateway::RestApi': { Write: 'Lambda::Function' },
  'ApiGatewayV2::Api': { Write: 'Lambda::Function' },
  'AppSync::DataSource': { Write: 'Lambda::Function Events::EventBus', either: 'DynamoDB::Table' },
  'AppSync::GraphQLApi': { Write: 'Lambda::Function' },
  'DynamoDB::Table': { Read: 'Lambda::Function' },
  'Events::Rule': { Write: 'Lambda::Function Events::EventBus SNS::Topic SQS::Queue StepFunctions::StateMachine' },
  'Lambda::Function': {
    Read: 'Location::PlaceIndex',
    Write: 'Lambda::Function Events::EventBus SNS::Topic',
    either: 'DynamoDB::Table S3::Bucket SQS::Queue StepFunctions::StateMachine',
  },
  'S3::Bucket': { Write: 'Lambda::Function' },
  'SNS::Topic': { Write: 'Lambda::Function SQS::Queue' },
  'SQS::Queue': { both: 'Lambda::Function' },
  'StepFunctions::StateMachine': {
    Write: 'Lambda::Function Events::EventBus SNS::Topic SQS::Queue',
    either: 'DynamoDB::Table S3::Bucket',
    'Read or both': 'StepFunctions::StateMachine',
  },
}

const translated: Readonly<Record<string, string>> = {
  Api: 'ApiGateway::RestApi',
  Function: 'Lambda::Function',
  HttpApi: 'ApiGatewayV2::Api',
  SimpleTable: 'DynamoDB::Table',
  StateMachine: 'StepFunctions::StateMachine',
}

const plainType = (type: string): string => {
  const name = type.startsWith(samPrefix) ? translated[type.slice(samPrefix.length)] : undefined
  return name ?? type.replace(/^AWS::/, '')
}

const holds: Readonly<Record<Rule, (given: ReadonlySet<string>) => boolean>> = {
  Read: (given) => !given.has('Write'),
  Write: (given) => !given.has('Read'),
  either: () => true,
  both: (given) => given.size === 2,
  'Read or both': (given) => given.has('Read'),
}

/** Why the translator does not connect them; undefined where it does. `permissions` is undefined where they are not known. */
export function notConnected(
  source: string,
  destination: string,
  permissions: readonly string[] | undefined,
): string | undefined {
  const rules = Object.entries(profiles[plainType(source)] ?? {}) as [Rule, string][]
  const rule = rules.find(([, types]) => types.split(' ').includes(plainType(destination)))?.[0]
  if (!rule) return `${source} to ${destination}, which SAM does not connect`
  return !permissions || holds[rule](new Set(permissions))
    ? undefined
    : `${source} to ${destination} by ${permissions.join(' and ')}, which SAM does not give it`
}
