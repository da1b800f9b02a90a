import type { World } from './world.ts'

//! ---- Log: one JSON line a step, no secrets ----

/** Takes known secrets and anything that looks like a signed URL out of a text. */
export const redact = (text: string, secrets: readonly string[]): string =>
  secrets
    .filter((secret) => secret)
    .reduce((clean, secret) => clean.split(secret).join('***'), text)
    .replace(/https?:\/\/[^\s"]*\?[^\s"]*/g, '[url]')

export const logger =
  (world: World, base: Record<string, unknown>, secrets: readonly string[]) =>
  (step: string, fields: Record<string, unknown> = {}, level = 'info'): void =>
    world.print(
      redact(JSON.stringify({ t: new Date(world.now()).toISOString(), level, step, ...base, ...fields }), secrets),
    )
