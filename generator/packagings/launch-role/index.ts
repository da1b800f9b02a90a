import type { Model } from '../../model/model.ts'
import type { OutputFile } from '../assets.ts'
import type { Format } from '../printed.ts'

export function launchRole(_model: Model, _standalone: OutputFile, _format: Format): OutputFile | undefined {
  return undefined
}
