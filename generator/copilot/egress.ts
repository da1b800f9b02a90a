/** Copilot's tasks reached the internet; those of Portcullis only do so with NAT. */
import { isPrivateEcr } from '../aws/images.ts'
import { carried, type Item } from './item.ts'

/** Names that are answered inside the VPC, or that have an endpoint. */
const NEAR =
  /^(?:localhost|[^.]*|[0-9.]+|.*\.(?:local|internal|localhost|amazonaws\.com(?:\.cn)?|replace-me\.example))$/

const isFar = (text: string): boolean =>
  [...text.matchAll(/\bhttps?:\/\/(?:[^/@\s]*@)?([\w.-]+)/g)].some(([, host = '']) => !NEAR.test(host.toLowerCase()))

/** The first image or variable that needs the internet, as the reason for `network.egress: nat`. */
export const withEgress = (items: readonly Item[]): readonly Item[] => {
  const reason = items.find((item) => {
    if (item.kind !== 'carried' || item.to === undefined) return false
    const to = item.to[0] === 'environments' ? item.to.slice(2) : item.to
    const [section, , key] = to
    if (section !== 'services' && section !== 'jobs') return false
    if (item.to.at(-1) === 'image') return typeof item.value === 'string' && !isPrivateEcr(item.value)
    if (item.to.at(-2) === 'sidecars' && typeof item.value === 'object') return true
    return (
      (key === 'environment' || item.to.at(-2) === 'environment') && typeof item.value === 'string' && isFar(item.value)
    )
  })
  return reason === undefined
    ? items
    : [
        ...items,
        carried(reason.from, ['network', 'egress'], 'nat', {
          unless: ['network', 'existing'],
          note: 'it is on the internet, which tasks reach through NAT gateways only; they cost more than endpoints alone',
        }),
      ]
}
