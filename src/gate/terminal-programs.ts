/** The programs between a person and a shell, and how they are told apart. */
import path from 'node:path';

import type { ProcessFacts, ProcessTable } from './process-table';

/** Set by the build of the tests alone: programs that stand for a person's terminal there, and above which nobody looks. */
declare const TEST_TERMINALS: readonly string[] | undefined;
const STAND_INS: readonly string[] = typeof TEST_TERMINALS === 'undefined' ? [] : (TEST_TERMINALS ?? []);

/** Terminal emulators, by the name of their program (their own packages' file lists in Debian, Fedora and Arch). */
export const EMULATORS: ReadonlySet<string> = new Set([
  'gnome-terminal-server', 'kgx', 'ptyxis-agent', 'konsole', 'yakuake', 'xterm', 'urxvt', 'urxvtd', 'rxvt', 'kitty', 'alacritty', 'wezterm-gui', 'foot', 'tilix', 'tilda',
  'xfce4-terminal', 'mate-terminal', 'lxterminal', 'qterminal', 'st', 'ghostty', 'deepin-terminal', 'cool-retro-term', 'mosh-server', 'Terminal', 'iTerm2', 'iTermServer', ...STAND_INS,
]);
/** Terminal emulators that are a script: the interpreter's own name tells nothing (file lists of `terminator` and `guake` in Debian and Fedora). */
const SCRIPTED: ReadonlySet<string> = new Set(['/usr/bin/terminator', '/usr/bin/guake']);
/** Programs that pass another terminal's keys on: whoever sits at that one sits at this one, too. */
export const MULTIPLEXERS: ReadonlySet<string> = new Set(['tmux', 'screen', 'zellij']);
export const PASSING_ON: ReadonlySet<string> = new Set(['sudo', 'su', 'doas', 'runuser', 'run0']);
/** Services that let a person in and hold the terminal as root (sshd(8), login(1), in.telnetd(8), dropbear(8), etserver(1)). */
export const LOGINS = /^(?:sshd|sshd-session|login|dropbear|in\.telnetd|telnetd|etserver)$/;
/** Those of them that tell each session where it came from, in `SSH_CONNECTION` (ssh(1), ENVIRONMENT; dropbear(8)). */
export const OVER_NETWORK = /^(?:sshd|sshd-session|dropbear)$/;
const EDITORS = /^(?:code|code-insiders|code-oss|codium|vscodium|code-server|cursor|windsurf|kiro|positron|trae|antigravity|electron)(?:[ -]helper.*)?$/i;
const EDITOR_WORDS = /(?:^|[\\/.])(?:vscode|code|cursor|windsurf|kiro|openvscode|vscodium|positron)-server(?:[\\/]|$)|(?:^|[\\/])server-main\.js$|(?:^|[\\/])bootstrap-fork(?:\.js)?$|^--type=(?:ptyHost|extensionHost)$/;
const EXTENSION_HOST = /extensionHost/;

/** The parents of a process, nearest first, with the process itself at the front. */
export function lineOf(table: Pick<ProcessTable, 'processes'>, pid: number): ProcessFacts[] {
  const line: ProcessFacts[] = [];
  const seen = new Set<number>();
  for (let at = table.processes.get(pid); at && line.length < LONGEST && !seen.has(at.pid); at = table.processes.get(at.parent)) {
    line.push(at);
    seen.add(at.pid);
    if (isStandIn(at)) break;
  }
  return line;
}
/** A line is followed so far. */
export const LONGEST = 1000;

export const isStandIn = ({ name }: ProcessFacts): boolean => STAND_INS.includes(name);

/** The name of its program's file, which it can't choose itself; its own word where the file may not be seen. */
export const baseOf = ({ program, name }: ProcessFacts): string => path.basename(program ?? name);

export const named = ({ name, pid, program }: ProcessFacts): string => `${program === undefined ? name : path.basename(program)} (process ${pid}${program === undefined ? '' : `, ${program}`})`;

/** What marks an environment as the editor's; marks only ever raise. */
export function inEditor(env: Readonly<Record<string, string | undefined>>): string | undefined {
  if (env['TERM_PROGRAM'] === 'vscode') return 'TERM_PROGRAM says so';
  const name = Object.keys(env).find((key) => key.startsWith('VSCODE_') && env[key] !== '');
  return name === undefined ? undefined : `${name} is set`;
}

/** Whether it calls itself the editor. Any program can do that. */
export const saysEditor = ({ name, argv }: ProcessFacts): boolean => EDITORS.test(name) || argv.some((word) => EDITOR_WORDS.test(word));

/** Whether it is an editor's program that this user can't have put there, and not merely an interpreter for another one's script. */
export const isEditor = (p: ProcessFacts, known: boolean): boolean =>
  known && EDITORS.test(baseOf(p)) && !/^electron$/i.test(baseOf(p)) && (p.env?.['ELECTRON_RUN_AS_NODE'] ?? '') === '';

/** Whether it runs the extensions of an editor: what they start is a program's, whatever terminal stands behind it. */
export const runsExtensions = ({ argv, env }: ProcessFacts): boolean =>
  argv.some((word) => /^--type=extensionHost$/.test(word)) || EXTENSION_HOST.test(env?.['VSCODE_ESM_ENTRYPOINT'] ?? '') || EXTENSION_HOST.test(env?.['VSCODE_AMD_ENTRYPOINT'] ?? '');

/** A person's terminal emulator. @param known whether this user can't have put its program there, as far as the system tells. */
export const isEmulator = (p: ProcessFacts, known: boolean): boolean => known && (EMULATORS.has(baseOf(p)) || SCRIPTED.has(p.argv[1] ?? ''));
