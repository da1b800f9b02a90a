/** What the name of a container image says about where it comes from. */
import { ACCOUNT } from './patterns.ts'

const ecrHost = (account: string, region: string): string =>
  `${account}\\.dkr\\.ecr(?:-fips)?\\.${region}\\.amazonaws\\.com(?:\\.cn)?/`

const WORD = '[a-z0-9]+'
const words = (separators: string): string => `${WORD}(?:${separators}+${WORD})*`
const DIGEST = '(?:@sha256:[a-f0-9]{64})?'

/** `registry/repository:tag@digest` of the config; only the host may hold {region}. */
export const IMAGE = `(?:[a-z0-9](?:[a-z0-9.-]|\\{region\\})*(?::[0-9]+)?/)?${words('[._-]')}(?:/${words('[._-]')})*(?::[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?${DIGEST}`

/** Shorter, because templates carry it once for each service: it takes all that `IMAGE` takes, with the region filled in. */
export const imageInTemplate = (privateEcrOnly: boolean): string =>
  `${privateEcrOnly ? ecrHost(ACCOUNT, '[a-z0-9-]+') : '(?:[a-z0-9][a-z0-9.-]*(?::[0-9]+)?/)?'}${words('[._/-]')}(?::[A-Za-z0-9_][A-Za-z0-9_.-]*)?${DIGEST}`

const PRIVATE_ECR = new RegExp(`^${ecrHost(ACCOUNT, '([a-z0-9-]+|\\{region\\})')}`)

export const isPrivateEcr = (image: string): boolean => PRIVATE_ECR.test(image)

/** The region of a private ECR image; none when it follows the deploying region or is from elsewhere. */
export const imageRegion = (image: string): string | undefined => {
  const region = PRIVATE_ECR.exec(image)?.[1]
  return region === '{region}' ? undefined : region
}

/** The port at which an image is pulled. */
export const registryPort = (image: string): number => Number(/^[^/]*:([0-9]+)\//.exec(image)?.[1] ?? 443)

export type EcrRepository = { readonly registry: string; readonly name: string }

/** Where an image of a private ECR repository lies. */
export const ecrRepository = (image: string): EcrRepository => {
  const [registry = ''] = image.split('.', 1)
  const [name = ''] = image.slice(image.indexOf('/') + 1).split(/[:@]/, 1)
  return { registry, name }
}
