/** Gives the text of a config by the path that `uses` writes; undefined where there is none. */
export type ReadConfig = (path: string) => string | undefined
