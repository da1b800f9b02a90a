import type { Finding, Path, Rule } from '../rule.ts'

export const stackSetTargets: Rule = {
  id: 'PC507',
  title: 'The stack set has targets, and every override is for one of them',
  why: 'StackSets deploys to its targets only, and an override for any other place would have no effect',
  docs: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-concepts.html',
  check: (_, config) => {
    const { stackSet } = config.delivery
    if (stackSet === undefined) return []
    const { accounts, organizationalUnits, regions, overrides } = stackSet
    const at = ['delivery', 'stackSet']
    const wrong = (path: Path, message: string, remedy: string, key?: 'key'): Finding => ({
      path,
      ...(key === undefined ? {} : { at: key }),
      message,
      remedy,
    })
    const twice = (key: 'accounts' | 'organizationalUnits' | 'regions'): Finding[] =>
      stackSet[key].flatMap((entry, index) =>
        stackSet[key].indexOf(entry) === index
          ? []
          : [wrong([...at, key, index], `"${entry}" is written twice`, 'remove one')],
      )
    return [
      ...(accounts.length + organizationalUnits.length === 0
        ? [
            wrong(
              at,
              'the stack set has neither accounts nor organizational units',
              'add accounts: ["333333333333"], or organizationalUnits: [ou-ab12-cdef3456]',
              'key',
            ),
          ]
        : []),
      ...twice('accounts'),
      ...twice('organizationalUnits'),
      ...twice('regions'),
      ...Object.keys(overrides).flatMap((target) => {
        const [account = '', region = ''] = target.split('/')
        const path = [...at, 'overrides', target]
        if (!regions.includes(region))
          return [
            wrong(
              path,
              `"${target}" is not in a region of the stack set`,
              `use one of ${regions.join(', ')}, or add ${region} to regions`,
              'key',
            ),
          ]
        if (accounts.includes(account)) return []
        return [
          wrong(
            path,
            `account ${account} is not among the accounts of the stack set`,
            `add "${account}" to accounts; accounts that an organizational unit only brings in later cannot have values of their own`,
            'key',
          ),
        ]
      }),
    ]
  },
}
