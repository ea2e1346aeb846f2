import { realpathSync } from 'node:fs';
import path from 'node:path';

import type { Hold } from '../detect/hold';
import { HELD } from '../detect/tools/registry';
import { hideInSh } from './hidden-env';
import { readRulesInSh } from './read-rules';
import { shQuote } from '../model/sh-quote';
import { SHIM_MARK } from './shim-mark';

/** The guarded tools; each gets a shim of its name. A fast path decides in sh what only reads. */
export const GUARDED: Readonly<Record<string, Pick<Hold, 'fastPath'>>> = Object.fromEntries(HELD.map((tool) => [tool.names[0] ?? '', tool.hold]));

/**
 * Where /bin/sh is bash, it takes functions and options from the environment. First of all, those that could decide in the place of a
 * builtin or change what a pattern or a line means are put off: `case` is a reserved word, and an assignment of POSIXLY_CORRECT lets
 * `set`, `unset`, `exec`, `.` and the other special builtins come before functions. `[` can't be put off so (it is no name), and is
 * nowhere used. Sources: bash(1), "SHELL BUILTIN COMMANDS", SHELLOPTS, BASHOPTS, "Bash POSIX Mode".
 */
export const PLAIN_SH = `case \${BASH_VERSION-} in ?*)
  POSIXLY_CORRECT=\${POSIXLY_CORRECT-}
  set +aefkuvxCH
  unset -f test echo read command shopt
  shopt -u nocasematch extglob nullglob failglob
;; esac
`;

/**
 * The first line of a script for this system's /bin/sh. Bash can be told by the environment to put its history in the place of a script's
 * own lines, before the first of them is read (SHELLOPTS, histchars); with `-p` it takes neither options nor functions from there. Other
 * shells take none anyway, and not all of them know `-p`. Source: bash(1), "Invocation" and `set -p`; sh(1) of macOS for its link.
 */
export function firstLine(links: readonly string[] = ['/private/var/select/sh', '/bin/sh']): string {
  for (const link of links) {
    try {
      return /^bash/.test(path.basename(realpathSync(link))) ? '#!/bin/sh -p\n' : '#!/bin/sh\n';
    } catch {
      // The next one then.
    }
  }
  return '#!/bin/sh\n';
}

/** Becomes the tool when it only reads and no rule may be about that. */
const RELEASE = `case $hp_read in 1) hp_may_read "$@" ;; esac
case $hp_read in 1) exec "$hp_real" "$@" ;; esac
`;

/**
 * A shim for POSIX systems: finds the real tool, becomes it at once when the command only reads, and becomes the client
 * otherwise. Starts no process of its own, and believes no environment variable about where its own parts are.
 * @param lib absolute path of the folder with `client.js` and `node.sh`.
 */
export function posixShim(tool: string, lib: string): string {
  const fastPath = GUARDED[tool]?.fastPath;
  return `${firstLine()}# Holdpoint's shim for ${tool}: asks before it runs what destroys. See https://github.com/holdpoint/holdpoint
${PLAIN_SH}hp_lib=${shQuote(lib)}
hp_tool=${shQuote(tool)}
hp_real=
hp_ifs=$IFS
IFS=:
set -f
for hp_d in $PATH; do
  case $hp_d in '') hp_d=. ;; esac
  if test -x "$hp_d/$hp_tool" && test -f "$hp_d/$hp_tool" && test ! -e "$hp_d/${SHIM_MARK}"; then
    hp_real=$hp_d/$hp_tool
    break
  fi
done
set +f
IFS=$hp_ifs
if test -z "$hp_real"; then
  echo "$hp_tool: command not found" >&2
  exit 127
fi
${fastPath ? `${fastPath()}${readRulesInSh(path.dirname(lib))}${RELEASE}` : ''}hp_node=
hp_electron=
if test -r "$hp_lib/node.sh"; then . "$hp_lib/node.sh"; fi
test -x "$hp_node" || { hp_electron=; hp_node=$(command -v node); }
if test -z "$hp_node" || test ! -r "$hp_lib/client.js"; then
  echo "Holdpoint can't decide about: $hp_tool. Its parts in $hp_lib are missing." >&2
  echo "It was not run. Open the editor with Holdpoint once, or take the shims' folder off PATH." >&2
  exit 75
fi
hp_fds=
for hp_f in /dev/fd/*; do
  hp_n=\${hp_f##*/}
  case $hp_n in 0|1|2|*[!0-9]*) continue ;; esac
  if test -e "$hp_f" && test ! "$hp_f" -ef "$0"; then hp_fds=$hp_fds,$hp_n; fi
done
hp_ign=
if test -n "\${BASH_VERSION-}" || test ! -r "/proc/$$/status"; then
  hp_ign=$(trap)
else
  while read -r hp_k hp_v; do
    if test "$hp_k" = SigIgn:; then hp_ign=$hp_v; break; fi
  done <"/proc/$$/status"
fi
${hideInSh()}if test -n "$hp_electron"; then
  case \${ELECTRON_RUN_AS_NODE-} in ?*) hp_electron=was ;; esac
  ELECTRON_RUN_AS_NODE=1
  export ELECTRON_RUN_AS_NODE
fi
exec "$hp_node" "$hp_lib/client.js" "fds=$hp_fds" "ign=$hp_ign" "electron=$hp_electron" "$hp_tool" "$hp_real" "$@"
`;
}

/** What tells the shims which Node to start. */
export function nodeFile(execPath: string, electron: boolean): string {
  return `hp_node=${shQuote(execPath)}\nhp_electron=${electron ? '1' : ''}\n`;
}

/** A shim for cmd.exe. Windows has no descriptors to pass on and no exec: the client stays as the parent. */
export function cmdShim(tool: string, lib: string, execPath: string, electron: boolean): string {
  const lines = [
    '@echo off',
    'setlocal DisableDelayedExpansion',
    ...(electron ? ['set "ELECTRON_RUN_AS_NODE=1"'] : []),
    `"${execPath}" "${lib}\\client.js" "electron=${electron ? '1' : ''}" "${tool}" - %*`,
    'exit /b %ERRORLEVEL%',
  ];
  return `${lines.join('\r\n')}\r\n`;
}

/**
 * A shim for PowerShell, which takes `.ps1` before `.cmd`. It runs inside the person's own session, so it leaves no variable
 * behind, and what is piped into it must be handed on by name.
 */
export function powershellShim(tool: string, lib: string, execPath: string, electron: boolean): string {
  const q = (text: string): string => `'${text.replaceAll("'", "''")}'`;
  const call = `& ${q(execPath)} ${q(`${lib}\\client.js`)} 'electron=${electron ? '1' : ''}' ${q(tool)} '-' @args`;
  const both = `if ($MyInvocation.ExpectingInput) { $input | ${call} } else { ${call} }`;
  const lines = electron
    ? ['$before = $env:ELECTRON_RUN_AS_NODE', `try { $env:ELECTRON_RUN_AS_NODE = '1'; ${both} } finally { $env:ELECTRON_RUN_AS_NODE = $before }`, 'exit $LASTEXITCODE']
    : [both, 'exit $LASTEXITCODE'];
  return `${lines.join('\r\n')}\r\n`;
}
