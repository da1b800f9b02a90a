/** A picture with places on paper. */
import type { Box, Edge, Picture } from './picture.ts'

export type Text = {
  readonly text: string
  readonly x: number
  /** Of its base line. */
  readonly y: number
  readonly size: number
  readonly anchor: 'start' | 'middle' | 'end'
  readonly isBold?: true
  readonly role: 'title' | 'detail' | 'group' | 'label' | 'frame' | 'verdict'
  /** In what colour, where it is not that of its role. */
  readonly kind?: Edge['kind'] | Picture['verdict']['is']
}

export type Rectangle = { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
export type PlacedBox = Rectangle & {
  readonly box: Box
  readonly texts: readonly Text[]
  readonly tags: readonly Rectangle[]
}
export type PlacedFrame = Rectangle & {
  readonly title: string
  readonly texts: readonly Text[]
  readonly cells: readonly Rectangle[]
}
export type Line = { readonly edge: Edge; readonly points: readonly (readonly [number, number])[] }

export type Placed = {
  readonly width: number
  readonly height: number
  readonly boxes: readonly PlacedBox[]
  readonly frames: readonly PlacedFrame[]
  readonly lines: readonly Line[]
  readonly texts: readonly Text[]
  /** Round the word for groups among the texts. */
  readonly tags: readonly Rectangle[]
}

/** Sizes of texts. */
export const size = { title: 16, detail: 13, group: 12, label: 12.5, frame: 13, verdict: 15 }
/** From line to line in a box. */
export const step = 18
/** Widths of a box beside another, and of one alone. */
export const column = 214
export const single = 300
export const padding = 14
export const margin = 16
export const rowGap = 38
/** Room for the label of a line beside a box. */
export const labelRoom = 78
/** From lane to lane. */
export const lane = 11
