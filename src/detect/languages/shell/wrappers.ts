import type { TextRange } from '../../../model';
import type { Frame } from './frame';
import { environment } from './report';
import { childFrame, evaluate, runShell, sourceOfField } from './shells';
import { packageWords } from './packages';
import { fork, newState, setVariable } from './state';
import { field, hasGap, quoted, sourceAt, type Field } from './text';
import { runArgv, walkText } from './parts';

/** A command that runs another: how its own words are passed over to find it. */
export interface Wrapper {
  /** Letters of options that take a value. */
  readonly short?: string;
  /** Long options that take a value as the next word. */
  readonly long?: readonly string[];
  /** How many words stand between the options and the command. */
  readonly skip?: number;
  /** `NAME=value` words before the command set its environment. */
  readonly assigns?: boolean;
  /** The words are joined with blanks and read by a shell. */
  readonly joins?: boolean;
  /** A subcommand that must be there (`exec` in `aws-vault exec`). */
  readonly first?: readonly string[];
  /** Options whose value is a text that a shell reads; they may stand behind other words. */
  readonly text?: readonly string[];
  /** Options behind which all words are the command. */
  readonly rest?: readonly string[];
  /** Without these options, and without `--`, it runs nothing that stands in its words; a list names options with which it does. */
  readonly bare?: boolean | readonly string[];
  /** The command runs on another machine: it gets neither this shell's variables nor its files. */
  readonly remote?: boolean;
  /** Without a command a shell reads the input, but with one of these options. */
  readonly reads?: RegExp;
  /** What it passes over when it looks the command up. */
  readonly without?: Frame['without'];
  readonly source: string;
}

