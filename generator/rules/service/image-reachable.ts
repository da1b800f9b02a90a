import { isPrivateEcr } from '../../aws/images.ts'
import { writtenContainers } from '../../model/task/written.ts'
import { openEgress } from '../open-egress.ts'
import type { Finding, Rule } from '../rule.ts'

/** Namespaces that Amazon ECR proposes for its pull-through caches. */
const UPSTREAM: Readonly<Record<string, string>> = {
  'public.ecr.aws': 'ecr-public',
  'quay.io': 'quay',
  'ghcr.io': 'github',
  'registry.k8s.io': 'kubernetes',
  'docker.io': 'docker-hub',
}

/** The same image behind a pull-through cache. */
const cached = (image: string): string => {
  const [first = '', ...rest] = image.split('/')
  const hasHost = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost')
  const host = hasHost ? first : 'docker.io'
  const name = hasHost ? rest.join('/') : image
  const repository = host === 'docker.io' && !name.includes('/') ? `library/${name}` : name
  return `<account>.dkr.ecr.{region}.amazonaws.com/${UPSTREAM[host] ?? 'cache'}/${repository}`
}

export const imageReachable: Rule = {
  id: 'PC203',
  title: 'With egress through endpoints only, every image is in a private ECR repository',
  why: 'without an internet route, the tasks reach private ECR through VPC endpoints and no other registry, so they would never start',
  docs: 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache.html',
  check: (model, config) =>
    model.network.egress.internet
      ? []
      : writtenContainers(config)
          .filter(({ container: { image } }) => !isPrivateEcr(image))
          .map(
            ({ at, container: { image, registryCredentials } }): Finding => ({
              path: [...at, 'image'],
              message: `the image "${image}" is not in a private ECR repository`,
              remedy: `push it to ECR, use a pull-through cache (${cached(image)}${registryCredentials === undefined ? '' : ', with the credentials in a secret whose name begins with ecr-pullthroughcache/'}), or ${openEgress(model)}`,
            }),
          ),
}
