import { VPC_LINK_ZONE_IDS } from '../../aws/vpc-link-zones.ts'
import { isPlaceholder } from '../../config/placeholders.ts'
import type { Config } from '../../config/schema/index.ts'
import { nearest } from '../../errors/nearest.ts'
import type { Finding, Rule } from '../rule.ts'

export const zonesInRegion: Rule = {
  id: 'PC202',
  title: 'Every region has as many Availability Zones with VPC links as the network spans',
  why: 'a VPC link cannot be created in a subnet of any other zone, and a load balancer needs two zones',
  docs: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html',
  check: (model, config) => {
    const wanted = model.network.zones
    const { at, how } = countOf(config)
    const places = new Map(
      // A placeholder is asked for by a rule of its own.
      model.targets
        .filter(({ region }) => !isPlaceholder(region))
        .map(({ region, regionAt }) => [JSON.stringify([region, regionAt]), { region, path: regionAt }]),
    )
    return [...places.values()].flatMap(({ region, path }): Finding[] => {
      const known = Object.hasOwn(VPC_LINK_ZONE_IDS, region) ? VPC_LINK_ZONE_IDS[region] : undefined
      if (known === undefined) {
        const meant = nearest(region, Object.keys(VPC_LINK_ZONE_IDS))
        return [
          {
            path,
            message: `no Availability Zone with VPC links is known in "${region}"`,
            remedy: `${meant === undefined ? '' : `did you mean ${meant}? `}use one of ${Object.keys(VPC_LINK_ZONE_IDS).join(', ')}`,
          },
        ]
      }
      if (known.length >= wanted) return []
      return [
        {
          path,
          also: at,
          message: `${region} has ${known.length} Availability Zones with VPC links, not ${wanted}`,
          remedy: `${how(known.length)}, or deploy to another region`,
        },
      ]
    })
  },
}

/** Where the number of zones comes from, and how to change it. */
const countOf = ({ network: { existing } }: Config) =>
  existing?.subnets === undefined
    ? { at: ['network', 'availabilityZones'], how: (zones: number) => `set network.availabilityZones to ${zones}` }
    : { at: ['network', 'existing', 'subnets'], how: (zones: number) => `give ${zones} subnets` }
