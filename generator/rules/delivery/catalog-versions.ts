import type { Finding, Rule } from '../rule.ts'

export const catalogVersions: Rule = {
  id: 'PC506',
  title: 'Only the last version of the product is current, and no two have the same template',
  why: 'versions are append-only: the last is published, and what was published before must stay what it was',
  check: (model) => {
    const versions = model.delivery.serviceCatalog?.versions ?? []
    const seen = new Map<string, string>()
    return versions.flatMap(({ name, source }, index): Finding[] => {
      const path = ['delivery', 'serviceCatalog', 'versions', name]
      if (source === 'current')
        return index === versions.length - 1
          ? []
          : [
              {
                path,
                message: `version "${name}" is current, but not the last`,
                remedy: `write the address to which "${name}" was uploaded, and write current for the last version "${versions.at(-1)?.name}"`,
              },
            ]
      const other = seen.get(source.url)
      if (other !== undefined)
        return [
          {
            path,
            also: ['delivery', 'serviceCatalog', 'versions', other],
            message: `versions "${other}" and "${name}" have the same template`,
            remedy: 'give each version the address of its own upload',
          },
        ]
      seen.set(source.url, name)
      return []
    })
  },
}
