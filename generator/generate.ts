import { layers } from './layers/index.ts'
import type { Layer } from './layers/layer.ts'
import type { Model } from './model/model.ts'
import type { Assets, OutputFile } from './packagings/assets.ts'
import { companions } from './packagings/companions.ts'
import type { Format } from './packagings/printed.ts'
import { record } from './packagings/record.ts'
import { samApplication } from './packagings/sam.ts'
import { samconfig } from './packagings/samconfig.ts'
import { standalone } from './packagings/standalone.ts'

/** All files of a config, below its folder. Pure: same model and assets, same bytes. Throws LimitError on a quota that the config breaks. */
export function generate(
  model: Model,
  assets: Assets,
  format: Format = 'yaml',
  architecture: readonly Layer[] = layers(model),
): OutputFile[] {
  const whole = standalone(model, architecture, assets, format)
  const beside = companions(model, architecture, whole, format)
  const files = [
    ...samApplication(model, architecture, assets, format),
    whole,
    ...beside.map(({ file }) => file),
    samconfig(
      model,
      beside.map(({ companion }) => companion),
      format,
    ),
  ]
  return [...files, record(files)]
}
