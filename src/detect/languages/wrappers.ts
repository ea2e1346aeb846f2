/**
 * Commands that run another command: how their own options are passed over to find it.
 *
 * `short` has the letters of options that take a value, `long` the long ones that take one as the next word. `skip` is the
 * number of words between the options and the command. Sources are the manual pages and the tools' own `--help`.
 */
export interface Wrapper {
  readonly short?: string;
  readonly long?: readonly string[];
  readonly skip?: number;
  /** `NAME=value` words before the command set its environment. */
  readonly assigns?: boolean;
  /** What follows is joined with blanks and read by a shell (`watch`, `ssh host …`, `su -c …` has its own). */
  readonly joins?: boolean;
  /** The command stands only behind `--`. */
  readonly dashes?: boolean;
  /** Subcommand words that must stand first (`exec` in `aws-vault exec`). */
  readonly first?: readonly string[];
  /** Options whose value is shell text that is run. */
  readonly text?: readonly string[];
  readonly source: string;
}

export const WRAPPERS: Readonly<Record<string, Wrapper>> = {
  sudo: { short: 'aCcDghpRrTtUu', long: ['--user', '--group', '--chdir', '--close-from', '--host', '--prompt', '--chroot', '--role', '--type', '--command-timeout', '--other-user', '--auth-type', '--login-class'], assigns: true, source: 'sudo(8)' },
  doas: { short: 'Cu', source: 'doas(1)' },
  env: { short: 'uCP', long: ['--unset', '--chdir'], assigns: true, text: ['-S', '--split-string'], source: 'env(1), GNU coreutils' },
  command: { source: 'bash(1), SHELL BUILTIN COMMANDS' },
  builtin: { source: 'bash(1), SHELL BUILTIN COMMANDS' },
  exec: { short: 'a', source: 'bash(1), SHELL BUILTIN COMMANDS' },
  noglob: { source: 'zshmisc(1), PRECOMMAND MODIFIERS' },
  nocorrect: { source: 'zshmisc(1), PRECOMMAND MODIFIERS' },
  time: { short: 'fo', long: ['--format', '--output'], source: 'time(1)' },
  nohup: { source: 'nohup(1)' },
  nice: { short: 'n', long: ['--adjustment'], source: 'nice(1)' },
  ionice: { short: 'cnpPu', long: ['--class', '--classdata'], source: 'ionice(1)' },
  chrt: { short: 'TPD', skip: 1, source: 'chrt(1)' },
  taskset: { short: 'c', skip: 1, source: 'taskset(1)' },
  setsid: { source: 'setsid(1)' },
  stdbuf: { short: 'ioe', long: ['--input', '--output', '--error'], source: 'stdbuf(1)' },
  unbuffer: { source: 'unbuffer(1)' },
  timeout: { short: 'ks', long: ['--kill-after', '--signal'], skip: 1, source: 'timeout(1)' },
  gtimeout: { short: 'ks', long: ['--kill-after', '--signal'], skip: 1, source: 'timeout(1), as Homebrew names it' },
  watch: { short: 'nqs', long: ['--interval', '--equexit'], joins: true, source: 'watch(1)' },
  flock: { short: 'wE', long: ['--timeout', '--wait', '--conflict-exit-code'], skip: 1, text: ['-c', '--command'], source: 'flock(1)' },
  chroot: { long: ['--userspec', '--groups'], skip: 1, source: 'chroot(1)' },
  unshare: { short: 'SGRw', source: 'unshare(1)' },
  nsenter: { short: 'tSG', long: ['--target'], source: 'nsenter(1)' },
  'systemd-run': { short: 'pEHMuG', long: ['--unit', '--property', '--description', '--slice', '--setenv', '--uid', '--gid', '--working-directory', '--machine', '--on-active', '--on-calendar'], source: 'systemd-run(1)' },
  'systemd-inhibit': { long: ['--what', '--who', '--why', '--mode'], source: 'systemd-inhibit(1)' },
  caffeinate: { short: 'tw', source: 'caffeinate(8)' },
  chronic: { source: 'moreutils, chronic(1)' },
  ts: { source: 'moreutils, ts(1)' },
  strace: { short: 'aAbeEIoOpPsSuU', source: 'strace(1)' },
  ltrace: { short: 'aAbDeFlnoprsuwxX', source: 'ltrace(1)' },
  setpriv: { long: ['--reuid', '--regid', '--groups', '--securebits'], source: 'setpriv(1)' },
  runuser: { short: 'ugGs', text: ['-c', '--command', '--session-command'], dashes: true, source: 'runuser(1)' },
  su: { short: 'gGsw', text: ['-c', '--command', '--session-command'], dashes: true, source: 'su(1)' },
  script: { short: 'EIOTBmo', text: ['-c', '--command'], dashes: true, source: 'script(1)' },
  ssh: { short: 'BbcDEeFIiJLlmOoPpQRSWw', skip: 1, joins: true, source: 'ssh(1)' },
  busybox: { source: 'busybox(1)' },
  toybox: { source: 'toybox help' },
  'aws-vault': { first: ['exec'], short: 'dntrs', long: ['--duration', '--mfa-token', '--region'], skip: 1, source: 'aws-vault exec --help' },
  'aws-okta': { first: ['exec'], skip: 1, source: 'aws-okta exec --help' },
  saml2aws: { first: ['exec'], short: 'a', long: ['--exec-profile', '--idp-account'], source: 'saml2aws exec --help' },
  granted: { first: ['exec'], skip: 1, source: 'granted documentation' },
  chamber: { first: ['exec'], dashes: true, source: 'chamber exec --help' },
  direnv: { first: ['exec'], skip: 1, source: 'direnv(1)' },
  op: { first: ['run'], dashes: true, source: 'op run --help' },
  doppler: { first: ['run'], dashes: true, text: ['--command'], source: 'doppler run --help' },
  infisical: { first: ['run'], dashes: true, text: ['--command'], source: 'infisical run --help' },
  dotenv: { short: 'fe', dashes: true, source: 'dotenv-cli README' },
  poetry: { first: ['run'], source: 'poetry run --help' },
  pipenv: { first: ['run'], source: 'pipenv run --help' },
  uv: { first: ['run'], long: ['--with', '--python', '--project', '--directory', '--env-file'], short: 'p', source: 'uv run --help' },
  uvx: { long: ['--from', '--with', '--python'], source: 'uvx --help' },
  pipx: { first: ['run'], long: ['--spec', '--python'], source: 'pipx run --help' },
  bundle: { first: ['exec'], source: 'bundle-exec(1)' },
  npx: { short: 'pw', long: ['--package', '--workspace'], text: ['-c', '--call'], source: 'npx(1)' },
  bunx: { source: 'bunx --help' },
  mise: { first: ['exec', 'x'], dashes: true, source: 'mise exec --help' },
  asdf: { first: ['exec'], source: 'asdf documentation' },
  'nix-shell': { short: 'pAIj', text: ['--run', '--command'], dashes: true, source: 'nix-shell(1)' },
  tmux: { text: [], dashes: true, source: 'tmux(1)' },
};

