// What docs/custom-resources.md says of the properties: those that templates have, and those that the functions take besides.
import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { exampleFolders } from '../support/examples.ts'
import type { Json } from '../support/read-template.ts'
import { exampleTemplate } from '../support/templates.ts'

const shapes: Readonly<Record<string, string>> = {
  Certificate: 'writer/certificate-properties.ts',
  AliasRecord: 'writer/alias-record.ts',
  CertificateIssued: 'waiter/certificate-issued.ts',
  VpcLinkReady: 'waiter/vpc-link-ready.ts',
  IsolationProbe: 'waiter/isolation-probe.ts',
}

/** The keys of the shape that a function parses its properties with. */
const taken = (kind: string): string[] => {
  const [, shape = ''] =
    /const (?:shape|certificateShape) = \{\n([\s\S]*?)\n\}/.exec(
      readFileSync(`custom-resources/${shapes[kind]}`, 'utf8'),
    ) ?? []
  return [...shape.matchAll(/^ {2}(\w+):/gm)].map(([, name = '']) => name)
}

const page = readFileSync('docs/custom-resources.md', 'utf8')
const documented = (kind: string): string[] => {
  const [, , cell = ''] = new RegExp(`^\\| \`Custom::Portcullis(${kind})\` \\| ([^|]*) \\|`, 'm').exec(page) ?? []
  return [...cell.replaceAll(/\([^)]*\)/g, '').matchAll(/`(\w+)`/g)].map(([, name = '']) => name)
}

const emitted = new Map(Object.keys(shapes).map((kind) => [kind, new Set<string>()]))
for (const folder of exampleFolders) {
  for (const { Type, Properties } of Object.values<Json>(exampleTemplate(folder).Resources))
    for (const name of Object.keys(Properties ?? {}))
      if (name !== 'ServiceToken' && name !== 'ServiceTimeout')
        emitted.get(Type.replace('Custom::Portcullis', ''))?.add(name)
}

test.each(Object.keys(shapes))('the properties of %s are those that some template has', (kind) => {
  expect(documented(kind).sort()).toEqual([...(emitted.get(kind) ?? [])].sort())
  expect(taken(kind)).toEqual(expect.arrayContaining(documented(kind)))
})

test('what the functions take besides is said, and goes on being taken', () => {
  const besides = Object.keys(shapes).flatMap((kind) =>
    taken(kind)
      .filter((name) => !documented(kind).includes(name))
      .map((name) => `${kind}.${name}`),
  )
  expect(besides).toEqual([
    'Certificate.KeyAlgorithm',
    'Certificate.Revision',
    'AliasRecord.Revision',
    'VpcLinkReady.Revision',
  ])
  expect(page).toContain(
    '`KeyAlgorithm` of a certificate (`RSA_2048` if left out), and `Revision` of a certificate, an alias record and a VPC link',
  )
})
