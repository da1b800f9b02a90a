/** The region of an environment stands in no manifest, but images and ARNs often tell it. */
import type { Value } from './value.ts'

/** A region that there is not, so that `generate` asks. */
export const UNKNOWN_REGION = 'xx-replaceme-1'

const TELLING = /(?:\.dkr\.ecr\.|arn:aws[a-z-]*:[a-z0-9-]+:|https:\/\/sqs\.)([a-z]{2}(?:-[a-z]+)+-[0-9])/g

/** Certificates for CloudFront are in us-east-1 wherever the rest is. */
const regionsIn = (value: Value): readonly string[] => {
  if (value.kind === 'scalar') return [...value.text.matchAll(TELLING)].flatMap(([, region]) => region ?? [])
  if (value.kind === 'list') return value.items.flatMap(regionsIn)
  if (value.kind === 'map')
    return value.entries.flatMap(({ key, value: each }) => (key === 'cdn' ? [] : regionsIn(each)))
  return []
}

/** The only region that they name, if it is one. */
export const onlyRegion = (values: readonly Value[]): string | undefined => {
  const found = new Set(values.flatMap(regionsIn))
  return found.size === 1 ? [...found][0] : undefined
}