export const WRAPPERS: ReadonlyMap<string, Wrapper> = new Map<string, Wrapper>(Object.entries({
  sudo: { short: 'aCcDghpRrTtUu', long: ['--user', '--group', '--chdir', '--close-from', '--host', '--prompt', '--chroot', '--role', '--type', '--command-timeout', '--other-user', '--auth-type', '--login-class'], assigns: true, source: 'sudo(8)' },
  doas: { short: 'Cu', source: 'doas(1)' },
  pkexec: { long: ['--user'], source: 'pkexec(1)' },
  env: { short: 'uCPS', long: ['--unset', '--chdir', '--split-string'], assigns: true, source: 'env(1), GNU coreutils' },
  command: { without: 'functions', source: 'bash(1), SHELL BUILTIN COMMANDS' },
  builtin: { without: 'functions', source: 'bash(1), SHELL BUILTIN COMMANDS' },
  exec: { short: 'a', source: 'bash(1), SHELL BUILTIN COMMANDS' },
  noglob: { without: 'nothing', source: 'zshmisc(1), PRECOMMAND MODIFIERS' },
  nocorrect: { without: 'nothing', source: 'zshmisc(1), PRECOMMAND MODIFIERS' },
  time: { short: 'fo', long: ['--format', '--output'], source: 'time(1)' },
  nohup: { source: 'nohup(1)' },
  nice: { short: 'n', long: ['--adjustment'], source: 'nice(1)' },
  ionice: { short: 'cnpPu', long: ['--class', '--classdata'], source: 'ionice(1)' },
  chrt: { short: 'TPD', skip: 1, source: 'chrt(1)' },
  taskset: { skip: 1, source: 'taskset(1)' },
  numactl: { short: 'NCmipl', source: 'numactl(8)' },
  setsid: { source: 'setsid(1)' },
  stdbuf: { short: 'ioe', long: ['--input', '--output', '--error'], source: 'stdbuf(1)' },
  unbuffer: { source: 'unbuffer(1)' },
  timeout: { short: 'ks', long: ['--kill-after', '--signal'], skip: 1, source: 'timeout(1)' },
  gtimeout: { short: 'ks', long: ['--kill-after', '--signal'], skip: 1, source: 'timeout(1), as Homebrew names it' },
  watch: { short: 'nqs', long: ['--interval', '--equexit'], joins: true, source: 'watch(1)' },
  flock: { short: 'wE', long: ['--timeout', '--wait', '--conflict-exit-code'], skip: 1, text: ['-c', '--command'], source: 'flock(1)' },
  chroot: { long: ['--userspec', '--groups'], skip: 1, source: 'chroot(1)' },
  unshare: { short: 'SGRw', long: ['--root', '--wd', '--setuid', '--setgid', '--map-user', '--map-group'], source: 'unshare(1)' },
  nsenter: { short: 'tSG', long: ['--target', '--setuid', '--setgid'], source: 'nsenter(1)' },
  setpriv: { long: ['--reuid', '--regid', '--groups', '--securebits', '--inh-caps', '--ambient-caps', '--bounding-set'], source: 'setpriv(1)' },
  'systemd-run': { short: 'pEHMuG', long: ['--unit', '--property', '--description', '--slice', '--setenv', '--uid', '--gid', '--working-directory', '--machine', '--on-active', '--on-calendar', '--on-boot', '--host'], source: 'systemd-run(1)' },
  'systemd-inhibit': { long: ['--what', '--who', '--why', '--mode'], source: 'systemd-inhibit(1)' },
  'systemd-cat': { short: 'tp', long: ['--identifier', '--priority'], source: 'systemd-cat(1)' },
  caffeinate: { short: 'tw', source: 'caffeinate(8)' },
  chronic: { source: 'moreutils, chronic(1)' },
  ts: { source: 'moreutils, ts(1)' },
  strace: { short: 'aAbeEIoOpPsSuU', source: 'strace(1)' },
  ltrace: { short: 'aAbDeFlnoprsuwxX', source: 'ltrace(1)' },
  entr: { source: 'entr(1)' },
  runuser: { short: 'ugGs', long: ['--user', '--group', '--shell'], text: ['-c', '--command', '--session-command'], bare: ['-u', '--user'], source: 'runuser(1)' },
  su: { short: 'gGsw', long: ['--group', '--shell'], text: ['-c', '--command', '--session-command'], bare: true, source: 'su(1)' },
  script: { short: 'EIOTBmo', text: ['-c', '--command'], bare: true, source: 'script(1)' },
  ssh: { short: 'BbcDEeFIiJLlmOoPpQRSWw', skip: 1, joins: true, remote: true, reads: /^-[46AaCfGgKkMNnqsTtVvXxYy]*[fGNnOQVW]/, source: 'ssh(1)' },
  mosh: { long: ['--ssh'], skip: 1, remote: true, source: 'mosh(1)' },
  busybox: { source: 'busybox(1)' },
  toybox: { source: 'toybox help' },
  'aws-vault': { first: ['exec'], short: 'dntr', long: ['--duration', '--mfa-token', '--region', '--backend'], skip: 1, source: 'aws-vault exec --help' },
  'aws-okta': { first: ['exec'], skip: 1, source: 'aws-okta exec --help' },
  saml2aws: { first: ['exec'], short: 'a', long: ['--exec-profile', '--idp-account'], source: 'saml2aws exec --help' },
  assume: { short: 'r', rest: ['--exec'], bare: true, source: 'granted documentation, assume --exec' },
  chamber: { first: ['exec'], skip: 1, source: 'chamber exec --help' },
  direnv: { first: ['exec'], skip: 1, source: 'direnv(1)' },
  op: { first: ['run'], long: ['--env-file', '--account', '--environment'], source: 'op run --help' },
  doppler: { first: ['run'], short: 'pct', long: ['--project', '--config', '--token', '--scope'], text: ['--command'], source: 'doppler run --help' },
  infisical: { first: ['run'], long: ['--env', '--path', '--projectId', '--token'], text: ['--command'], source: 'infisical run --help' },
  dotenv: { short: 'efvc', long: ['--file'], source: 'dotenv-cli README' },
  dotenvx: { first: ['run'], short: 'fe', long: ['--env-file', '--env'], source: 'dotenvx run --help' },
  poetry: { first: ['run'], source: 'poetry run --help' },
  pipenv: { first: ['run'], source: 'pipenv run --help' },
  pdm: { first: ['run'], source: 'pdm run --help' },
  hatch: { first: ['run'], source: 'hatch run --help' },
  rye: { first: ['run'], source: 'rye run --help' },
  uv: { first: ['run'], short: 'p', long: ['--with', '--python', '--project', '--directory', '--env-file', '--extra', '--group'], source: 'uv run --help' },
  uvx: { short: 'p', long: ['--from', '--with', '--python'], source: 'uvx --help' },
  pipx: { first: ['run'], long: ['--spec', '--python'], source: 'pipx run --help' },
  conda: { first: ['run'], short: 'np', long: ['--name', '--prefix', '--cwd'], source: 'conda run --help' },
  bundle: { first: ['exec'], source: 'bundle-exec(1)' },
  npx: { short: 'pw', long: ['--package', '--workspace'], text: ['-c', '--call'], source: 'npx(1)' },
  bunx: { source: 'bunx --help' },
  mise: { first: ['exec', 'x'], short: 'Cj', long: ['--cd', '--jobs'], text: ['-c', '--command'], source: 'mise exec --help' },
  asdf: { first: ['exec'], source: 'asdf documentation' },
  'nix-shell': { short: 'pAIj', text: ['--run', '--command'], bare: true, source: 'nix-shell(1)' },
  nix: { first: ['shell', 'develop'], rest: ['-c', '--command'], bare: true, source: 'nix3-shell(1)' },
  vagrant: { first: ['ssh'], text: ['-c', '--command'], bare: true, remote: true, source: 'vagrant ssh --help' },
  wsl: { short: 'du', long: ['--distribution', '--user', '--cd'], rest: ['-e', '--exec'], source: 'wsl --help' },
  'wsl.exe': { short: 'du', long: ['--distribution', '--user', '--cd'], rest: ['-e', '--exec'], source: 'wsl --help' },
  winpty: { source: 'winpty README' },
}));

