/** Rights, and where values are stored, as the claims read them. */
import { type Judgements, modelled } from './judgement.ts'

const texts = 'are shown to people'

export const modelledRights: Judgements = {
  'AWS::IAM::Group': modelled('gives its users rights', {
    roles: { rights: 'ManagedPolicyArns Policies' },
    read: 'GroupName',
    harmless: { [texts]: 'Path' },
  }),
  'AWS::IAM::GroupPolicy': modelled('gives a group rights', {
    roles: { rights: 'GroupName PolicyDocument' },
    harmless: { [texts]: 'PolicyName' },
  }),
  'AWS::IAM::ManagedPolicy': modelled('gives rights to what it is attached to', {
    roles: { rights: 'Groups PolicyDocument Roles Users' },
    read: 'ManagedPolicyName Path',
    harmless: { [texts]: 'Description' },
  }),
  'AWS::IAM::Policy': modelled('gives rights', {
    roles: { rights: 'Groups PolicyDocument Roles Users' },
    harmless: { [texts]: 'PolicyName' },
  }),
  'AWS::IAM::Role': modelled('has rights, for anyone who may assume it', {
    roles: { rights: 'AssumeRolePolicyDocument ManagedPolicyArns PermissionsBoundary Policies' },
    read: 'RoleName Path',
    harmless: { [texts]: 'Description Tags', 'says how long a session lasts': 'MaxSessionDuration' },
  }),
  'AWS::IAM::RolePolicy': modelled('gives a role rights', {
    roles: { rights: 'PolicyDocument RoleName' },
    harmless: { [texts]: 'PolicyName' },
  }),
  'AWS::IAM::User': modelled('has rights', {
    roles: { rights: 'Groups ManagedPolicyArns PermissionsBoundary Policies' },
    read: 'UserName Path',
    harmless: { [texts]: 'Tags', 'says how a user signs in, not what they may do': 'LoginProfile' },
  }),
  'AWS::IAM::UserPolicy': modelled('gives a user rights', {
    roles: { rights: 'PolicyDocument UserName' },
    harmless: { [texts]: 'PolicyName' },
  }),
  'AWS::IAM::UserToGroupAddition': modelled('gives users the rights of a group', {
    roles: { rights: 'GroupName Users' },
  }),
  'AWS::SSO::Assignment': modelled('gives people the rights of a permission set in an account', {
    roles: { rights: 'PermissionSetArn PrincipalId' },
    read: 'TargetId TargetType PrincipalType',
    harmless: { [texts]: 'InstanceArn' },
  }),
  'AWS::SSO::PermissionSet': modelled('has rights, for anyone who is assigned to it', {
    roles: { rights: 'CustomerManagedPolicyReferences InlinePolicy ManagedPolicies PermissionsBoundary' },
    harmless: {
      [texts]: 'Description InstanceArn Name RelayStateType Tags',
      'says how long a session lasts': 'SessionDuration',
    },
  }),
  'AWS::SSM::Parameter': modelled('stores a value, which templates may read by its name', {
    roles: { shown: 'Value Description' },
    read: 'Name Type Value DataType',
    harmless: { [texts]: 'Description Tags', 'limits what is stored': 'AllowedPattern Policies Tier' },
  }),
}
