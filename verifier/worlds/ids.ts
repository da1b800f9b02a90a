/**
 * Parameters of types of AWS take only what exists in the account: a value that cannot be such an id is never deployed.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-supplied-parameter-types.html
 */

type Kind = { readonly shape: RegExp; readonly example: (index: number) => string }

const id = (prefix: string): Kind => ({
  shape: new RegExp(`^${prefix}-(?:[0-9a-f]{8}|[0-9a-f]{17})$`),
  example: (index) => `${prefix}-${index.toString(16).padStart(17, '0')}`,
})
const name: Kind = { shape: /^.+$/s, example: (index) => `name-${index}` }

const kinds: Readonly<Record<string, Kind>> = {
  'AWS::EC2::AvailabilityZone::Name': {
    shape: /^[a-z]+(?:-[a-z]+)+-\d[a-z]$|^[a-z]+(?:-[a-z]+)+-\d(?:-[a-z0-9]+)+[a-z]$/,
    example: (index) =>
      `us-${['east', 'west'][index % 2]}-${1 + (Math.floor(index / 12) % 2)}${'abcdef'[Math.floor(index / 2) % 6]}`,
  },
  'AWS::EC2::Image::Id': id('ami'),
  'AWS::EC2::Instance::Id': id('i'),
  'AWS::EC2::KeyPair::KeyName': name,
  'AWS::EC2::SecurityGroup::GroupName': name,
  'AWS::EC2::SecurityGroup::Id': id('sg'),
  'AWS::EC2::Subnet::Id': id('subnet'),
  'AWS::EC2::Volume::Id': id('vol'),
  'AWS::EC2::VPC::Id': id('vpc'),
  'AWS::Route53::HostedZone::Id': { shape: /^Z[A-Z0-9]+$/, example: (index) => `Z${String(index).padStart(13, '0')}` },
  'AWS::SSM::Parameter::Name': name,
}

const kindOf = (type: string): Kind | undefined => kinds[type.replace(/^List<(.*)>$/, '$1')]

/** Whether such a resource may have this id. Of another type nothing is known but that its name is not empty. */
export const isOfResource = (type: string, value: string): boolean =>
  !type.includes('AWS::') || (kindOf(type) ?? name).shape.test(value)

/** None for types of texts and numbers. */
export const resourceExamples = (type: string, count: number): string[] =>
  type.includes('AWS::') ? Array.from({ length: count }, (_, index) => (kindOf(type) ?? name).example(index)) : []
