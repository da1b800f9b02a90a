/** Texts of templates in XML and HTML. */
import { visible } from './visible.ts'

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Nothing that a template says is markup, or a character that XML does not take. */
export const escaped = (text: string): string =>
  text
    .split('\n')
    .map(visible)
    .join('\n')
    .replace(/[\ufffe\uffff]/g, '?')
    .replace(/[&<>"']/g, (character) => entities[character] ?? '')
