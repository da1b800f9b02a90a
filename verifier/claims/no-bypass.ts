/** No execute-api endpoint, second domain or mapping goes around the custom domain. */
import { apisOnLinks, httpApis, restApis } from '../facts/apis.ts'
import { domainKey, domainsOf } from '../facts/domains.ts'
import { booleanOf, isAbsent } from '../resolve/value.ts'
import { guard } from './guard.ts'
import { type Claim, hop } from './judgement.ts'

export const noBypass: Claim = {
  id: 'no-bypass',
  targets: [...httpApis, ...restApis],
  judge: (facts, judgement, target) => {
    if (!apisOnLinks(facts).some(({ resource }) => resource === target)) return false
    const domains = domainsOf(facts, target)
    const [first] = domains
    guard(facts, judgement, [target, ...domains.flatMap(({ resource }) => resource ?? [])])
    if (!first) {
      judgement.reason('there is no custom domain: the execute-api endpoint is the entrance')
      return true
    }
    const disabled = facts.get(target, 'DisableExecuteApiEndpoint')
    const isDisabled = booleanOf(disabled, false)
    const path = [{ node: 'internet', via: 'the execute-api endpoint' }, hop(facts, target)]
    if (isDisabled === undefined)
      judgement.doubt(disabled, 'value', 'whether the execute-api endpoint is disabled is not known', path)
    else if (!isDisabled)
      judgement.refute(
        `the execute-api endpoint of ${target.id} goes around ${first.resource?.id ?? 'the custom domain'}${isAbsent(disabled) ? ': it is enabled unless disabled' : ''}`,
        path,
        'write DisableExecuteApiEndpoint: true',
      )
    else judgement.reason(`the execute-api endpoint is disabled (line ${facts.place(target).line})`)
    const second = domains.find((each) => domainKey(each) !== domainKey(first))
    if (second && !facts.around.declarations.allow.has('second-domain'))
      judgement.refute(
        `${second.by.id} leads to ${target.id} through a second domain`,
        [{ node: 'internet' }, hop(facts, second.by, 'a second domain'), hop(facts, target)],
        'remove it, or declare it: --allow second-domain',
      )
    else judgement.reason(second ? 'more than one domain, as declared' : 'exactly one domain leads to the API')
    return true
  },
}
