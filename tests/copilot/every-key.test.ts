// Whatever a manifest holds: the config parses, or an error says where it does not, and every key of the manifest is
// carried over or listed.
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { parse, stringify } from 'yaml'
import { fromCopilot } from '../../generator/copilot/index.ts'
import type { Item } from '../../generator/copilot/item.ts'
import { problemsOf } from '../support/copilot.ts'
import { runs, seed } from '../support/effort.ts'
import { folders, UNKNOWN } from './manifests.ts'

type Leaf = { readonly path: readonly (string | number)[] }

const leaves = (value: unknown, path: Leaf['path'] = []): readonly Leaf[] => {
  if (Array.isArray(value) && value.length > 0) return value.flatMap((each, index) => leaves(each, [...path, index]))
  if (typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0)
    return Object.entries(value).flatMap(([key, each]) => leaves(each, [...path, key]))
  return [{ path }]
}

const covers = ({ from }: Item, file: string, { path }: Leaf): boolean =>
  from.file === file && from.path.every((part, index) => String(part) === String(path[index]))

test('every key is carried over or listed, and generate stops only with questions', () => {
  fc.assert(
    fc.property(folders, (folder) => {
      const files = Object.fromEntries(Object.entries(folder).map(([file, manifest]) => [file, stringify(manifest)]))
      const { config, items, problems } = fromCopilot(files)
      expect(problems).toEqual([])
      for (const [file, manifest] of Object.entries(folder))
        for (const leaf of leaves(manifest)) {
          const telling = items.filter((item) => covers(item, file, leaf))
          const name = `${file} ${leaf.path.join('.')}`
          expect([name, telling.length > 0]).toEqual([name, true])
          // What Copilot has not is never said to be carried over.
          if (leaf.path.some((part) => String(part).startsWith(UNKNOWN)))
            expect([name, telling.some(({ kind }) => kind !== 'carried')]).toEqual([name, true])
        }
      const environments = Object.keys(parse(config ?? '')?.environments ?? {})
      const written = Object.keys(folder).flatMap((file) => /environments\/(\w+)\//.exec(file)?.[1] ?? [])
      expect(environments).toEqual(expect.arrayContaining(written))
      if (Object.keys(folder).length === 0) expect(config).toBeUndefined()
      else expect(problemsOf(config ?? '').filter((code) => code !== 'PC120' && code !== 'PC121')).toEqual([])
    }),
    { numRuns: runs(300), seed },
  )
})

const WORDS =
  'acceptable_latency access_log access_point_id additional_rules alias allowed_source_ips args auth build cache_from cdn certificates cidr command connect container_insights cooldown count cpu_percentage credentials dead_letter deny_default depends_on deregistration_delay destination efs entrypoint env_file environments ephemeral exec flow_logs from_cfn grace_period groups hosted_zone ingress labels mount_points nlb placement platform publish queue queue_delay range readonly_fs redirect_to_https retention retries rollback_alarms rolling root_dir schedule secretsmanager security_groups sidecars spot spot_from stickiness subnets subscribe success_codes taskdef_overrides target_container timeout topics tracing version volumes'

// With manifests that hold nothing, the test above could not fail.
test('random manifests hold every key, and keys that there are not', () => {
  const text = JSON.stringify(fc.sample(folders, { numRuns: 400, seed }))
  expect(WORDS.split(' ').filter((word) => !text.includes(`"${word}`))).toEqual([])
  expect(text.split(`"${UNKNOWN}`).length).toBeGreaterThan(200)
})

test('text that is not YAML gives an error with its place, and the other manifests a config', () => {
  const bad = 'name: bad\nimage: }\n'
  const { config, problems } = fromCopilot({
    'copilot/a/manifest.yml': bad,
    'copilot/b/manifest.yml': 'name: b\ntype: Worker Service\n',
  })
  expect(problems.map(({ file, code, line }) => [file, code, line])).toEqual([['copilot/a/manifest.yml', 'PC100', 2]])
  expect(config).toContain('name: replace-me')
  expect(fromCopilot({ 'copilot/a/manifest.yml': bad }).config).toBeUndefined()
})

test('any text is read to the end', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
      const { problems, report } = fromCopilot({ 'copilot/a/manifest.yml': text, 'copilot/.workspace': text })
      for (const { line, column } of problems) expect(Math.min(line, column)).toBeGreaterThan(0)
      expect(report).toContain('Not carried over')
    }),
    { numRuns: runs(300), seed },
  )
})
