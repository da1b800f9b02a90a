/** What stands at the top of a frame. */
import { fitted } from './measure.ts'
import type { Frame } from './picture.ts'
import { padding, type Rectangle, size, type Text } from './placed.ts'

type Head = { readonly texts: readonly Text[]; readonly cells: readonly Rectangle[]; readonly height: number }

/** The name of a frame, and its zones: side by side where that leaves the middle free, else one below the other. */
export function headOf(frame: Frame | undefined, id: string, x: number, y: number, width: number): Head {
  const at = (text: string, rest: Partial<Text>): Text => ({
    text,
    x: x + 12,
    y: y + 20,
    size: size.frame,
    anchor: 'start',
    role: 'frame',
    ...rest,
  })
  const room = width / 2 - 24
  if (!frame) return { texts: [at(fitted(`${id}, run by AWS`, size.frame, room), {})], cells: [], height: 34 }
  const titles = [frame.title, ...frame.lines].map((text, index) =>
    at(fitted(text, size.frame, room, index === 0), {
      y: y + 20 + index * 17,
      ...(index === 0 ? { isBold: true } : {}),
    }),
  )
  const top = y + 8 + titles.length * 17
  const { zones } = frame
  if (zones.length !== 2 && zones.length !== 4) {
    const lines = zones.flatMap(({ title, subnets }) => subnets.map((subnet) => `${title}: ${subnet}`))
    const shown = lines.length > 6 ? [...lines.slice(0, 5), `and ${lines.length - 5} more subnets`] : lines
    const texts = shown.map((text, index) =>
      at(fitted(text, size.frame - 1, room), { y: top + 12 + index * 16, size: size.frame - 1 }),
    )
    return { texts: [...titles, ...texts], cells: [], height: top - y + shown.length * 16 + 30 }
  }
  const cell = (width - 2 * padding) / zones.length
  const most = Math.min(3, Math.max(...zones.map(({ subnets }) => subnets.length)))
  const texts = zones.flatMap(({ title, subnets }, index) => {
    const middle = x + padding + (index + 0.5) * cell
    const shown = subnets.length > 3 ? [...subnets.slice(0, 2), `and ${subnets.length - 2} more`] : subnets
    return [title, ...shown].map((text, line) =>
      at(fitted(text, size.frame - 1, cell - 16), {
        x: middle,
        y: top + 18 + line * 16,
        anchor: 'middle',
        size: size.frame - 1,
      }),
    )
  })
  const cells = zones.map((_, index) => ({ x: x + padding + index * cell + 3, y: top + 2, width: cell - 6, height: 0 }))
  return { texts: [...titles, ...texts], cells, height: top - y + 20 + most * 16 + 32 }
}
