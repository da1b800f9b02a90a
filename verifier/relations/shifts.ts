/** Where Amazon ECS points the rules and listeners that a deployment shifts, whatever action they write. */
import type { Facts } from '../facts/facts.ts'
import { type Answer, isIt } from '../facts/identity.ts'
import { mayName } from '../resolve/names.ts'
import type { Resource } from '../resolve/program.ts'
import { any, at, isAbsent, originsOf, piecesOf, type Value } from '../resolve/value.ts'

const services = (facts: Facts): readonly Resource[] => facts.candidates('AWS::ECS::Service')

/**
 * Target groups to which a service that names the rule or listener lets ECS point it:
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_AdvancedConfiguration.html
 */
export const shiftedTo = (facts: Facts, by: Resource): readonly Value[] =>
  services(facts)
    .filter((service) => mayName(facts.around.names, service.key, by.key) && facts.exists(service))
    .flatMap((service) => piecesOf(facts.get(service, 'LoadBalancers')))
    .flatMap((item): readonly Value[] => {
      const answers = ['ProductionListenerRule', 'TestListenerRule'].map((name) =>
        isIt(facts, at(item, `AdvancedConfiguration.${name}`), by.key),
      )
      const groups = ['TargetGroupArn', 'AdvancedConfiguration.AlternateTargetGroupArn'].map((path) => at(item, path))
      if (answers.some(({ is }) => is === 'yes')) return groups.filter((value) => !isAbsent(value))
      const open = answers.find((each): each is Answer & { is: 'maybe' } => each.is === 'maybe')
      return open ? [any(`${by.key} shifted`, 'all', ...originsOf(open.value))] : []
    })

/** Whether some service may name both it and the target group. */
export const mayShiftTo = (facts: Facts, by: Resource, group: Resource): boolean =>
  services(facts).some(({ key }) => [by, group].every((each) => mayName(facts.around.names, key, each.key)))
