/** Where a security group is named as well as given by its id, as the default VPC allows. */
const paths: Readonly<Record<string, string>> = {
  'AWS::AutoScaling::LaunchConfiguration': 'SecurityGroups',
  'AWS::EC2::Instance': 'SecurityGroups',
  'AWS::EC2::LaunchTemplate': 'LaunchTemplateData.SecurityGroups',
}

/** The path at which a type takes names of groups. */
export const groupNamesPath = (type: string): string | undefined =>
  Object.hasOwn(paths, type) ? paths[type] : undefined