/** Shells, and the letters of their options that take a value (`-o pipefail`). */
export const SHELLS: ReadonlySet<string> = new Set(['sh', 'bash', 'zsh', 'dash', 'ksh', 'ash', 'mksh', 'rbash', 'fish', 'busybox-sh']);

/** Commands whose words are data: a tool's name among them runs nothing. */
export const DATA: ReadonlySet<string> = new Set([
  'echo', 'printf', 'print', 'grep', 'egrep', 'fgrep', 'rg', 'ag', 'ack', 'sed', 'awk', 'gawk', 'jq', 'yq', 'cat', 'bat', 'less', 'more', 'head', 'tail', 'tee', 'wc', 'sort', 'uniq', 'cut', 'tr', 'diff',
  'man', 'info', 'help', 'whatis', 'apropos', 'tldr', 'which', 'type', 'whereis', 'hash', 'test', '[', '[[', 'expr', 'let', 'true', 'false', ':', 'exit', 'return', 'sleep', 'wait', 'ls', 'stat', 'file', 'find-doc',
  'git', 'gh', 'glab', 'hub', 'code', 'vi', 'vim', 'nano', 'emacs', 'open', 'logger', 'wall', 'say', 'notify-send', 'complete', 'compgen', 'history', 'fc', 'alias', 'unalias', 'apt', 'apt-get', 'brew', 'yum', 'dnf', 'apk', 'pacman',
  'snap', 'pip', 'pip3', 'npm', 'yarn', 'pnpm', 'gem', 'cargo', 'go', 'touch', 'mkdir', 'cp', 'mv', 'ln', 'chmod', 'chown', 'rm', 'cd', 'pushd', 'popd', 'dirname', 'basename', 'realpath', 'readlink', 'seq', 'date', 'curl', 'wget',
  'pgrep', 'pkill', 'killall', 'ps', 'top', 'docker', 'podman', 'kubectl', 'python', 'python3', 'node', 'ruby', 'perl', 'pytest', 'make', 'shellcheck', 'bats', 'set', 'unset', 'shopt', 'local', 'export', 'declare', 'readonly', 'typeset',
]);
