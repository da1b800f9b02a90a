/** What ECS asks of AWS in order to start a task, from what AWS documents; nothing of it comes from our policies. */
import type { Json } from './read-template.ts'

export type Ask = { readonly endpoint: string; readonly action: string; readonly resource: string }

type Container = { readonly Image: string; readonly Secrets?: readonly Json[]; readonly LogConfiguration: Json }

/** The repository of an image of a private registry. */
export const repositoryOf = (image: string): string => {
  const [, account, region, repository] =
    /^(\d{12})\.dkr\.ecr(?:-fips)?\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/([^:@]+)/.exec(image) ?? []
  if (repository === undefined) throw new Error(`${image} is in no private registry`)
  return `arn:${region?.startsWith('cn-') ? 'aws-cn' : 'aws'}:ecr:${region}:${account}:repository/${repository}`
}

/** What ECS Exec asks of AWS in order to open a session and write its log. AWS: ecs-exec, "Logging using ECS Exec". */
export const sessionAsks: readonly Ask[] = [
  ...['CreateControlChannel', 'CreateDataChannel', 'OpenControlChannel', 'OpenDataChannel'].map((action) => ({
    endpoint: 'ssmmessages',
    action: `ssmmessages:${action}`,
    resource: '*',
  })),
  ...['DescribeLogGroups', 'DescribeLogStreams', 'CreateLogStream', 'PutLogEvents'].map((action) => ({
    endpoint: 'logs',
    action: `logs:${action}`,
    resource: '*',
  })),
]

/** What ECS asks with the execution role (AWS: task_execution_IAM_role, AmazonECR vpc-endpoints). */
export const asksOf = (task: { readonly ContainerDefinitions: readonly Container[] }): Ask[] =>
  task.ContainerDefinitions.flatMap(asksOfContainer)

function asksOfContainer({ Image, Secrets = [], LogConfiguration }: Container): Ask[] {
  const group = `${LogConfiguration.Options['awslogs-group']}.Arn`
  const repository = repositoryOf(Image)
  return [
    { endpoint: 'ecr.api', action: 'ecr:GetAuthorizationToken', resource: '*' },
    ...['ecr.api', 'ecr.dkr'].flatMap((endpoint) =>
      ['ecr:BatchCheckLayerAvailability', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchGetImage'].map((action) => ({
        endpoint,
        action,
        resource: repository,
      })),
    ),
    { endpoint: 'logs', action: 'logs:CreateLogStream', resource: group },
    { endpoint: 'logs', action: 'logs:PutLogEvents', resource: group },
    ...Secrets.map(
      ({ ValueFrom }): Ask =>
        ValueFrom.split(':')[2] === 'secretsmanager'
          ? { endpoint: 'secretsmanager', action: 'secretsmanager:GetSecretValue', resource: secretNamed(ValueFrom) }
          : { endpoint: 'ssm', action: 'ssm:GetParameters', resource: ValueFrom },
    ),
  ]
}

/** Behind the ARN may stand JSON key, stage and version; Secrets Manager itself ends each name with six characters. */
function secretNamed(valueFrom: string): string {
  const arn = valueFrom.split(':').slice(0, 7).join(':')
  return /-[A-Za-z0-9]{6}$/.test(arn) ? arn : `${arn}-AbCdEf`
}
