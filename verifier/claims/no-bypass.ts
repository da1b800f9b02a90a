/** No execute-api endpoint, second domain or mapping goes around the custom domain. */
import type { Claim } from '../judge/claim.ts'
import { hop, inFile, type Judgement } from '../judge/judgement.ts'
import { quoted } from '../judge/settle.ts'
import { allRead, nothingUnread } from '../obligations/unread.ts'
import { apiOf, apiTypes, isOnLink } from '../relations/apis.ts'
import {
  isEndpointOff,
  isSameDomain,
  isWrittenOut,
  type Mapped,
  mappedTo,
  mappingSources,
  mapsTo,
} from '../relations/domains.ts'
import { mayBePartOf } from '../relations/ground.ts'
import type { Resource } from '../resolve/program.ts'

export const noBypass: Claim = {
  id: 'no-bypass',
  title: 'No execute-api endpoint, second domain or mapping goes around the custom domain',
  about: 'each API on a link',
  text: 'With a custom domain: no execute-api endpoint and no second domain. Without one, execute-api is the entrance, and the verdict says so.',
  targets: apiTypes,
  judge: (judgement, target) => {
    const { facts } = judgement
    if (!isOnLink(facts, apiOf(target))) return false
    const domains = mappedTo(facts, target)
    const [first] = domains
    nothingUnread(judgement, [target, ...domains.flatMap(({ resource }) => resource ?? [])])
    allRead(judgement, (each, below) => mayBePartOf(below, each, target, 'entrance'))
    judgement.each(mappingSources(facts), (each, by) => {
      const answer = mapsTo(each.facts, by, target)
      if (answer.is === 'no') each.holds(answer, 'value', '')
      else if (answer.is === 'maybe' && each.facts.exists(by))
        each.doubt(answer.value, 'value', `whether ${by.id} leads to ${target.id} is not known`, [
          { node: 'internet' },
          hop(each.facts, by, 'perhaps a second domain'),
          hop(each.facts, target),
        ])
    })
    if (!first) {
      judgement.reason('there is no custom domain: the execute-api endpoint is the entrance')
      return true
    }
    endpoint(judgement, target, first)
    for (const second of domains.slice(1)) secondDomain(judgement, target, first, second)
    return true
  },
}

function endpoint(judgement: Judgement, target: Resource, first: Mapped): void {
  const { facts } = judgement
  const off = isEndpointOff(facts, target)
  const path = [{ node: 'internet', via: 'the execute-api endpoint' }, hop(facts, target)]
  if (off.is === undefined)
    judgement.doubt(off.value, 'value', 'whether the execute-api endpoint is disabled is not known', path)
  else if (off.is) judgement.reason(`the execute-api endpoint is disabled (${inFile(facts.place(target))})`)
  else
    judgement.refute(
      `the execute-api endpoint of ${target.id} goes around ${first.resource?.id ?? 'the custom domain'}${off.isSaid ? '' : ': it is enabled unless disabled'}`,
      path,
      'write DisableExecuteApiEndpoint: true',
    )
}

function secondDomain(judgement: Judgement, target: Resource, first: Mapped, second: Mapped): void {
  const { facts } = judgement
  const isSame = isSameDomain(first, second)
  const name = second.resource?.id ?? second.by.id
  const path = [{ node: 'internet' }, hop(facts, second.by, 'a second domain'), hop(facts, target)]
  const flag = `--allow ${quoted(`second-domain:${name}`)}`
  if (isSame === true) judgement.reason('exactly one domain leads to the API')
  else if (judgement.allows('second-domain', name)) judgement.reason('more than one domain, as declared')
  else if (isSame === undefined) {
    const because = `whether ${second.by.id} belongs to a second domain is not known`
    const value = second.resource ? first.domain : second.domain
    // A name that the template writes leads to a domain that is there already: no value says more.
    if (isWrittenOut(value)) judgement.unsettled(name, flag, because, path)
    else judgement.doubt(value, 'value', because, path)
  } else
    judgement.refute(
      `${second.by.id} leads to ${target.id} through a second domain`,
      path,
      `remove it, or declare it: ${flag}`,
    )
}
