import type { Config } from '../../config/schema/index.ts'
import type { Model } from '../../model/model.ts'
import { writtenSecrets } from '../../model/task/written.ts'

/** Secrets that are the same everywhere; the others are parameters. */
export const fixedSecrets = (config: Config, { parameters }: Model): ReturnType<typeof writtenSecrets> => {
  const varied = new Set(Object.values(parameters).map(({ from }) => from?.join('.')))
  return writtenSecrets(config).filter(({ path }) => !varied.has(path.join('.')))
}
