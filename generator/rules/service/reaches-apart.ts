import { isGiven, valueAt } from '../../model/delivery/targets.ts'
import type { Model } from '../../model/model.ts'
import { meaningOf, type Parameter } from '../../model/parameters/parameter.ts'
import type { Reach } from '../../model/task/reaches.ts'
import { tasks } from '../../model/tasks.ts'
import type { Finding, Path, Rule } from '../rule.ts'

export const reachesApart: Rule = {
  id: 'PC436',
  title: 'What a service reaches has a name of its own, and is written once',
  why: 'rules and parameters are named after the name or the port, and EC2 refuses a rule that exists already',
  docs: 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html',
  check: (model) =>
    tasks(model).flatMap(({ reaches }) => [
      ...sameName(reaches),
      ...sameRule(model, reaches),
      ...intoClosedGroups(model, reaches),
    ]),
}

const entryOf = ({ peer }: Reach): Path => (peer.from ?? []).slice(0, -1)
const place = (path: Path): string => `entry ${Number(path.at(-1)) + 1}`

/** Each pair once, the later entry first, as it is the one that is too many. */
const pairs = (reaches: readonly Reach[]): [Reach, Reach][] =>
  reaches.flatMap((one, index) =>
    reaches
      .slice(index + 1)
      .map((other): [Reach, Reach] =>
        Number(entryOf(one).at(-1)) > Number(entryOf(other).at(-1)) ? [one, other] : [other, one],
      ),
  )

const sameName = (reaches: readonly Reach[]): Finding[] =>
  pairs(reaches)
    .filter(([later, first]) => later.word === first.word)
    .map(([later, first]) => ({
      path: entryOf(later),
      also: entryOf(first),
      message: `it cannot be told from ${place(entryOf(first))}: both become ${later.peer.name}`,
      remedy: 'give one of them a name of its own, such as name: orders-db; the other keeps what is deployed',
    }))

/** By the values of the config, and by those that a target gives instead. */
const sameRule = ({ targets }: Model, reaches: readonly Reach[]): Finding[] =>
  pairs(reaches)
    .filter(([later, first]) => later.word !== first.word && later.kind === first.kind && later.port === first.port)
    .flatMap(([later, first]): Finding[] => {
      if (meaningOf(later.peer) === meaningOf(first.peer))
        return [
          {
            path: entryOf(later),
            also: entryOf(first),
            message: `${place(entryOf(first))} reaches the same`,
            remedy: 'remove one of them',
          },
        ]
      const target = targets.find((each) => valueAt(each, later.peer) === valueAt(each, first.peer))
      return target === undefined
        ? []
        : [
            {
              path: [...target.parametersAt, (isGiven(target, later.peer) ? later : first).peer.name],
              message: `${later.peer.name} and ${first.peer.name} are the same in ${target.label}`,
              remedy: 'give one of them another value there',
            },
          ]
    })

type Closed = { readonly group: Parameter; readonly at: Path; readonly because: string }

/** Groups to which tasks open nothing beside what is generated. */
const closedGroups = ({ network: { egress }, loadBalancer, platform }: Model): Closed[] =>
  // Of a platform nobody knows the ids.
  platform !== undefined
    ? []
    : [
        ...(egress.kind === 'existing-endpoints'
          ? [
              {
                group: egress.group,
                at: ['network', 'existing', 'endpoints'],
                because: 'it is the group of the endpoints, which tasks reach without it',
              },
            ]
          : []),
        ...(loadBalancer.kind === 'existing'
          ? [
              {
                group: loadBalancer.group,
                at: ['loadBalancer', 'existing', 'securityGroup'],
                because: 'it is the group of the load balancer, which only VPC links may reach',
              },
            ]
          : []),
      ]

const intoClosedGroups = (model: Model, reaches: readonly Reach[]): Finding[] =>
  closedGroups(model).flatMap(({ group, at, because }) =>
    reaches
      .filter(({ kind }) => kind === 'group')
      .filter(
        ({ peer }) =>
          meaningOf(peer) === meaningOf(group) ||
          model.targets.some((each) => valueAt(each, peer) === valueAt(each, group)),
      )
      .map((reach) => ({ path: entryOf(reach), also: at, message: because, remedy: 'remove the entry' })),
  )
