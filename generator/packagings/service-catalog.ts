/** `standalone.yaml` as a product: portfolio, versions, who may launch it, and the role that launches. */
import { createHash } from 'node:crypto'
import { ref } from '../cfn/handle.ts'
import { sub } from '../cfn/intrinsics.ts'
import { type Entry, resource } from '../cfn/resource.ts'
import type { ServiceCatalog } from '../model/delivery/delivery.ts'
import { launchRoleName } from '../model/delivery/launch.ts'
import type { Model } from '../model/model.ts'
import type { OutputFile } from './assets.ts'
import {
  ApplicationTag,
  ApplicationTagOfProduct,
  LaunchRoleConstraint,
  Portfolio,
  Product,
  ProductInPortfolio,
  principal,
  tagOption,
  tagOptionOfProduct,
} from './handles.ts'
import { interfaceMetadata } from './parameters.ts'
import { type Format, printed } from './printed.ts'
import { purpose } from './purpose.ts'

/** Where the current version is uploaded to, below the bucket: under its content's hash, so a published version never changes. */
export const versionKey = (standalone: OutputFile, format: Format): string =>
  `portcullis/standalone-${createHash('sha256').update(standalone.text).digest('hex').slice(0, 16)}.${format}`

export function serviceCatalog(model: Model, standalone: OutputFile, format: Format): OutputFile | undefined {
  const { serviceCatalog } = model.delivery
  if (!serviceCatalog) return undefined
  const publishesCurrent = serviceCatalog.versions.some(({ source }) => source === 'current')
  return printed(
    'service-catalog',
    {
      description: `${model.name}: the application as a product of AWS Service Catalog. By Portcullis.`,
      metadata: {
        ...interfaceMetadata(
          publishesCurrent ? [['TemplateBucket', { group: 'Publishing', label: 'Bucket of the versions' }]] : [],
        ),
        // Read back by the next run, so that no published version is lost.
        Portcullis: { Versions: serviceCatalog.versions.map(({ name }) => name) },
      },
      parameters: publishesCurrent
        ? {
            TemplateBucket: {
              Type: 'String',
              Description: `Bucket of this account and region to which standalone.${format} was uploaded as ${versionKey(standalone, format)}`,
              AllowedPattern: '^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$',
              ConstraintDescription: 'must be the name of a bucket',
            },
          }
        : {},
      rules: {},
      mappings: {},
      conditions: {},
      entries: entries(model, serviceCatalog, versionKey(standalone, format)),
      outputs: {
        PortfolioId: { Description: 'Share it with other accounts, or add products to it', Value: ref(Portfolio) },
        ProductId: { Description: 'Id of the product', Value: ref(Product) },
      },
    },
    format,
  )
}

const entries = (model: Model, { portfolio, owner, principals, versions }: ServiceCatalog, key: string): Entry[] => [
  resource(Portfolio, {
    DisplayName: portfolio,
    ProviderName: owner,
    Description: `Products of ${owner}`,
  }),
  resource(
    Product,
    {
      Name: model.name,
      Owner: owner,
      Description: `${model.name}: ${purpose('an HTTP API')}`,
      ProvisioningArtifactParameters: versions.map(({ name, source }) => ({
        Name: name,
        Info: {
          LoadTemplateFromURL:
            source === 'current'
              ? sub(`https://\${TemplateBucket}.s3.\${AWS::Region}.\${AWS::URLSuffix}/${key}`)
              : source.url,
        },
      })),
      ReplaceProvisioningArtifacts: false,
    },
    {
      why: 'Versions are only ever added: replacing them would give them new ids and cut off the products launched from them.',
    },
  ),
  resource(ProductInPortfolio, { PortfolioId: ref(Portfolio), ProductId: ref(Product) }),
  resource(
    LaunchRoleConstraint,
    { PortfolioId: ref(Portfolio), ProductId: ref(Product), LocalRoleName: launchRoleName(model.name) },
    {
      dependsOn: [ProductInPortfolio],
      why: 'By name, so that the portfolio can be shared: each account has its own role of this name (launch-role).',
    },
  ),
  ...principals.map((arn) =>
    resource(principal(arn), {
      PortfolioId: ref(Portfolio),
      PrincipalARN: arn,
      PrincipalType: arn.includes(':iam:::') ? 'IAM_PATTERN' : 'IAM',
    }),
  ),
  resource(ApplicationTag, { Key: 'application', Value: model.name, Active: true }),
  resource(ApplicationTagOfProduct, {
    ResourceId: ref(Product),
    TagOptionId: ref(ApplicationTag),
  }),
  ...model.tags.flatMap((tag) => [
    resource(tagOption(tag), { ...tag, Active: true }),
    resource(tagOptionOfProduct(tag), { ResourceId: ref(Product), TagOptionId: ref(tagOption(tag)) }),
  ]),
]
