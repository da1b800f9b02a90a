import type { Finding, Rule } from '../rule.ts'

/** What a product takes, without the one that names the application. */
const TAG_OPTIONS = 24

export const tagsTogether: Rule = {
  id: 'PC114',
  title: 'Tags differ in more than capital letters, and a product can offer them',
  why: 'roles refuse tags whose keys differ in capital letters only, and a product of Service Catalog takes 25 tag options, one of which is "application"',
  docs: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html',
  check: ({ delivery }, { tags }) => {
    const keys = Object.keys(tags)
    const same = keys.flatMap((key, index): Finding[] => {
      const other = keys.slice(0, index).find((each) => each.toLowerCase() === key.toLowerCase())
      return other === undefined
        ? []
        : [
            {
              path: ['tags', key],
              at: 'key',
              also: ['tags', other],
              message: `"${key}" and "${other}" differ in capital letters only`,
              remedy: 'keep one of them',
            },
          ]
    })
    if (delivery.serviceCatalog === undefined) return same
    const ours = keys.filter((key) => key.toLowerCase() === 'application')
    return [
      ...same,
      ...ours.map(
        (key): Finding => ({
          path: ['tags', key],
          at: 'key',
          message: `the product has a tag "application" already, with the name of the application`,
          remedy: 'choose another key',
        }),
      ),
      ...(keys.length > TAG_OPTIONS
        ? [
            {
              path: ['tags'],
              message: `${keys.length} tags are too many for a product of Service Catalog`,
              remedy: `use at most ${TAG_OPTIONS} tags, or keep the product in a config of its own`,
            },
          ]
        : []),
    ]
  },
}
