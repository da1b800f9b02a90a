// The template of examples/from-public that is not ours, and how docs/from-public.md changes it, step by step.
import { readFileSync } from 'node:fs'
import { type Json, readTemplate } from './read-template.ts'

export const oldShop = (): Json => readTemplate(readFileSync('examples/from-public/old-shop.yaml', 'utf8'))

const targets = { TargetGroupArn: { Ref: 'TargetGroupArn' }, ContainerName: 'orders', ContainerPort: 8080 }

/** The service registers its tasks with the new load balancer too. */
export function behindBoth(): Json {
  const template = oldShop()
  template.Parameters.TargetGroupArn = { Type: 'String' }
  template.Resources.Service.Properties.LoadBalancers.push(targets)
  return template
}

/** The name leads to the API. */
export function moved(): Json {
  const template = behindBoth()
  Object.assign(template.Parameters, { AliasTarget: { Type: 'String' }, AliasTargetHostedZoneId: { Type: 'String' } })
  template.Resources.Record.Properties.AliasTarget = {
    DNSName: { Ref: 'AliasTarget' },
    HostedZoneId: { Ref: 'AliasTargetHostedZoneId' },
  }
  return template
}

const OF_THE_PUBLIC_ONE = [
  'PublicGroup',
  'PublicCertificate',
  'PublicLoadBalancer',
  'PublicTargetGroup',
  'PublicListener',
  'TaskIngressFromPublic',
]

/** The public load balancer is gone. */
export function closed(): Json {
  const template = moved()
  for (const id of OF_THE_PUBLIC_ONE) delete template.Resources[id]
  const { Service } = template.Resources
  delete Service.DependsOn
  Service.Properties.LoadBalancers = [targets]
  return template
}
