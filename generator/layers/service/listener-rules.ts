import { type Fragment, fragment } from '../../cfn/fragment.ts'
import { ref } from '../../cfn/handle.ts'
import { resource } from '../../cfn/resource.ts'
import type { Value } from '../../cfn/value.ts'
import type { ListenerRule } from '../../model/load-balancer/listener-rules.ts'
import type { Fronted } from '../../model/service/fronted.ts'
import { applicationName } from '../application-name.ts'
import { HttpsListener } from '../handles/load-balancer.ts'
import { alternateTargetGroup, listenerRule, targetGroup } from '../handles/service.ts'
import { APPLICATION_HEADER, SERVICE_HEADER } from '../headers.ts'
import { filled, paramOf } from '../parameters.ts'

export const listenerRules = (service: Fronted): Fragment =>
  fragment(
    ...service.listenerRules.map((rule) =>
      rule.header === undefined
        ? resource(listenerRule(service, rule), {
            ListenerArn: ref(HttpsListener),
            Priority: rule.priority,
            Conditions: [
              { Field: 'path-pattern', PathPatternConfig: { Values: rule.paths } },
              ...ofHosts(rule),
              ...ofApplication(rule),
            ],
            Actions: [{ Type: 'forward', TargetGroupArn: ref(targetGroup(service)) }],
          })
        : resource(
            listenerRule(service, rule),
            {
              ListenerArn: ref(HttpsListener),
              Priority: rule.priority,
              Conditions: [demands(SERVICE_HEADER, rule.header), ...ofApplication(rule)],
              Actions: [
                {
                  Type: 'forward',
                  ForwardConfig: {
                    TargetGroups: [
                      { TargetGroupArn: ref(targetGroup(service)), Weight: 1 },
                      { TargetGroupArn: ref(alternateTargetGroup(service)), Weight: 0 },
                    ],
                  },
                },
              ],
            },
            {
              why: 'ECS moves the weights, and an update of this rule would set them back: no change of the config changes it. The header is set by the integration of this service, whatever the client sends.',
            },
          ),
    ),
  )

const demands = (name: string, value: Value<string>) => ({
  Field: 'http-header',
  HttpHeaderConfig: { HttpHeaderName: name, Values: [value] },
})

/** The integrations hand on the name that the client asked for. */
const ofHosts = ({ hosts }: ListenerRule) =>
  hosts === undefined
    ? []
    : [
        {
          Field: 'host-header',
          HostHeaderConfig: { Values: hosts.map((host) => (typeof host === 'string' ? filled(host) : paramOf(host))) },
        },
      ]

/** Behind the same listener there may be other applications, whose APIs must not lead here. */
const ofApplication = (rule: ListenerRule) => (rule.ofApplication ? [demands(APPLICATION_HEADER, applicationName)] : [])
