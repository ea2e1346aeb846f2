import type { Elsewhere, Finding, Invocation, Readers, Word } from '../../invocation';
import { BUILTINS } from '../../languages/shell/builtins';
import { SHELLS } from '../../languages/shell/names';
import { WRAPPERS } from '../../languages/shell/wrappers';
import { found } from './call';

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

/** Programs that only read, whatever their words are. Source: their manual pages. */
const READERS = words(`ls dir ll cat zcat head tail less more grep egrep fgrep zgrep rg wc cut tr nl fold column diff cmp comm md5sum sha1sum sha256sum printenv ps pgrep top htop free df du uptime cal id whoami groups uname arch pwd echo printf test
  [ stat file readlink realpath basename dirname which whereis type true false sleep nproc lscpu lsblk lsof vmstat iostat mpstat getent getconf nslookup dig host ping ping6 traceroute tracepath mtr netstat arp jq strings od hexdump locale ulimit
  jps jstat jstack pidof pstree last w who cd set : exit export unset read wait return break continue shift local declare tac rev seq expr base64 tty umask hash times jobs let trap command builtin pg_isready pg_dump pg_dumpall mysqldump mongodump tput clear
  nvidia-smi sha512sum zstdcat bzcat xzcat lsns lspci lsusb lsmod blkid findmnt ss dpkg-query awk gawk mawk sed gsed find gfind xargs parallel tee cp mv ln install make just task`);

/** Readers with options or words that write. Source: their manual pages. */
const SOMETIMES: Readonly<Record<string, (args: readonly string[]) => string | boolean>> = {
  sort: (a) => valueOf(a, /^(?:-\w*o|--output)$/, /^(?:-\w*o|--output=)(.+)$/),
  tree: (a) => valueOf(a, /^-o$/, /^-o(.+)$/),
  uniq: (a) => a.filter((w) => !/^[-+]./.test(w))[1] ?? false,
  xxd: (a) => a.filter((w) => !/^-./.test(w))[1] ?? false,
  dmesg: (a) => a.some((w) => /^-\w*[CcDE]|^--(?:clear|read-clear|console-off)$/.test(w)),
  date: (a) => a.some((w) => /^(?:-s|--set)|^\d{8,}/.test(w)),
  hostname: (a) => a.some((w) => !w.startsWith('-')),
  journalctl: (a) => a.some((w) => /^--(?:vacuum|rotate|flush)/.test(w)),
};

function valueOf(args: readonly string[], alone: RegExp, attached: RegExp): string | false {
  const at = args.findIndex((w) => alone.test(w));
  if (at >= 0) return args[at + 1] ?? false;
  return args.map((w) => attached.exec(w)?.[1]).find((w) => w !== undefined) ?? false;
}

/** Programs of every day whose words say what they do and that take nothing away: they make, copy, build, test, ask. Source: their manual pages and command references. */
const EVERYDAY = words(`mkdir touch tar gzip gunzip zip unzip bzip2 xz zstd chmod chown chgrp mktemp npm yarn pnpm npx nvm fnm volta pyenv rbenv eslint prettier tsc vitest playwright cypress phpunit pest phpstan rspec rubocop mypy ruff black flake8 gradlew mvnw node nodejs python python3 pip pip3 ruby bundle rake php composer go cargo mvn gradle java dotnet pytest jest mocha tox apt apt-get apk yum dnf
  curl wget http https nc ncat openssl ssh-keygen systemctl service nginx apachectl supervisorctl pm2 gunicorn celery artisan manage.py rails flask alembic crontab logger nohup time git gh vi vim nano emacs su ip ifconfig route iptables sysctl mount perl lua deno bun tsx`);
/** Where a project has the programs of its packages. Source: Composer, npm, Bundler, Gradle and Maven documentation. */
const OF_PACKAGES = /^\.\/(?:(?:vendor\/bin|node_modules\/\.bin|bin)\/[\w-]+|gradlew|mvnw)$/;
/** A word of such a program that speaks of an end. */
const ENDING = /^(?:--?)?(?:[\w.-]*[:._-])?(?:drop|delete|destroy|remove|rm|purge|wipe|flush|truncate|reset|teardown|clean|clear|prune|erase|uninstall|kill|stop|down|rollback|fresh|refresh)(?:[:._-][\w.-]*)?$/i;
/** Code in a word, or a script in a file, is no command of every day. */
const CODE = /^(?:python|node|nodejs|ruby|php|perl|lua|deno|bun|tsx|bash|sh)[\d.]*$/;
/** The script is a framework's own entry. Source: Django, Laravel and Symfony documentation. */
const ENTRY = /(?:^|\/)(?:manage\.py|artisan|bin\/console|rails|rake|bin\/rails)$/;

