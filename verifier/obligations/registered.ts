/** Whether a target group takes the tasks of a service as its targets. */
import type { Hop } from '../judge/findings.ts'
import { hop, type Judgement } from '../judge/judgement.ts'
import { isInVpcOf } from '../relations/load-balancers.ts'
import { missingContainer, targetTypeOf } from '../relations/registration.ts'
import { taskSubnets } from '../relations/tasks.ts'
import type { Resource } from '../resolve/program.ts'
import type { Value } from '../resolve/value.ts'

type Path = readonly Hop[]

/** Tasks with a network interface of their own are registered by address: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/alb.html */
export function takesTasks(judgement: Judgement, service: Resource, group: Resource, path: Path): void {
  const { facts } = judgement
  const at = [...path, hop(facts, group)]
  const type = targetTypeOf(facts, group)
  if ('unknown' in type) judgement.doubt(type.unknown, 'value', `what ${group.id} takes as targets is not known`, at)
  else if (type.known !== 'ip')
    judgement.refute(
      `${group.id} takes no addresses as targets, but TargetType ${type.known}, and the tasks of ${service.id} are registered by address`,
      at,
      'write TargetType: ip',
    )
  const missing = missingContainer(facts, service, group)
  if (missing) judgement.refute(missing.because, [...path, hop(facts, service)], missing.remedy)
  inVpcOf(judgement, group, service, taskSubnets(facts, service), path)
}

/** Targets are reached in the VPC of their group. */
export function inVpcOf(judgement: Judgement, group: Resource, other: Resource, subnets: Value, path: Path): void {
  const answer = isInVpcOf(judgement.facts, group, subnets)
  if (answer.is === 'yes') return
  const because = `the targets of ${group.id} are in a different VPC from ${other.id}`
  if (answer.is === 'maybe' || answer.because === 'by assumption') judgement.doubt(answer.value, 'value', because, path)
  else judgement.refute(because, path, `give ${group.id} the VPC of ${other.id}`)
}
