import type { Names } from '../interpolate.ts'
import type { Mapping, Path } from '../value.ts'

export type Kind =
  | 'Load Balanced Web Service'
  | 'Backend Service'
  | 'Worker Service'
  | 'Scheduled Job'
  | 'Request-Driven Web Service'

/** What a handler may look at beside its own value. */
export type Context = {
  /** The whole manifest, as it counts in one environment. */
  readonly manifest: Mapping
  readonly kind: Kind
  readonly name: string
  /** Where the workload is in the config: `services.api`, `jobs.nightly`. */
  readonly path: Path
  /** Where the container is: the workload, or one of its sidecars. */
  readonly container: Path
  readonly names: Names
  /** Path -> text of what is beside the manifests. */
  readonly files: Readonly<Record<string, string>>
  /** Name of each other service that may be called -> its key in the config. */
  readonly peers: ReadonlyMap<string, string>
}

export const isReached = ({ kind, manifest }: Pick<Context, 'kind' | 'manifest'>): boolean =>
  kind === 'Load Balanced Web Service' || kind === 'Request-Driven Web Service'
    ? !manifest.entries.some(({ key, value }) => key === 'http' && value.kind === 'scalar' && value.text === 'false')
    : false
