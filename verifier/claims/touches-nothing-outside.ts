/** No rule, member, route, mapping, listener, target or policy acts on something that the templates do not create. */
import type { TemplatesClaim } from '../judge/claim.ts'
import { hop, type Judgement } from '../judge/judgement.ts'
import { quoted } from '../judge/settle.ts'
import { allRead } from '../obligations/unread.ts'
import { actors, isUnreadProgram, labelOf, type Named, namedFromOutside, unreadPrograms } from '../relations/acts.ts'
import { containerSources, isUnreadContainer } from '../relations/doors.ts'
import { editorsIn, rightsSources } from '../relations/editors.ts'
import type { Resource } from '../resolve/program.ts'

export const touchesNothingOutside: TemplatesClaim = {
  id: 'touches-nothing-outside',
  title: 'Nothing acts on what the templates do not create',
  about: 'all templates together',
  text: 'No rule, member, route, mapping, listener, target or policy of the templates acts on something that they do not create. A note: it changes neither the verdict of the whole nor the exit code.',
  targets: 'templates',
  judge: (judgement) => {
    const { facts } = judgement
    judgement.each(actors(facts), (each, resource) => {
      const named = namedFromOutside(each.facts, resource)
      if (named.length > 0 && each.facts.exists(resource)) for (const one of named) acts(each, resource, one)
    })
    judgement.each(rightsSources(facts), edits)
    judgement.each(unreadPrograms(facts), (each, custom) => {
      if (isUnreadProgram(each.facts, custom))
        each.gap(custom.id, 'opens', `what the program of ${custom.id} (${custom.type}) acts on is not known here`, [
          hop(each.facts, custom),
        ])
    })
    judgement.each(containerSources(facts), (each, container) => {
      if (each.facts.exists(container) && isUnreadContainer(each.facts, container))
        each.gap(
          container.id,
          'opens',
          `${container.id} (${container.type === '' ? 'a transform' : container.type}) cannot be read here, and may act on anything`,
          [hop(each.facts, container)],
        )
    })
    allRead(judgement, () => true)
    if (!judgement.hasFindings()) judgement.reason('all that the templates act on is created by them')
    return true
  },
}

const does: Readonly<Record<Named['act'], string>> = {
  rule: 'changes the rules of',
  member: 'carries',
  plan: 'starts hosts with the groups of',
  'default-group': 'names no group and so carries the default group of the VPC of',
  route: 'changes or joins the network of',
  mapping: 'becomes part of',
  listener: 'changes the listeners of',
  target: 'is joined to',
  policy: 'changes the rights of or to',
  unjudged: 'does something unjudged with',
}

function acts(judgement: Judgement, resource: Resource, { path, act, value, whose }: Named): void {
  const because = `${resource.id} ${does[act]} ${labelOf(value)}`
  const hops = [hop(judgement.facts, resource, path), { node: labelOf(value) }]
  if (whose === 'outside')
    judgement.refute(
      `${because}, which the templates do not create`,
      hops,
      `take ${path} from a resource of the templates, or verify the template that creates it together with this one`,
    )
  else judgement.doubt(value, 'opens', `${because}, and whether the templates create it is not known`, hops)
}

/** A right is not an act, but its holder may act. */
function edits(judgement: Judgement, resource: Resource): void {
  const { facts } = judgement
  const editors = editorsIn(facts, resource)
  if (editors.length === 0 || !facts.exists(resource) || judgement.allows('group-editors', resource.id)) return
  for (const editor of editors)
    if (editor.kind === 'outside')
      judgement.doubt(editor.value, 'rights', `what ${editor.what} allows ${resource.id} is not known`, [
        hop(facts, resource, editor.what),
      ])
    else
      judgement.unsettled(
        resource.id,
        `--allow ${quoted(`group-editors:${resource.id}`)}`,
        `${resource.id} may ${editor.action === '*' ? 'do everything' : editor.action}, perhaps to what the templates do not create`,
        [hop(facts, resource, editor.action)],
      )
}
