/** Tasks whose network interface the templates do not describe: nothing about it is known. */
import type { Hop } from '../judge/findings.ts'
import { hop, type Judgement } from '../judge/judgement.ts'
import { interfaceOf } from '../relations/tasks.ts'
import type { Resource } from '../resolve/program.ts'

/** Whether the tasks have an interface of their own; what is not known is left open. */
export function hasInterface(judgement: Judgement, tasks: Resource, because?: string, path?: readonly Hop[]): boolean {
  const found = interfaceOf(judgement.facts, tasks)
  if (found.is === 'own') return true
  const shown = path ?? [hop(judgement.facts, tasks)]
  const facet = found.isElsewhere || tasks.type !== 'AWS::ECS::Service' ? 'opens' : 'value'
  judgement.doubt(found.value, facet, found.isElsewhere ? found.because : (because ?? found.because), shown)
  return false
}
