/** No other way in through the control plane or another network. */
import { type Door, doors } from '../declarations.ts'
import type { Answer } from '../facts/identity.ts'
import type { TemplatesClaim } from '../judge/claim.ts'
import { hop, type Judgement } from '../judge/judgement.ts'
import { quoted } from '../judge/settle.ts'
import { allRead, strangers } from '../obligations/unread.ts'
import { isNearProtected, standsByProtected } from '../relations/accounts.ts'
import {
  allowsExec,
  containerSources,
  doorSources,
  execSources,
  isUnreadContainer,
  leadsToVpnGateway,
  openingsOf,
} from '../relations/doors.ts'
import { type Editor, editorsIn, rightsSources } from '../relations/editors.ts'
import { isPartOfApis } from '../relations/ground.ts'
import { protectedThings } from '../relations/protected.ts'
import type { Resource } from '../resolve/program.ts'

export const noSideDoor: TemplatesClaim = {
  id: 'no-side-door',
  title: 'No control-plane door or other network opens another way in',
  about: 'all templates together',
  text: 'No ECS Exec, endpoint service, accelerator, peering, transit gateway, VPN, lattice, and no role, user or permission set that may edit groups, routes, the service, the API or rights.',
  targets: 'templates',
  judge: (judgement) => {
    const { facts } = judgement
    judgement.each(doorSources(facts), (each, resource) => {
      if (!each.facts.exists(resource)) return
      const openings = openingsOf(each.facts, resource)
      if (openings.length === 0) return
      const answer = standsByProtected(each.facts, resource)
      if (answer.is === 'no') {
        elsewhere(each, resource, answer)
        return
      }
      for (const { door, does, value } of openings)
        if (value)
          each.doubt(value, 'opens', `whether ${resource.id} ${does} is not known`, [hop(each.facts, resource)])
        else found(each, resource, door, does, answer)
    })
    judgement.each(facts.candidates('AWS::EC2::Route'), (each, route) => {
      const leads = leadsToVpnGateway(each.facts, route)
      if (leads === false || !each.facts.exists(route)) return
      const answer = standsByProtected(each.facts, route)
      if (answer.is === 'no') elsewhere(each, route, answer)
      else if (leads !== true && !each.allows('vpn', route.id))
        each.doubt(leads, 'value', `whether ${route.id} leads to a VPN gateway is not known`, [hop(each.facts, route)])
      else found(each, route, 'vpn', 'leads to a VPN gateway', answer)
    })
    strangers(judgement, protectedThings(facts))
    allRead(judgement, (each) => !isPartOfApis(each))
    judgement.each(execSources(facts), exec)
    judgement.each(rightsSources(facts), (each, resource) => {
      const editors = editorsIn(each.facts, resource)
      if (editors.length === 0 || !each.facts.exists(resource) || each.allows('group-editors', resource.id)) return
      // Rights are those in an account, whatever the Region.
      if (isNearProtected(each.facts, resource, ['AWS::AccountId']) === 'other') return
      for (const editor of editors) edits(each, resource, editor)
    })
    judgement.each(containerSources(facts), (each, container) => {
      if (each.facts.exists(container) && isUnreadContainer(each.facts, container))
        each.gap(
          container.id,
          'opens',
          `${container.id} (${container.type === '' ? 'a transform' : container.type}) cannot be read here, and may hold a role or a door`,
          [hop(each.facts, container)],
        )
    })
    if (!judgement.hasFindings())
      judgement.reason('no exec, endpoint service, accelerator, peering, VPN, lattice or editor of groups')
    return true
  },
}

function elsewhere(judgement: Judgement, resource: Resource, answer: Answer): void {
  judgement.holds(answer, 'value', '')
  judgement.reason(`${resource.id} is in a VPC with nothing to protect, which nothing connects to theirs`)
}

/** `stands`: whether it is in a VPC with something to protect, which is not no. */
function found(judgement: Judgement, resource: Resource, name: string, does: string, stands: Answer): void {
  const door = doors.find((each): each is Door => each === name)
  if (door && judgement.allows(door, resource.id)) {
    judgement.reason(`${resource.id} is allowed, as declared`)
    return
  }
  const flag = door && `--allow ${quoted(`${door}:${resource.id}`)}`
  const path = [hop(judgement.facts, resource)]
  if (stands.is === 'yes') {
    judgement.refute(`${resource.id} ${does}`, path, flag ? `remove it, or declare it: ${flag}` : 'remove it')
    return
  }
  const because = `${resource.id} ${does}; whether it leads to a VPC with something to protect is not known`
  if (flag) judgement.unsettled(resource.id, flag, because, path)
  else judgement.gap(resource.id, 'opens', because, path)
}

function edits(judgement: Judgement, resource: Resource, editor: Editor): void {
  const { facts } = judgement
  const flag = `--allow ${quoted(`group-editors:${resource.id}`)}`
  switch (editor.kind) {
    case 'certain': {
      const may = `${resource.id} may ${editor.action === '*' ? 'do everything' : editor.action}`
      const path = [hop(facts, resource, editor.action)]
      if (isNearProtected(facts, resource, ['AWS::AccountId']) === 'same')
        judgement.refute(`${may}, and so open a way in`, path, `take the right away, or declare it: ${flag}`)
      else judgement.unsettled(resource.id, flag, `${may}; whether it is in the same account is not known`, path)
      break
    }
    case 'unjudged':
      judgement.unsettled(
        resource.id,
        flag,
        `${resource.id} may ${editor.action}, which nobody has judged to be harmless`,
        [hop(facts, resource, editor.action)],
      )
      break
    case 'outside':
      judgement.doubt(editor.value, 'rights', `what ${editor.what} allows ${resource.id} is not known`, [
        hop(facts, resource, editor.what),
      ])
  }
}

function exec(judgement: Judgement, resource: Resource): void {
  const { facts } = judgement
  const answer = allowsExec(facts, resource)
  if (answer === false || !facts.exists(resource) || judgement.allows('exec', resource.id)) return
  const path = [hop(facts, resource, 'EnableExecuteCommand')]
  if (answer !== true) judgement.doubt(answer, 'value', `whether ${resource.id} allows ECS Exec is not known`, path)
  else
    judgement.refute(
      `${resource.id} allows ECS Exec, a shell in its tasks`,
      [{ node: 'control plane' }, ...path],
      `write EnableExecuteCommand: false, or declare it: --allow ${quoted(`exec:${resource.id}`)}`,
    )
}
