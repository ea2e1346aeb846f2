import path from 'node:path';

import { concernsReads } from '../rules/concerns-reads';
import { readRules } from '../rules/read';
import { shQuote } from '../model/sh-quote';

/*
 * What only reads is let go by the shim itself, before anything is asked. Where a rule may be about a read, it must not be: the shim
 * looks for such rules in its own shell, and hands on to the gate what it can't tell.
 */

/** The list of folders whose committed rules are about reads, beside the rules of the user. @param dir Holdpoint's home. */
export function readRulesList(dir: string): string {
  return path.join(dir, 'read-rules');
}

/** What stands in the list: one folder a line. A folder that can't be a line stands for all. */
export function readRulesText(seen: readonly { readonly text: string; readonly places: readonly string[] }[]): string {
  const about = seen.filter(({ text }) => {
    const { rules } = readRules(text, '');
    return rules === undefined || concernsReads(rules);
  });
  const folders = about.flatMap((s) => s.places).map((file) => path.dirname(path.dirname(file)));
  return [...new Set(folders.map((folder) => (/[\r\n]/.test(folder) ? '/' : folder)))].sort().map((folder) => `${folder}\n`).join('');
}

/** A rules file of more lines is not read in the shell. */
const MOST_LINES = 400;

/**
 * POSIX sh text that takes a read back (`hp_read=0`) where a rule may be about it. It starts no process, and uses no builtin but `test`
 * and `read` that a function could stand in for. Looked at are the user's own rules, the list of committed ones, and every rules file
 * above the folder, by its name and as the file system has it. A rules file is about reads unless each of its rules names effects,
 * which a read has none of, or mutations without "none": a word that could be meant otherwise (an escape, a comment) leaves it so.
 * @param dir Holdpoint's home.
 */
export function readRulesInSh(dir: string): string {
  return `hp_rules() {
  test -e "$1" || return 0
  hp_t=
  hp_n=
  if test ! -f "$1" || test ! -r "$1"; then hp_read=0; return 0; fi
  while IFS= read -r hp_l || test -n "$hp_l"; do
    case $hp_l in *\\\\u*|*'/*'*|*//*'"effect"'*|*//*'"mutation"'*|*//*'"overrides"'*) hp_read=0; return 0 ;; esac
    hp_t="$hp_t$hp_l "
    hp_n=.$hp_n
    case $hp_n in ${'?'.repeat(MOST_LINES)}*) hp_read=0; return 0 ;; esac
  done <"$1"
  hp_n=$hp_t
  hp_m=$hp_t
  while :; do
    case $hp_n in *'"when"'*) ;; *) return 0 ;; esac
    case $hp_m in *'"overrides":'*) ;; *) break ;; esac
    hp_n=\${hp_n#*'"when"'}
    hp_m=\${hp_m#*'"overrides":'}
  done
  while :; do
    case $hp_t in *'"when"'*) ;; *) return 0 ;; esac
    hp_t=\${hp_t#*'"when"'}
    hp_n=\${hp_t%%'"when"'*}
    case $hp_n in
    *'"effect":'*|*'"effect" :'*) ;;
    *'"mutation":'*'"none"'*|*'"none"'*'"mutation":'*) hp_read=0; return 0 ;;
    *'"mutation":'*) ;;
    *) hp_read=0; return 0 ;;
    esac
  done
}
hp_may_read() {
  hp_rules ${shQuote(path.join(dir, 'rules.json'))}
  hp_list=
  if test -r ${shQuote(readRulesList(dir))}; then
    while IFS= read -r hp_l || test -n "$hp_l"; do
      hp_list=1
      hp_q=.
      while test "$hp_read" = 1; do
        if test "$hp_q" -ef "$hp_l"; then hp_read=0; fi
        if test "$hp_q" -ef "$hp_q/.."; then break; fi
        hp_q=$hp_q/..
      done
    done <${shQuote(readRulesList(dir))}
  fi
  if test -n "$hp_list"; then
    for hp_a in "$@"; do
      hp_a=\${hp_a#*=}
      case $hp_a in */*|..) hp_read=0 ;; esac
      if test -d "$hp_a"; then hp_read=0; fi
    done
  fi
  hp_q=.
  while test "$hp_read" = 1; do
    hp_rules "$hp_q/.vscode/holdpoint.json"
    if test "$hp_q" -ef "$hp_q/.."; then break; fi
    hp_q=$hp_q/..
  done
  hp_q=\${PWD-}
  while test "$hp_read" = 1; do
    hp_rules "$hp_q/.vscode/holdpoint.json"
    case $hp_q in */*) hp_q=\${hp_q%/*} ;; *) break ;; esac
  done
}
`;
}
