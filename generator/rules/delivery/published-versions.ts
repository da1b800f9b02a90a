import { show } from '../../errors/show.ts'
import type { Rule } from '../rule.ts'

/** What an earlier run wrote into the product, oldest first, and the name of the file that says so. */
export type Earlier = { readonly versions: readonly string[]; readonly record: string }

/** What the config says about versions, against those that an earlier run published. */
export const publishedVersions = ({ versions: published, record }: Earlier): Rule => ({
  id: 'PC506',
  title: 'No published version is removed, and new ones come last',
  why: 'versions are append-only: a product launched from a removed version could no longer be updated, and the order decides which one is the newest',
  check: (model) => {
    const names = model.delivery.serviceCatalog?.versions.map(({ name }) => name) ?? []
    const wrong = (message: string, remedy: string) => ({
      path: ['delivery', 'serviceCatalog', 'versions'],
      at: 'key' as const,
      message,
      remedy: `${remedy}; only if nothing was ever published from ${record}, delete that file`,
    })
    const missing = published.filter((name) => !names.includes(name))
    if (missing.length > 0)
      return missing.map((name) =>
        wrong(
          `version ${show(name)} of the product is missing`,
          `write ${show(name)} back in its place, with the address to which its template was uploaded`,
        ),
      )
    const index = published.findIndex((name, at) => names[at] !== name)
    if (index < 0) return []
    return [
      wrong(
        `version ${show(names[index])} comes before ${show(published[index])}, which is older`,
        `keep the order ${published.join(', ')}, and write new versions below it`,
      ),
    ]
  },
})
