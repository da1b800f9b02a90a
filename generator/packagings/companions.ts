import type { Layer } from '../layers/layer.ts'
import type { Model } from '../model/model.ts'
import type { OutputFile } from './assets.ts'
import type { Format } from './printed.ts'
import type { Companion } from './samconfig.ts'

/** Templates beside the application: what must be deployed in other accounts, or hands the application on. */
export function companions(
  _model: Model,
  _layers: readonly Layer[],
  _format: Format,
): { file: OutputFile; companion: Companion }[] {
  return []
}
