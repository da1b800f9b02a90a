import { createHash } from 'node:crypto'
import type { Entry } from '../cfn/resource.ts'
import type { Assets } from './assets.ts'

type FunctionName = keyof Assets

/** The function whose code a resource of the graph represents. */
export const codeOf = ({ asset }: Entry): FunctionName | undefined =>
  asset === 'waiter' || asset === 'writer' ? asset : undefined

const metadata = (name: FunctionName, assets: Assets) => ({
  Source: `templates/functions/${name}/index.js`,
  SourceSha256: createHash('sha256').update(assets[name].readable).digest('hex'),
})

/** The code inside the template: no bucket, so one file serves every region and account. */
export function inlineCode(entry: Entry, assets: Assets): Entry {
  const name = codeOf(entry)
  if (!name) return entry
  const { Properties, ...rest } = entry.resource
  return {
    ...entry,
    resource: {
      ...rest,
      Metadata: metadata(name, assets),
      Properties: { ...Properties, Code: { ZipFile: assets[name].inline } },
    },
  }
}

/** The code as a folder next to the template, which SAM CLI uploads as it is. */
export function localCode(entry: Entry, assets: Assets): Entry {
  const name = codeOf(entry)
  if (!name) return entry
  const { Code: _, ...properties } = entry.resource.Properties ?? {}
  return {
    ...entry,
    resource: {
      ...entry.resource,
      Type: 'AWS::Serverless::Function',
      Metadata: { ...metadata(name, assets), SkipBuild: true },
      Properties: { ...properties, CodeUri: `functions/${name}/` },
    },
  }
}
