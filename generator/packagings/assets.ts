/** A bundled function as text: `readable` is what reviewers read, `inline` the same code minified. */
type Bundle = { readonly readable: string; readonly inline: string }

/** The functions that this build of Portcullis ships. */
export type Assets = { readonly waiter: Bundle; readonly writer: Bundle }

export type OutputFile = { readonly path: string; readonly text: string }
