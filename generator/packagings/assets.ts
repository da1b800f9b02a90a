/** The bundled functions, as text. `readable` is what reviewers read, `inline` the same code minified. */
export type Assets = Readonly<Record<'waiter' | 'writer', { readonly readable: string; readonly inline: string }>>

export type OutputFile = { readonly path: string; readonly text: string }