/** Where what is lost is made again. Source: Filesystem Hierarchy Standard 3.0. */
const PASSING = /^(?:\/(?:tmp|var\/tmp|dev\/shm|var\/cache|run|var\/run)\/.+|\/dev\/(?:null|stdout|stderr|tty|fd\/\d+)|\/proc\/(?:self|1)\/fd\/\d+)$|(?:^|\/)(?:tmp|temp|\.?cache|node_modules|__pycache__|dist|build|target|coverage)(?:\/|$)|\.(?:tmp|pyc|pid|lock)$/;
const passing = (path: string): boolean => PASSING.test(path) && !/(?:^|\/)\.\.(?:\/|$)/.test(path);

const baseOf = (text: string): string => text.slice(text.lastIndexOf('/') + 1);

function say(invocation: Invocation, name: string, parts: Pick<Finding, 'mutation' | 'reason'> & Partial<Pick<Finding, 'effects' | 'door' | 'unknowns'>>, path?: string): Finding {
  return found({ invocation, tool: name, provider: 'shell', context: {} }, { action: name.replace(/\W/g, '_'), targets: path === undefined ? [] : [{ type: 'path', name: path, known: true }], ...parts });
}

function lost(invocation: Invocation, name: string, path: string, verb: string): Finding[] {
  return passing(path) ? [] : [say(invocation, name, { mutation: 'destructive', effects: ['data-loss'], reason: `${name}: ${verb} ${path} there: what stood in it is lost.` }, path)];
}

const unread = (invocation: Invocation, name: string, shown: string): Finding => say(invocation, name, { mutation: 'modifying', door: 'unread', reason: `${name}: Runs ${shown}, which nobody has read.`, unknowns: [`what ${shown} does`] });
const everyday = (invocation: Invocation, name: string): Finding => say(invocation, name, { mutation: 'modifying', door: 'command', reason: `${name}: Runs ${name} there.` });

/** Programs that delete, empty, overwrite or move files, or end processes: on another machine nothing of that is a workspace. Source: their manual pages. */
function removes(name: string, args: readonly string[], invocation: Invocation): Finding[] | undefined {
  const plain = args.filter((a) => !/^-./.test(a));
  const each = (paths: readonly string[], verb: string): Finding[] => paths.flatMap((p) => lost(invocation, name, p, verb));
  switch (name) {
    case 'rm': case 'unlink': case 'shred': case 'srm': case 'rmdir': return name === 'rmdir' ? [everyday(invocation, name)] : plain.length === 0 ? each(['what it is given'], 'Deletes') : [...each(plain, 'Deletes'), everyday(invocation, name)];
    case 'truncate': return each(plain.filter((p) => !/^[+]?\d+[KMGT]?$/.test(p) || p.includes('/')), 'Empties');
    case 'dd': return each(args.flatMap((a) => (a.startsWith('of=') ? [a.slice(3)] : [])), 'Overwrites');
    case 'mv': return plain.length < 2 || plain.slice(0, -1).every(passing) ? [everyday(invocation, name)] : each(plain.slice(0, -1), 'Takes away');
    case 'cp': case 'install': case 'ln': return [everyday(invocation, name)];
    case 'tee': return args.some((a) => /^-\w*a|^--append/.test(a)) ? (plain.length > 0 ? [everyday(invocation, name)] : []) : each(plain, 'Overwrites');
    case 'find': case 'gfind': return args.includes('-delete') ? each(plain.slice(0, 1), 'Deletes what it finds below') : args.some((a) => /^-fprint/.test(a)) ? [everyday(invocation, name)] : [];
    case 'sed': case 'gsed': return args.some((a) => /^-[a-zA-Z]*i|^--in-place/.test(a)) ? [everyday(invocation, name)] : [];
    case 'kill': case 'killall': case 'pkill': case 'skill': {
      if (args.some((a) => /^-(?:0|l|L|s0|HUP|SIGHUP|1|QUIT|SIGQUIT|3|USR[12]|SIGUSR[12]|WINCH|CONT|-list)$/.test(a)) || args.length === 0) return [everyday(invocation, name)];
      return [say(invocation, name, { mutation: 'destructive', effects: ['outage'], reason: `${name}: Ends ${plain.join(' ') || 'a process'} there.` })];
    }
    case 'make': case 'just': case 'task': return args.some((a) => /^(?:-n|--dry-run|--version|-v)$/.test(a)) ? [] : [unread(invocation, name, `${name} ${plain.join(' ')}`.trim())];
    default: return undefined;
  }
}

