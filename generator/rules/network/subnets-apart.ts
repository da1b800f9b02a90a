import { isPlaceholder } from '../../config/placeholders.ts'
import { placeOf, valueAt } from '../../model/delivery/targets.ts'
import type { Finding, Path, Rule } from '../rule.ts'

export const subnetsApart: Rule = {
  id: 'PC207',
  title: 'Every subnet of an existing VPC is written once',
  why: 'a load balancer takes one subnet of a zone, and two at least',
  docs: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-subnets.html',
  check: ({ network, targets }) => {
    if (network.kind === 'new') return []
    const written = twice(network.subnets.map((each) => ({ value: each.default, path: each.from ?? [] })))
    return written.length > 0
      ? written
      : targets.flatMap((target) =>
          twice(network.subnets.map((each) => ({ value: valueAt(target, each), path: placeOf(target, each) }))),
        )
  },
}

type Subnet = { readonly value: string | undefined; readonly path: Path }

const twice = (subnets: readonly Subnet[]): Finding[] =>
  subnets
    .filter(
      ({ value }, index) =>
        value !== undefined &&
        !isPlaceholder(value) &&
        subnets.slice(0, index).some((earlier) => earlier.value === value),
    )
    .map(({ value, path }) => ({
      path,
      message: `the subnet ${value} is written twice`,
      remedy: 'give the id of a subnet in another Availability Zone',
    }))
