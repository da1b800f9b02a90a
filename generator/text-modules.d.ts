/** The build puts the text of such a file into the program. */
declare module '*.yaml' {
  const text: string
  // biome-ignore lint/style/noDefaultExport: what the bundler's text loader gives
  export default text
}
