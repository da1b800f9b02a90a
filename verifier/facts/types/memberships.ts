/** Where somebody gets the rights of a group, policy or portfolio that is named. */
import { type Paths, pathsOf } from './judgement.ts'

/** Types of IAM itself are judged with what they give. */
const named: Readonly<Record<string, Paths>> = {
  'AWS::Budgets::BudgetsAction': 'Definition.IamActionDefinition.PolicyArn',
  'AWS::Cognito::UserPoolUserToGroupAttachment': 'GroupName',
  'AWS::EKS::AccessEntry': 'AccessPolicies.PolicyArn',
  'AWS::IdentityStore::GroupMembership': 'GroupId',
  'AWS::ServiceCatalog::PortfolioPrincipalAssociation': 'PortfolioId',
}

/** Whether what stands at the path, list indices left out, gives its rights to others. */
export const givesItsRights = (type: string, path: string): boolean =>
  Object.hasOwn(named, type) && pathsOf(named[type]).includes(path)

/** What is judged, for the test that holds it against the registry. */
export const memberships = (): readonly (readonly [type: string, path: string])[] =>
  Object.entries(named).flatMap(([type, paths]) => pathsOf(paths).map((path) => [type, path] as const))
