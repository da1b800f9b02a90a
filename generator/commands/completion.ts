/** What a shell offers after `portcullis`, from the commands as the command line declares them. */
import type { Terminal } from './terminal.ts'

type Shell = 'bash' | 'zsh' | 'fish'

type Flag = {
  readonly name: string
  readonly description: string
  readonly takesValue: boolean
  /** All values that there are. */
  readonly choices: readonly string[]
}
export type Described = {
  readonly name: string
  readonly description: string
  readonly flags: readonly Flag[]
  /** The words that the command takes; without them it takes files. */
  readonly words: readonly string[]
  readonly takesFiles: boolean
}

/** Between single quotes, for all three shells. */
const quoted = (text: string, shell: Shell): string =>
  `'${shell === 'fish' ? text.replace(/[\\']/g, '\\$&') : text.replaceAll("'", "'\\''")}'`

const bash = (commands: readonly Described[]): string => {
  const offered = (words: readonly string[]): string => quoted(words.join(' '), 'bash')
  const names = commands.map(({ name }) => name)
  const values = commands.flatMap(({ name, flags }) =>
    flags.flatMap((flag) =>
      flag.takesValue
        ? [
            flag.choices.length === 0
              ? `    '${name} ${flag.name}') return ;;`
              : `    '${name} ${flag.name}') words=${offered(flag.choices)} ;;`,
          ]
        : [],
    ),
  )
  const own = commands.map(({ name, flags, words }) => {
    const flagNames = offered(flags.map((flag) => flag.name))
    return `    '${name} '*) [[ $cur == -* ]] && words=${flagNames} || words=${offered(words)} ;;`
  })
  // Where nothing of ours fits, `-o default` offers files.
  return `# bash completion for portcullis
_portcullis() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} words= command= word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case $word in ${names.join('|')}) command=$word; break ;; esac
  done
  COMPREPLY=()
  case "$command $prev" in
${values.join('\n')}
    ' '*) words=${offered(names)} ;;
${own.join('\n')}
  esac
  [ -n "$words" ] && COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
complete -o default -F _portcullis portcullis
`
}

const zsh = (commands: readonly Described[]): string => {
  const escaped = (text: string): string => text.replace(/[\\[\]:]/g, '\\$&')
  const flag = ({ name, description, takesValue, choices }: Flag): string => {
    const value = choices.length > 0 ? `:value:(${choices.join(' ')})` : takesValue ? ':value:_files' : ''
    return quoted(`*${name}[${escaped(description)}]${value}`, 'zsh')
  }
  const rest = ({ words, takesFiles }: Described): readonly string[] =>
    words.length > 0 ? [quoted(`*:name:(${words.join(' ')})`, 'zsh')] : takesFiles ? ["'*:file:_files'"] : []
  const arms = commands.map((each) =>
    [`    ${each.name}) _arguments`, ...each.flags.map(flag), ...rest(each), ';;'].join(' '),
  )
  const names = commands.map(({ name, description }) => quoted(`${name}:${escaped(description)}`, 'zsh'))
  return `#compdef portcullis
_portcullis() {
  if (( CURRENT == 2 )); then
    local -a commands=(${names.join(' ')})
    _describe command commands
    return
  fi
  shift words
  (( CURRENT-- ))
  case $words[1] in
${arms.join('\n')}
  esac
}
if [ "$funcstack[1]" = _portcullis ]; then _portcullis "$@"; else compdef _portcullis portcullis; fi
`
}

const fish = (commands: readonly Described[]): string => {
  const names = commands.map(({ name }) => name).join(' ')
  const lines = commands.flatMap(({ name, description, flags, words, takesFiles }) => {
    const here = `complete -c portcullis -n '__fish_seen_subcommand_from ${name}'`
    return [
      `complete -c portcullis -f -n 'not __fish_seen_subcommand_from ${names}' -a ${name} -d ${quoted(description, 'fish')}`,
      ...flags.map((flag) => {
        const value = flag.choices.length > 0 ? ` -x -a '${flag.choices.join(' ')}'` : flag.takesValue ? ' -r' : ''
        return `${here} -l ${flag.name.slice(2)}${value} -d ${quoted(flag.description, 'fish')}`
      }),
      ...(words.length > 0 ? [`${here} -f -a '${words.join(' ')}'`] : takesFiles ? [] : [`${here} -f`]),
    ]
  })
  return `# fish completion for portcullis\n${lines.join('\n')}\n`
}

/** Prints the script that the shell reads at its start. */
export function completion(terminal: Terminal, shell: Shell, commands: readonly Described[]): number {
  terminal.out({ bash, zsh, fish }[shell](commands))
  return 0
}
