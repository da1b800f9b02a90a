/** A bundled function as text: `readable` is what reviewers read, `inline` the same code minified. */
type Bundle = { readonly readable: string; readonly inline: string }

/** The functions that this build of Portcullis ships. */
export type Assets = { readonly waiter: Bundle; readonly writer: Bundle }

/** A file to write; its path is relative to the folder of the config, with slashes. */
export type OutputFile = { readonly path: string; readonly text: string }
