/**
 * Regular expressions as far as patterns of values use them: read, matched in polynomial time, and sampled. A pattern
 * with anything else is not read at all.
 */

type Expression =
  | { readonly kind: 'one'; readonly of: Characters }
  | { readonly kind: 'all' | 'any'; readonly items: readonly Expression[] }
  | { readonly kind: 'repeated'; readonly item: Expression; readonly least: number; readonly most: number }
  | { readonly kind: 'ahead'; readonly item: Expression; readonly holds: boolean }
  | { readonly kind: 'start' | 'end' }

/** Printable characters of ASCII, all that a value of a parameter is asked about. */
type Characters = ReadonlySet<string>

const printable = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index))
const where = (test: RegExp): Characters => new Set(printable.filter((each) => test.test(each)))
const classes: Readonly<Record<string, Characters>> = {
  d: where(/[0-9]/),
  D: where(/[^0-9]/),
  w: where(/[A-Za-z0-9_]/),
  W: where(/[^A-Za-z0-9_]/),
}
const everything: Characters = new Set(printable)

class NotRead extends Error {}

/** Undefined where the pattern has what is not read here: names, references back, flags, classes by name. */
export function readExpression(pattern: string): Expression | undefined {
  try {
    const reader = new Reader(pattern)
    const expression = reader.alternatives()
    return reader.isDone() ? expression : undefined
  } catch (error) {
    if (error instanceof NotRead) return undefined
    throw error
  }
}

class Reader {
  private at = 0
  private readonly pattern: string

  constructor(pattern: string) {
    this.pattern = pattern
  }

  isDone(): boolean {
    return this.at === this.pattern.length
  }

  alternatives(): Expression {
    const items = [this.sequence()]
    while (this.takes('|')) items.push(this.sequence())
    return { kind: 'any', items }
  }

  private sequence(): Expression {
    const items: Expression[] = []
    while (!this.isDone() && !'|)'.includes(this.next())) items.push(this.counted(this.item()))
    return { kind: 'all', items }
  }

  private item(): Expression {
    if (this.takes('(?:')) return this.closed()
    if (this.takes('(?=')) return { kind: 'ahead', item: this.closed(), holds: true }
    if (this.takes('(?!')) return { kind: 'ahead', item: this.closed(), holds: false }
    if (this.takes('(')) {
      if (this.next() === '?') throw new NotRead()
      return this.closed()
    }
    if (this.takes('^')) return { kind: 'start' }
    if (this.takes('$')) return { kind: 'end' }
    if (this.takes('[')) return { kind: 'one', of: this.set() }
    if (this.takes('.')) return { kind: 'one', of: everything }
    if ('*+?{}]'.includes(this.next())) throw new NotRead()
    return { kind: 'one', of: this.character() }
  }

  private closed(): Expression {
    const inner = this.alternatives()
    if (!this.takes(')')) throw new NotRead()
    return inner
  }