function program(invocation: Invocation, { toolNamed }: Readers): readonly Finding[] {
  const head = invocation.argv[0]?.value;
  if (head === undefined) return [];
  const name = baseOf(head);
  const args = invocation.argv.slice(1).map((w) => w.value ?? w.raw);
  if (args.length === 1 && /^(?:-v|-V|-version|--version|version|--help|-h)$/.test(args[0] ?? '')) return [];
  if (SHELLS.has(name) || name === 'source' || name === '.') return script(invocation, name, args);
  const removed = removes(name, args, invocation);
  if (removed) return removed;
  const sometimes = Object.hasOwn(SOMETIMES, name) ? SOMETIMES[name] : undefined;
  if (sometimes) {
    const writes = sometimes(args);
    return writes === false ? [] : writes === true ? [say(invocation, name, { mutation: 'destructive', effects: ['data-loss'], reason: `${name}: Deletes or changes what it otherwise shows.` })] : typeof writes === 'string' ? lost(invocation, name, writes, 'Overwrites') : [];
  }
  if (READERS.has(name) || WRAPPERS.has(name)) return [];
  if (BUILTINS.has(head) && !head.includes('/')) return [];
  const tool = toolNamed(head);
  if (tool && tool.everyday !== true) return [];
  if (name === 'curl' || name === 'wget' || name === 'http') return asks(name, args, invocation);
  if (CODE.test(name)) return code(name, args, invocation, toolNamed);
  if ((EVERYDAY.has(name) && (!head.startsWith('./') || OF_PACKAGES.test(head))) || tool) return args.some((a) => ENDING.test(a)) && !tool ? [unread(invocation, name, [name, ...args].join(' ').slice(0, 80))] : [everyday(invocation, name)];
  return [unread(invocation, name, head)];
}

/** A request that only reads. Source: curl(1), wget(1). */
function asks(name: string, args: readonly string[], invocation: Invocation): readonly Finding[] {
  const file = valueOf(args, /^(?:-o|--output|-O|--output-document)$/, /^(?:--output=|--output-document=)(.+)$/);
  if (file !== false && file !== '-' && !/^https?:/.test(file)) return [...lost(invocation, name, file, 'Overwrites'), everyday(invocation, name)];
  return args.some((a) => /^(?:-X|--request|-d|--data\S*|-T|--upload-file|-F|--form|--post\S*|--method\S*|--json)/.test(a)) && !args.some((a) => /^(?:GET|HEAD)$/.test(a)) ? [everyday(invocation, name)] : [];
}

/** A script in a file that nobody reads; a framework's own entry with its command is judged by that. */
function code(name: string, args: readonly string[], invocation: Invocation, toolNamed: Readers['toolNamed']): readonly Finding[] {
  const at = args.findIndex((a) => !a.startsWith('-'));
  const module = args.indexOf('-m');
  const entry = args[at] ?? '';
  if (at >= 0 && args.slice(0, at).every((a) => !/^-[a-zA-Z]*[cerm]$|^--eval$/.test(a)) && (toolNamed(entry) || ENTRY.test(entry))) return args.slice(at + 1).some((a) => ENDING.test(a)) ? [unread(invocation, name, [name, ...args].join(' ').slice(0, 80))] : [everyday(invocation, name)];
  if (module >= 0 && /^(?:pytest|unittest|pip|json\.tool|http\.server|timeit|venv|compileall|platform|site)$/.test(args[module + 1] ?? '')) return [everyday(invocation, name)];
  if (args.length === 0) return [];
  return [unread(invocation, name, at < 0 ? `a text of ${name}` : [name, ...args].join(' ').slice(0, 80))];
}

/** `sh FILE`, `. FILE`: the file stands there, and not here. */
function script(invocation: Invocation, name: string, args: readonly string[]): readonly Finding[] {
  if (args.some((a) => /^-\w*c$/.test(a))) return [];
  const file = args.find((a) => !/^[-+]/.test(a));
  return file === undefined || /^\/dev\/(?:stdin|fd\/0)$/.test(file) || args.includes('-s') ? [] : [unread(invocation, name, file)];
}

function file(word: Word, append: boolean, invocation: Invocation): readonly Finding[] {
  const path = word.value ?? word.raw;
  return append ? (passing(path) ? [] : [say(invocation, 'shell', { mutation: 'modifying', door: 'command', reason: `shell: Writes to ${path} there.` }, path)]) : lost(invocation, 'shell', path, 'Overwrites');
}

/** What is said of commands on another machine or in a container besides what their own tools say. */
export const elsewhere: Elsewhere = { program, file };
