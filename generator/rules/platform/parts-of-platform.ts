import type { Config } from '../../config/schema/index.ts'
import { isSet } from '../../config/schema/lookup.ts'
import type { Path, Rule } from '../rule.ts'

/** Sections that the platform brings, with the keys that an application on it may still write. */
const BROUGHT: Readonly<Record<string, readonly string[]>> = { network: [], cluster: [], loadBalancer: ['priorities'] }

/** `written`: without what the platform gives. */
export const partsOfPlatform = (written: Config): Rule => ({
  id: 'PC482',
  title: 'What the platform brings is not written again',
  why: 'network, cluster, load balancer and VPC link are those of the platform, so a key would change nothing',
  check: () => [
    ...(written.share
      ? [
          {
            path: ['share'],
            at: 'key' as const,
            also: ['uses'],
            message: 'an application that uses another one has nothing to share',
            remedy: 'remove share, and let others use the same platform',
          },
        ]
      : []),
    ...(written.api.vpcLink === undefined
      ? []
      : [
          {
            path: ['api', 'vpcLink'],
            at: 'key' as const,
            also: ['uses'],
            message: '"api.vpcLink" is given by the platform',
            remedy: 'remove the key, or write it in the config of the platform',
          },
        ]),
    ...Object.entries(BROUGHT).flatMap(([section, kept]) =>
      Object.entries(written[section as keyof Config] as Readonly<Record<string, unknown>>)
        .filter(([key, value]) => !kept.includes(key) && !isEmptyList(value))
        .map(([key]): Path => [section, key])
        .filter((path) => isSet(written, path))
        .map((path) => ({
          path,
          at: 'key' as const,
          also: ['uses'],
          message: `"${path.join('.')}" is given by the platform`,
          remedy: 'remove the key, or write it in the config of the platform',
        })),
    ),
  ],
})

const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0