  private counted(item: Expression): Expression {
    const counts = /^(?:([*+?])|\{(\d+)(,?)(\d*)\})\??/.exec(this.pattern.slice(this.at))
    if (!counts) return item
    this.at += counts[0].length
    if (/^[*+?{]/.test(this.pattern.slice(this.at))) throw new NotRead()
    const [, sign, from = '', comma, to] = counts
    if (sign) return { kind: 'repeated', item, least: sign === '+' ? 1 : 0, most: sign === '?' ? 1 : Infinity }
    const least = Number(from)
    return { kind: 'repeated', item, least, most: to ? Number(to) : comma ? Infinity : least }
  }

  /** A class of characters, after its bracket. */
  private set(): Characters {
    const isNegated = this.takes('^')
    const found = new Set<string>()
    do {
      const first = this.character()
      if (this.next() === '-' && this.pattern[this.at + 1] !== ']') {
        this.at++
        const last = this.character()
        if (first.size !== 1 || last.size !== 1) throw new NotRead()
        const [from, to] = [[...first][0] as string, [...last][0] as string]
        for (const each of printable) if (each >= from && each <= to) found.add(each)
      } else for (const each of first) found.add(each)
    } while (!this.takes(']'))
    return isNegated ? new Set(printable.filter((each) => !found.has(each))) : found
  }

  private character(): Characters {
    const escaped = this.takes('\\')
    const letter = this.next()
    if (!everything.has(letter)) throw new NotRead()
    this.at++
    if (!escaped || /\W/.test(letter)) return new Set([letter])
    const named = classes[letter]
    if (!named) throw new NotRead()
    return named
  }

  private next(): string {
    return this.pattern[this.at] ?? ''
  }

  private takes(text: string): boolean {
    const found = this.pattern.startsWith(text, this.at)
    if (found) this.at += text.length
    return found
  }
}

/** More steps than any sensible pattern takes. */
const mostSteps = 200_000

class TooLong extends Error {}

/** Whether it matches the whole text; undefined where finding out takes too long. */
export const accepts = (expression: Expression, text: string): boolean | undefined =>
  unlessTooLong((step) => new Matcher(text, step).ends(expression, new Set([0])).has(text.length))

/** Texts that it probably matches, each made with other choices. */
export const samplesOf = (expression: Expression, count: number): string[] =>
  Array.from({ length: count }, (_, index) => unlessTooLong((step) => sample(expression, choices(index, step)))).filter(
    (text) => text !== undefined,
  )

function unlessTooLong<T>(work: (step: (count: number) => void) => T): T | undefined {
  let left = mostSteps
  try {
    return work((count) => {
      left -= count
      if (left < 0) throw new TooLong()
    })
  } catch (error) {
    if (error instanceof TooLong) return undefined
    throw error
  }
}

/** All ways are followed at once, so that none is gone twice. */
class Matcher {
  private readonly text: string
  private readonly step: (count: number) => void

  constructor(text: string, step: (count: number) => void) {
    this.text = text
    this.step = step
  }

  /** Where a match may end that begins at one of these places. */
  ends(expression: Expression, starts: ReadonlySet<number>): ReadonlySet<number> {
    this.step(1 + starts.size)
    const kept = (test: (at: number) => boolean): ReadonlySet<number> => new Set([...starts].filter(test))
    switch (expression.kind) {
      case 'start':
        return kept((at) => at === 0)
      case 'end':
        return kept((at) => at === this.text.length)
      case 'one':
        return new Set([...kept((at) => expression.of.has(this.text[at] ?? ''))].map((at) => at + 1))
      case 'all':
        return expression.items.reduce((now, item) => this.ends(item, now), starts)
      case 'any':
        return new Set(expression.items.flatMap((item) => [...this.ends(item, starts)]))
      case 'ahead':
        return kept((at) => this.ends(expression.item, new Set([at])).size > 0 === expression.holds)
      case 'repeated':
        return this.repetitions(expression, starts)
    }
  }

  private repetitions(
    { item, least, most }: Extract<Expression, { kind: 'repeated' }>,
    starts: ReadonlySet<number>,
  ): ReadonlySet<number> {
    // After more rounds than there are characters, nothing changes: what is left repeats the empty text.
    const last = Math.min(most, this.text.length + 1)
    const found = new Set<number>(least === 0 ? starts : [])
    let now = starts
    for (let round = 1; round <= last && now.size > 0; round++) {
      now = this.ends(item, now)
      if (round >= Math.min(least, last)) for (const at of now) found.add(at)
    }
    return found
  }
}

type Choose = (options: number) => number

/** The first text takes the first of everything. */
function choices(index: number, step: (count: number) => void): Choose {
  let state = index
  return (options) => {
    step(10)
    if (index === 0) return 0
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    return Math.floor(state / 2 ** 16) % options
  }
}

function sample(expression: Expression, choose: Choose): string {
  switch (expression.kind) {
    case 'one':
      return [...expression.of][choose(expression.of.size)] ?? ''
    case 'all':
      return expression.items.map((item) => sample(item, choose)).join('')
    case 'any':
      return sample(expression.items[choose(expression.items.length)] as Expression, choose)
    case 'repeated': {
      const { item, least, most } = expression
      let made = ''
      for (let times = least + choose(Math.min(most - least, 9) + 1); times > 0; times--) made += sample(item, choose)
      return made
    }
    default:
      return ''
  }
}