/** Takes a wrapper's own words off and goes on with the command behind them. */
export function unwrap(name: string, wrapper: Wrapper, all: readonly Field[], frame: Frame, range: TextRange): void {
  const begin = wrapper.first ? all.findIndex((a) => wrapper.first?.includes(a.text)) + 1 : 0;
  if (wrapper.first && begin === 0) return;
  const args = all.slice(begin);
  const there = wrapper.remote ? { state: newState(frame.run.remote()), env: undefined } : {};
  const inner: Frame = { ...frame, ...there, wrappers: [...frame.wrappers, name], without: wrapper.without ?? 'builtins' };
  const read = readOptions(name, wrapper, args, inner, range);
  // Without words a login shell there reads what this command is given.
  if (wrapper.reads && !read.ran && read.words.length === 0 && frame.input !== null && !args.some((a) => wrapper.reads?.test(a.text))) return runShell('sh', [], read.frame, range);
  if (read.ran || read.words.length === 0) return;
  const next: Frame = read.frame;
  if (wrapper.joins && !read.argv) {
    const [only] = read.words;
    const child = childFrame(next, [], undefined);
    const source = read.words.length === 1 && only ? sourceOfField(only, next, range) : sourceAt(read.words.map((w) => w.text).join(' '), range, frame.source.file);
    return walkText(source, { ...child, input: frame.input });
  }
  // What `env -S` makes of its text is read by the same grammar as any text.
  if (name === 'env' && read.words[0]?.text === SPLIT) return evaluate(read.words.slice(1), { ...next, without: 'nothing' }, range);
  runArgv(read.words, next, range);
}

const SPLIT = ' split';

interface Read {
  readonly words: readonly Field[];
  readonly frame: Frame;
  /** True when a text was run and there is no command besides. */
  readonly ran: boolean;
  /** `watch -x`: the words are run as they are. */
  readonly argv: boolean;
}

