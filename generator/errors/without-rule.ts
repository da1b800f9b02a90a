/** Why the codes that belong to no rule matter, and what to do about them. */
import type { Code } from './codes.ts'

export type Explained = { readonly why: string; readonly remedy: string }

export const withoutRule: Readonly<Partial<Record<Code, Explained>>> = {
  PC100: {
    why: 'nothing after a syntax error can be read with confidence, so other mistakes are shown only once it is gone',
    remedy: 'correct the place that is shown: mostly an indentation, a bracket, a quote or a tab',
  },
  PC101: {
    why: 'a key that is passed over in silence would look as if it worked',
    remedy: 'use the key that is suggested; docs/config.md lists them all',
  },
  PC102: {
    why: 'there is no value that would be right for everybody',
    remedy: 'write the key; docs/config.md shows an example of each section',
  },
  PC103: {
    why: 'a list where a text belongs, or a text where a number belongs, is mostly a slip of the indentation or of quotes',
    remedy: 'write a value of the kind that the error names',
  },
  PC104: {
    why: 'AWS would refuse the value, or take it for something else, after minutes of deployment',
    remedy: 'write a value of the range or form that the error names',
  },
  PC105: {
    why: 'YAML keeps one of two equal keys, and which one is not what everybody expects',
    remedy: 'remove one of the two',
  },
  PC106: {
    why: 'the key has its place in the config, but this version does nothing with it',
    remedy: 'remove it, or do what the error names instead',
  },
  PC107: {
    why: 'YAML reads 012 as a number, 1.10 as 1.1 and long account numbers with other digits',
    remedy: 'put the value in quotes',
  },
  PC108: {
    why: 'a config is plain data, in which every value stands in its place: no anchors, aliases, tags or directives',
    remedy: 'write the plain value; text that begins with &, * or ! needs quotes',
  },
  PC109: {
    why: 'the file is empty, or is no text in UTF-8',
    remedy: 'start from the config that portcullis init writes',
  },
  PC111: {
    why: 'YAML reads a brace without quotes as the start of a map, not as text',
    remedy: 'put the value in quotes: "{region}"',
  },
  PC112: {
    why: 'the starter config holds placeholders where only you know the value; deployed as they are, they would fail late',
    remedy: 'write your own value; --allow-placeholders lets --check pass until then',
  },
  PC113: {
    why: '--set changes values that the config has; only the config adds or removes things',
    remedy: 'write the path as in the config, with dots: services.orders.image=REF',
  },
  PC482: {
    why: 'network, cluster, load balancer and VPC link are imported from an application that exports them, and are made nowhere else',
    remedy: 'name the config of an application with share: true in uses, and write nothing again that it brings',
  },
  PC513: {
    why: 'CloudFormation refuses a template above its limits',
    remedy: 'split the application in two; docs/limits.md shows how',
  },
}
