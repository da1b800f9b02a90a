/**
 * Which values pseudo parameters may have. Region, partition and suffix belong together.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html
 */
import { type Choice, leaves } from '../resolve/world.ts'

type Partition = {
  readonly name: string
  readonly suffix: string
  readonly regions: RegExp
  readonly some: readonly string[]
}

/** A Region that is not listed lies in the partition that its prefix says, if it exists at all. */
const partitions: readonly Partition[] = [
  {
    name: 'aws',
    suffix: 'amazonaws.com',
    regions:
      /^(?:af|ap|ca|eu|il|me|mx|sa|us)-(?:north|south|east|west|central|northeast|northwest|southeast|southwest)-\d$/,
    some: ['us-east-1', 'eu-west-1', 'eu-central-1', 'us-west-2', 'ap-southeast-2'],
  },
  { name: 'aws-cn', suffix: 'amazonaws.com.cn', regions: /^cn-[a-z]+-\d$/, some: ['cn-north-1', 'cn-northwest-1'] },
  {
    name: 'aws-us-gov',
    suffix: 'amazonaws.com',
    regions: /^us-gov-[a-z]+-\d$/,
    some: ['us-gov-west-1', 'us-gov-east-1'],
  },
]

const shapes: Readonly<Record<string, RegExp>> = {
  'AWS::AccountId': /^[0-9]{12}$/,
  'AWS::StackName': /^[A-Za-z][-A-Za-z0-9]{0,127}$/,
  'AWS::StackId': /^arn:aws[a-z-]*:cloudformation:[a-z0-9-]+:[0-9]{12}:stack\/[A-Za-z][-A-Za-z0-9]{0,127}\/.+$/,
  'AWS::Region': /^[a-z]+(?:-[a-z]+)+-[0-9]+$/,
  'AWS::Partition': /^aws(?:-[a-z]+)*$/,
  'AWS::URLSuffix': /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/,
}

/** What is chosen for the other pseudo parameters of the stack. */
export type Chosen = (name: string) => Choice | undefined

/** Whether the pseudo parameter may have the value beside what is chosen; undefined where that is not sure. */
export function pseudoTakes(name: string, value: string, chosen: Chosen): boolean | undefined {
  if (shapes[name]?.test(value) === false) return false
  const others = (other: string): Choice | undefined => (other === name ? value : chosen(other))
  if (!['AWS::Region', 'AWS::Partition', 'AWS::URLSuffix'].includes(name)) return true
  const fits = partitions.some(
    (partition) =>
      leaves(others('AWS::Partition'), partition.name) &&
      leaves(others('AWS::URLSuffix'), partition.suffix) &&
      hasRegion(partition, others('AWS::Region')),
  )
  return fits || undefined
}

function hasRegion({ regions, some }: Partition, choice: Choice | undefined): boolean {
  if (typeof choice === 'string') return regions.test(choice)
  if (choice && 'oneOf' in choice) return choice.oneOf.some((region) => regions.test(region))
  return some.some((region) => leaves(choice, region))
}

/** Values that it has somewhere. */
export function pseudoExamples(name: string, count: number): string[] {
  const numbered = (make: (index: number) => string) => Array.from({ length: count }, (_, index) => make(index + 1))
  const account = (index: number): string => String(index).padStart(12, '1')
  switch (name) {
    case 'AWS::AccountId':
      return numbered(account)
    case 'AWS::StackName':
      return numbered((index) => `stack-${index}`)
    case 'AWS::Region':
      return partitions.flatMap(({ some }) => some)
    case 'AWS::Partition':
      return partitions.map((each) => each.name)
    case 'AWS::URLSuffix':
      return partitions.map(({ suffix }) => suffix)
    default:
      return numbered((index) => `arn:aws:cloudformation:us-east-1:${account(index)}:stack/stack/${index}`)
  }
}
