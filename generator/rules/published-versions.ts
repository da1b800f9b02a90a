import type { Diagnostic } from '../errors/diagnostic.ts'
import { show } from '../errors/show.ts'
import type { Model } from '../model/model.ts'

const why =
  'versions are append only: whoever launched an old one could no longer change it, and the order decides which is the newest'

/** What the config says about versions, against those that an earlier run wrote into the product (oldest first). */
export function publishedVersions(model: Model, published: readonly string[], record: string): Diagnostic[] {
  const names = model.delivery.serviceCatalog?.versions.map(({ name }) => name) ?? []
  const wrong = (message: string, remedy: string): Diagnostic => ({
    code: 'PC506',
    path: ['delivery', 'serviceCatalog', 'versions'],
    at: 'key',
    message,
    why,
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
      `version ${show(names[index])} stands before ${show(published[index])}, which is older`,
      `keep the order ${published.join(', ')}, and write new versions below it`,
    ),
  ]
}
