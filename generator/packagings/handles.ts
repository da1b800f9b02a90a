/**
 * Logical IDs of the templates that accompany the application. They are public API too: renaming one replaces a live resource.
 * They are spelt here only.
 */
import { createHash } from 'node:crypto'
import { handle } from '../cfn/handle.ts'
import type { Tag } from '../model/tags.ts'

const shortHash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 8)

// stack-set
export const StackSet = handle('AWS::CloudFormation::StackSet', 'StackSet')

// service-catalog
export const Portfolio = handle('AWS::ServiceCatalog::Portfolio', 'Portfolio')
export const Product = handle('AWS::ServiceCatalog::CloudFormationProduct', 'Product')
export const ProductInPortfolio = handle('AWS::ServiceCatalog::PortfolioProductAssociation', 'ProductInPortfolio')
export const LaunchRoleConstraint = handle('AWS::ServiceCatalog::LaunchRoleConstraint', 'LaunchRole')
/** Named after what it lets in, since an ARN cannot be a logical ID. */
export const principal = (arn: string) =>
  handle('AWS::ServiceCatalog::PortfolioPrincipalAssociation', `Principal${shortHash(arn)}`)
export const ApplicationTag = handle('AWS::ServiceCatalog::TagOption', 'ApplicationTag')
export const ApplicationTagOfProduct = handle('AWS::ServiceCatalog::TagOptionAssociation', 'ApplicationTagOfProduct')
/** Named after the key, which may hold what no logical ID can. */
export const tagOption = ({ Key }: Tag) => handle('AWS::ServiceCatalog::TagOption', `Tag${shortHash(Key)}`)
export const tagOptionOfProduct = (tag: Tag) =>
  handle('AWS::ServiceCatalog::TagOptionAssociation', `${tagOption(tag).id}OfProduct`)

// launch-role
export const LaunchRole = handle('AWS::IAM::Role', 'LaunchRole')
/** Beyond which no role of what is launched has rights. */
export const LaunchBoundary = handle('AWS::IAM::ManagedPolicy', 'LaunchBoundary')
export const launchPolicy = (name: string) => handle('AWS::IAM::ManagedPolicy', name)

// zone-role
export const ZoneRole = handle('AWS::IAM::Role', 'ZoneRole')