function readOptions(name: string, wrapper: Wrapper, args: readonly Field[], inner: Frame, range: TextRange): Read {
  const bare = Array.isArray(wrapper.bare) ? !args.some((a) => wrapper.bare !== true && wrapper.bare !== false && wrapper.bare?.includes(a.text.split('=')[0] ?? '')) : wrapper.bare === true;
  const env = new Map(inner.env ?? []);
  let state = inner.state;
  let argv = false;
  let ran = false;
  let at = 0;
  const text = (word: Field | undefined): void => {
    ran = true;
    if (word) walkText(sourceOfField(word, inner, range), childFrame({ ...inner, env }, [], undefined));
  };
  const done = (words: readonly Field[]): Read => ({ words, frame: { ...inner, state, env: env.size > 0 ? env : undefined }, ran, argv });
  let skipped = 0;
  for (; at < args.length; at++) {
    const word = args[at];
    if (!word) break;
    const option = word.text;
    if (option === '--') {
      at++;
      const left = wrapper.first ? 0 : (wrapper.skip ?? 0) - skipped;
      // `timeout -- 5 cmd`: the words between come behind it.
      if (bare && !args.slice(at).some((a) => wrapper.text?.includes(a.text))) return done([]);
      if (!bare) return done(args.slice(at + Math.max(0, left)));
      continue;
    }
    if (wrapper.rest?.includes(option)) return done(args.slice(at + 1));
    const [long = ''] = option.split('=');
    if (option.startsWith('--')) {
      const attached = option.length > long.length ? field(option.slice(long.length + 1), word.range, word.raw) : undefined;
      if (name === 'env' && long === '--split-string') return done(splitString(attached ?? args[++at], args.slice(at + 1), range));
      if (wrapper.text?.includes(long)) text(attached ?? args[++at]);
      else if (!attached && wrapper.long?.includes(long)) {
        if (name === 'env' && long === '--unset') state = without(state, args[at + 1]?.text ?? '');
        at++;
      }
      if (name === 'env' && option === '--ignore-environment') state = cleared(inner);
      if (name === 'watch' && option === '--exec') argv = true;
      continue;
    }
    if (option.startsWith('-') && option.length > 1) {
      const letters = option.slice(1);
      if (name === 'watch' && letters.includes('x')) argv = true;
      if (name === 'env' && letters.includes('i')) state = cleared(inner);
      const textAt = [...letters].findIndex((c) => wrapper.text?.includes(`-${c}`));
      const valued = [...letters].findIndex((c) => wrapper.short?.includes(c));
      if (textAt >= 0 && (valued < 0 || textAt < valued)) {
        text(textAt === letters.length - 1 ? args[++at] : field(letters.slice(textAt + 1), word.range, word.raw));
      } else if (valued >= 0) {
        const attached = valued < letters.length - 1 ? field(letters.slice(valued + 1), word.range, word.raw) : undefined;
        if (name === 'env' && letters.charAt(valued) === 'S') return done(splitString(attached ?? args[++at], args.slice(at + 1), range));
        const value = attached ?? args[++at];
        if (name === 'env' && letters.charAt(valued) === 'u') state = without(state, value?.text ?? '');
      }
      continue;
    }
    if (option === '-') {
      if (name === 'env') state = cleared(inner);
      continue;
    }
    const assigned = wrapper.assigns ? /^([A-Za-z_]\w*)=([^]*)$/.exec(option) : null;
    if (assigned) {
      env.set(String(assigned[1]), String(assigned[2]));
      continue;
    }
    // Behind its operands such a wrapper may still have options with a text.
    if (bare) continue;
    if (skipped < (wrapper.skip ?? 0)) {
      skipped++;
      if (wrapper.text && skipped === wrapper.skip) continue;
      if (skipped === wrapper.skip) {
        at++;
        if (args[at]?.text === '--') at++;
        break;
      }
      continue;
    }
    break;
  }
  return done(bare || ran ? [] : operandsOf(name, args.slice(at)));
}

/** Programs that run a package's command. */
const PACKAGE_RUNNERS = /^(?:npx|bunx|uvx|uv|pipx)$/;

/** A version of a tool before the command: `mise x awscli@2 -- aws`, `asdf exec`. */
function operandsOf(name: string, words: readonly Field[]): readonly Field[] {
  if (PACKAGE_RUNNERS.test(name)) return packageWords(words);
  const dashes = words.findIndex((w) => w.text === '--');
  return dashes >= 0 && (name === 'mise' || name === 'dotenv' || name === 'dotenvx' || name === 'op' || name === 'doppler' || name === 'infisical' || name === 'conda') ? words.slice(dashes + 1) : words;
}

/** `env -S 'NAME=x cmd arg'`: one text as words. */
function splitString(text: Field | undefined, rest: readonly Field[], range: TextRange): Field[] {
  if (!text) return [...rest];
  const code = `env ${text.text} ${rest.map(quoted).join(' ')}`;
  return [field(SPLIT, range), field(code, range)];
}

function without(state: Frame['state'], name: string): Frame['state'] {
  const next = fork(state);
  if (name !== '' && !hasGap(name)) setVariable(next, name, [undefined], { exported: true });
  return next;
}

/** `env -i`: nothing of the environment is left. */
function cleared(frame: Frame): Frame['state'] {
  const next = fork(frame.state);
  for (const name of environment(frame).keys()) if (name !== 'PATH') setVariable(next, name, [undefined], { exported: true });
  return next;
}
