import type { Tool } from '../../invocation';
import { NOTHING_OUTSIDE, type Outside } from '../../outside';

/**
 * POSIX sh text that decides, without starting a process, whether `TOOL "$@"` only reads, by the tool's own command table.
 *
 * It sets `hp_read` to 1 when that is certain and to 0 otherwise. A word or option that the table doesn't have before the command is
 * complete makes it uncertain, and so does what changes the meaning of its words from outside of them.
 * @param variables those that put words behind a command, where they are set.
 */
export function toolFastPath(tool: Pick<Tool, 'reads'>, outside: Outside = NOTHING_OUTSIDE, variables: readonly string[] = []): string {
  const grammar = tool.reads?.();
  if (!grammar || grammar.commands.length === 0) return 'hp_read=0\n';
  const pattern = (words: readonly string[]): string => words.map((w) => `'${w}'`).join('|');
  // The beginnings of longer commands: `state` is none yet, `state list` is.
  const beginnings = [...new Set(grammar.commands.flatMap((c) => c.split(' ').slice(0, -1).map((_, i, all) => all.slice(0, i + 1).join(' '))))].filter((b) => !grammar.commands.includes(b));
  const { valued } = grammar;
  const attached = [...valued, ...(grammar.attached ?? [])];
  const flags = grammar.flags.filter((f) => !/^-(?:-?help|h)$/.test(f));
  return `hp_read=0
hp_tool_reads() {
${variables.map((v) => `  test -z "\${${v}-}" || return 0\n`).join('')}${nothingOutside(outside)}  hp_w=
  while test "$#" -gt 0; do
    case $1 in
    ${valued.length === 0 ? '' : `${valued.join('|')})
      case \${2--} in -*) return 0 ;; esac
      shift 2 ;;
    `}${attached.length === 0 ? '' : `${attached.map((o) => `${o}=?*`).join('|')}) shift ;;
    `}${flags.length === 0 ? '' : `${flags.join('|')}) shift ;;
    `}-*|''|*[!a-z0-9-]*) return 0 ;;
    *)
      hp_w=\${hp_w:+$hp_w }$1
      shift
      case $hp_w in
      ${pattern(grammar.commands)}) hp_read=1; return 0 ;;
      ${beginnings.length > 0 ? `${pattern(beginnings)}) ;;\n      ` : ''}*) return 0 ;;
      esac ;;
    esac
  done
}
hp_tool_reads "$@"
`;
}

/**
 * Lines of sh that return where something outside of the words may change what they mean, or where the home is not known in which it would
 * stand. A link that leads nowhere counts: it may lead somewhere in the next moment.
 */
export function nothingOutside({ variables, places }: Outside): string {
  if (variables.length + places.length === 0) return '';
  const set = variables.length === 0 ? [] : [`test -z "${variables.map((name) => `\${${name}-}`).join('')}"`];
  const none = places.map(({ path }) => `"$HOME/${path.join('/')}"`).map((at) => `test ! -e ${at} && test ! -L ${at}`);
  return `  ${['test -n "\${HOME-}"', ...none, ...set].join(' && ')} || return 0\n`;
}
