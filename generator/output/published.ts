import { join } from 'node:path'
import { parseDocument } from 'yaml'
import { textOf } from './text-of.ts'
import { isOurs } from './write-files.ts'

/** Versions of the Service Catalog product that an earlier run wrote, oldest first, and the file that says so. */
export type Published = { readonly versions: readonly string[] | 'unreadable'; readonly record: string }

const records = ['templates/service-catalog.yaml', 'templates/service-catalog.json']

/** A record that cannot be read is told apart from none: to go on without it could drop a published version. */
export function published(folder: string): Published | undefined {
  for (const record of records) {
    const text = textOf(join(folder, record))
    // A service called `catalog` has a template of this name too.
    if (text !== undefined && isOurs(text) && text.includes('AWS::ServiceCatalog::'))
      return { record, versions: versionsIn(text) }
  }
  return undefined
}

/** JSON is YAML too. The tags of CloudFormation are unknown to the parser, which leaves what they mark as it is. */
function versionsIn(text: string): Published['versions'] {
  const document = parseDocument(text, { version: '1.1', logLevel: 'silent' })
  if (document.errors.length > 0) return 'unreadable'
  const versions: unknown = document.toJS()?.Metadata?.Portcullis?.Versions
  return Array.isArray(versions) && versions.every((name) => typeof name === 'string') ? versions : 'unreadable'
}
