import { environments } from '../../model/delivery/targets.ts'
import type { Finding, Rule } from '../rule.ts'

export const environmentsOfPlatform: Rule = {
  id: 'PC483',
  title: 'An environment is one of the platform, in the same region and account',
  why: 'what is exported can be imported in the same account and region only, under the name that the platform has there',
  docs: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-exports.html',
  check: ({ platform, targets, delivery }) => {
    if (platform === undefined) return []
    const known = environments(platform.model.targets)
    const ofStackSet = delivery.stackSet === undefined ? [] : [delivery.stackSet]
    return [
      ...ofStackSet.map(
        (): Finding => ({
          path: ['delivery', 'stackSet'],
          at: 'key',
          message:
            'a stack set would need the platform in each of its accounts and regions, and nothing says it is there',
          remedy: 'remove the stack set, and deploy each environment',
        }),
      ),
      ...(known.length === 0 ? [] : environments(targets)).flatMap((target): Finding[] => {
        const there = known.find(({ name }) => name === target.name)
        if (there === undefined)
          return [
            {
              path: target.at,
              at: 'key',
              message: `the platform has no environment ${target.name}`,
              remedy: `use one of ${known.map(({ name }) => name).join(', ')}, or add it to the platform`,
            },
          ]
        const isElsewhere =
          there.region !== target.region ||
          (there.account !== undefined && target.account !== undefined && there.account !== target.account)
        return isElsewhere
          ? [
              {
                path: target.at,
                at: 'key',
                message: `${target.label} is in ${placeOf(target)}, but that of the platform in ${placeOf(there)}`,
                remedy: 'write the same region and account in both',
              },
            ]
          : []
      }),
    ]
  },
}

const placeOf = ({ region, account }: { readonly region: string; readonly account?: string }): string =>
  account === undefined ? region : `${region} of account ${account}`
