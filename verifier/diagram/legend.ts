/** What stands below a picture. */
import { broken, measured } from './measure.ts'
import type { Edge, Picture } from './picture.ts'
import { margin, size, type Text } from './placed.ts'

const says: Readonly<Record<Edge['kind'], string>> = {
  'way-in': 'the way in',
  allowed: 'also allowed',
  blocked: 'no rule lets it through',
  forbidden: 'open, and should not be',
}

/** What the lines mean, as far as they are there, and the verdict. */
export function legendOf(
  picture: Picture,
  y: number,
  width: number,
): { readonly texts: readonly Text[]; readonly bottom: number } {
  const { edges, verdict } = picture
  const kinds = (['way-in', 'allowed', 'blocked', 'forbidden'] as const).filter((kind) =>
    edges.some((edge) => edge.kind === kind),
  )
  const texts: Text[] = []
  let [x, top] = [margin + 4, y + 14]
  for (const kind of kinds) {
    const text = `— ${says[kind]}`
    const room = measured(text, size.label)
    if (x + room > width - margin) [x, top] = [margin + 4, top + 20]
    texts.push({ text, x, y: top, size: size.label, anchor: 'start', role: 'label', kind })
    x += room + 18
  }
  const boundary = '┄ trust boundary'
  if (x + measured(boundary, size.label) > width - margin) {
    x = margin + 4
    top += 20
  }
  texts.push({ text: boundary, x, y: top, size: size.label, anchor: 'start', role: 'label' })
  x += measured(boundary, size.label) + 18
  if (picture.boxes.some(({ groups = [] }) => groups.length > 0)) {
    const room = measured('security group', size.group) + 12
    if (x + room > width - margin) {
      x = margin + 4
      top += 22
    }
    texts.push({ text: 'security group', x: x + room / 2, y: top, size: size.group, anchor: 'middle', role: 'group' })
  }
  const lines = broken(verdict.text, size.verdict * 1.1, width - 2 * margin)
  for (const [index, text] of lines.entries())
    texts.push({
      text,
      x: margin + 4,
      y: top + 26 + index * 20,
      size: size.verdict,
      anchor: 'start',
      isBold: true,
      role: 'verdict',
      kind: verdict.is,
    })
  return { texts, bottom: top + 12 + lines.length * 20 }
}
