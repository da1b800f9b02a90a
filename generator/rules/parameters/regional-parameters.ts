import type { Config } from '../../config/schema/index.ts'
import { pascalCase, sortedEntries } from '../../model/names.ts'

type RegionalParameter = { readonly name: string; readonly path: readonly string[]; readonly image: boolean }

/** Parameters whose values belong to a region, with the place of their default. */
export const regionalParameters = (config: Config): RegionalParameter[] => [
  ...(config.domain.certificate === undefined
    ? []
    : [{ name: 'CertificateArn', path: ['domain', 'certificate'], image: false }]),
  ...sortedEntries(config.services).map(([key]) => ({
    name: `${pascalCase(key)}Image`,
    path: ['services', key, 'image'],
    image: true,
  })),
  ...sortedEntries(config.api.auth)
    .filter(([, { lambda }]) => lambda !== undefined)
    .map(([key]) => ({ name: `${pascalCase(key)}FunctionArn`, path: ['api', 'auth', key, 'lambda'], image: false })),
]
