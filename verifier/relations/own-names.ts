/** Things that hold rights, and plans of hosts and tasks, that are named by the name that the template gives them. */
import type { Facts } from '../facts/facts.ts'
import { textOf } from '../resolve/value.ts'

const nameOf: Readonly<Record<string, string>> = {
  'AWS::AutoScaling::LaunchConfiguration': 'LaunchConfigurationName',
  'AWS::Batch::JobDefinition': 'JobDefinitionName',
  'AWS::Cognito::UserPoolGroup': 'GroupName',
  'AWS::EC2::LaunchTemplate': 'LaunchTemplateName',
  'AWS::ECS::TaskDefinition': 'Family',
  'AWS::IAM::Group': 'GroupName',
  'AWS::IAM::InstanceProfile': 'InstanceProfileName',
  'AWS::IAM::Role': 'RoleName',
  'AWS::IAM::User': 'UserName',
}

/** Where it is not made in this world, the name is somebody else's. */
export const isOwnName = (facts: Facts, name: string | undefined, ...types: readonly string[]): boolean =>
  name !== undefined &&
  types.some((type) => {
    const property = nameOf[type]
    return (
      property !== undefined &&
      facts.candidates(type).some((each) => textOf(facts.get(each, property)) === name && facts.exists(each))
    )
  })
