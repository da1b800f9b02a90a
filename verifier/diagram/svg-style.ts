/** How the shapes of a picture look, for light and dark surroundings. */

export const colours = {
  light: {
    paper: '#ffffff',
    text: '#1f2328',
    muted: '#59636e',
    box: '#f6f8fa',
    edge: '#818b98',
    zone: '#f6f8fa',
    way: '#1a7f37',
    wayBox: '#dafbe1',
    bad: '#cf222e',
    badBox: '#ffebe9',
    warn: '#9a6700',
  },
  dark: {
    paper: '#0d1117',
    text: '#f0f6fc',
    muted: '#9198a1',
    box: '#161b22',
    edge: '#6e7681',
    zone: '#12171e',
    way: '#3fb950',
    wayBox: '#12261e',
    bad: '#f85149',
    badBox: '#2d1214',
    warn: '#d29922',
  },
} as const

export type Colours = Readonly<Record<keyof typeof colours.light, string>>

type Rules = readonly (readonly [selectors: string, declarations: string])[]

const coloured = (of: Colours): Rules => [
  ['.paper', `fill:${of.paper}`],
  ['text', `fill:${of.text}`],
  ['.detail,.frame,.group', `fill:${of.muted}`],
  ['.label', `fill:${of.muted};stroke:${of.paper}`],
  ['.box', `fill:${of.box};stroke:${of.edge}`],
  ['.box.on-way', `fill:${of.wayBox};stroke:${of.way}`],
  ['.box.intruder', `fill:${of.badBox};stroke:${of.bad}`],
  ['.network', `stroke:${of.edge}`],
  ['.zone', `fill:${of.zone}`],
  ['.tag', `fill:${of.paper};stroke:${of.edge}`],
  ['.line', `stroke:${of.edge}`],
  ['.line.way-in', `stroke:${of.way}`],
  ['.line.forbidden', `stroke:${of.bad}`],
  ['.tip', `fill:${of.edge}`],
  ['.tip.way-in,.label.way-in,.verdict.proved', `fill:${of.way}`],
  ['.tip.forbidden,.label.forbidden,.verdict.refuted', `fill:${of.bad}`],
  ['.verdict.undecided', `fill:${of.warn}`],
]

const fixed: Rules = [
  ['text', 'font-family:system-ui,-apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif'],
  ['.bold', 'font-weight:600'],
  // A label stays legible where a line runs below it.
  ['.label', 'paint-order:stroke;stroke-width:4px;stroke-linejoin:round'],
  ['.box', 'stroke-width:1.5'],
  ['.tag', 'stroke-width:1'],
  ['.network', 'fill:none;stroke-width:1.5;stroke-dasharray:6 4'],
  ['.line', 'fill:none;stroke-width:1.5'],
  ['.line.way-in,.line.forbidden', 'stroke-width:3'],
  ['.line.blocked', 'stroke-dasharray:3 5'],
]

/** `scope`: what stands before each selector, such as `.picture `. */
const css = (rules: Rules, scope: string): string =>
  rules
    .map(
      ([selectors, declarations]) =>
        `${selectors
          .split(',')
          .map((each) => scope + each)
          .join(',')}{${declarations}}`,
    )
    .join('')

/** Of a picture that is a file of its own. */
export const ownStyle = `${css(fixed, '')}${css(coloured(colours.light), '')}@media (prefers-color-scheme:dark){${css(coloured(colours.dark), '')}}`

/** Of a picture inside a page, which has its own colours. */
export const styleWithin = (scope: string, of: Colours): string => css(fixed, scope) + css(coloured(of), scope)
