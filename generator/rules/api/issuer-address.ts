import { notTheIssuer, type OtherAddress } from '../../aws/issuers.ts'
import { show } from '../../errors/show.ts'
import { givenValues } from '../../model/delivery/targets.ts'
import type { Path, Rule } from '../rule.ts'

type Written = { readonly path: Path; readonly value: string }
type Wrong = Written & OtherAddress

const wrong = ({ path, value }: Written): Wrong[] => {
  const other = notTheIssuer(value)
  return other === undefined ? [] : [{ path, value, ...other }]
}

export const issuerAddress: Rule = {
  id: 'PC315',
  title: 'The issuer of an authorizer is the address that its tokens carry',
  why: 'API Gateway compares it with the "iss" claim character by character, and would turn every caller away',
  docs: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html',
  check: ({ api: { authorizers }, targets, delivery }) => {
    const issuers = authorizers.flatMap((each) => (each.kind === 'jwt' ? [each.issuer] : []))
    const names = new Set(issuers.map(({ name }) => name))
    const written = issuers.map(({ from = [], default: value = '' }) => ({ path: from, value }))
    const given = givenValues(targets, delivery.stackSet).filter(({ name }) => names.has(name))
    return [...written, ...given].flatMap(wrong).map(({ path, value, what, remedy }) => ({
      path,
      message: `${show(value)} is ${what}`,
      remedy,
    }))
  },
}
