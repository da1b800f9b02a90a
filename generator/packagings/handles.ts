/**
 * Logical IDs of the templates that accompany the application. They are public API too: renaming one replaces a live resource.
 * They are spelt here only.
 */
import { createHash } from 'node:crypto'
import { handle } from '../cfn/handle.ts'

// stack-set
export const StackSet = handle('AWS::CloudFormation::StackSet', 'StackSet')

// service-catalog
export const Portfolio = handle('AWS::ServiceCatalog::Portfolio', 'Portfolio')
export const Product = handle('AWS::ServiceCatalog::CloudFormationProduct', 'Product')
export const ProductInPortfolio = handle('AWS::ServiceCatalog::PortfolioProductAssociation', 'ProductInPortfolio')
export const LaunchRoleConstraint = handle('AWS::ServiceCatalog::LaunchRoleConstraint', 'LaunchRole')
/** Named after what it lets in, since an ARN cannot be a logical ID. */
export const principal = (arn: string) =>
  handle(
    'AWS::ServiceCatalog::PortfolioPrincipalAssociation',
    `Principal${createHash('sha256').update(arn).digest('hex').slice(0, 8)}`,
  )
export const ApplicationTag = handle('AWS::ServiceCatalog::TagOption', 'ApplicationTag')
export const ApplicationTagOfProduct = handle('AWS::ServiceCatalog::TagOptionAssociation', 'ApplicationTagOfProduct')

// launch-role
export const LaunchRole = handle('AWS::IAM::Role', 'LaunchRole')
export const launchPolicy = (name: string) => handle('AWS::IAM::ManagedPolicy', name)

// zone-role
export const ZoneRole = handle('AWS::IAM::Role', 'ZoneRole')
