import type { Finding, ReaderContext } from '../../invocation';
import { documents, entries, get, items, textOf } from '../../engines/yaml';
import { effectsOfNoun } from '../../engines/verbs';

/** Keys of a task that are no module. Source: Ansible documentation, "Playbook Keywords". */
const KEYWORDS = /^(?:name|hosts|vars|when|register|become\w*|tags|loop|with_\w+|notify|ignore_errors|delegate_to|environment|changed_when|failed_when|until|retries|delay|no_log|args|check_mode|block|rescue|always|tasks|pre_tasks|post_tasks|handlers|roles|gather_facts|vars_files|connection|run_once|loop_control|remote_user|async|poll|throttle|listen|collections|module_defaults|any_errors_fatal|serial|strategy|diff|port|timeout|debugger|local_action|action|import_\w+|include_\w+)$/;
/** Modules whose removals are ordinary work on a host. */
const ORDINARY = /^(?:apt|yum|dnf|package|pip|npm|gem|snap|apk|pacman|zypper|homebrew|apt_repository|apt_key|yum_repository|lineinfile|blockinfile|cron|sysctl|known_hosts|hostname|alternatives|git_config|ini_file|template|copy|htpasswd|locale_gen|timezone|pam_limits|win_package|win_feature|modprobe|seboolean)$/;

/** What the tasks of a playbook or a role would remove or stop. Never throws. */
export function ansibleFindings(text: string, context: ReaderContext): Finding[] {
  return documents(text).flatMap((doc) => items(doc).flatMap((item) => tasksOf(item, context, 0)));
}

function tasksOf(node: unknown, context: ReaderContext, depth: number): Finding[] {
  if (depth > 20) return [];
  const inner = ['tasks', 'pre_tasks', 'post_tasks', 'handlers', 'block', 'rescue', 'always'].flatMap((key) => items(get(node, key)).flatMap((t) => tasksOf(t, context, depth + 1)));
  if (textOf(get(node, 'check_mode')) === 'true' || textOf(get(node, 'check_mode')) === 'yes') return inner;
  return [...inner, ...entries(node).flatMap(([key, value]) => (KEYWORDS.test(key) ? [] : moduleOf(key, value, node, context)))];
}

function moduleOf(key: string, value: unknown, task: unknown, context: ReaderContext): Finding[] {
  const module = key.slice(key.lastIndexOf('.') + 1);
  const range = (value as { range?: [number, number, number] }).range;
  const place = { start: range?.[0] ?? 0, end: range?.[1] ?? 0 };
  const free = textOf(value);
  if (/^(?:command|shell|raw|script|win_command|win_shell|expect)$/.test(module)) {
    const command = free ?? textOf(get(value, 'cmd')) ?? textOf(get(value, 'command')) ?? items(get(value, 'argv')).map((w) => textOf(w) ?? '').join(' ');
    return context.readers.find('shell', command.replace(/\{\{[^}]*\}\}/g, '$UNKNOWN_VALUE'), context).filter((f) => f.mutation !== 'none').map((f) => ({ ...f, range: place }));
  }
  const option = (name: string): string | undefined => textOf(get(value, name)) ?? new RegExp(`(?:^|\\s)${name}=(\\S+)`).exec(free ?? '')?.[1];
  const state = option('state') ?? '';
  const name = option('name') ?? option('path') ?? option('db') ?? option('instance_ids') ?? textOf(get(task, 'name'));
  const make = (effects: Finding['effects'], reason: string): Finding[] => [{ operation: `ansible:${key}`, tool: 'ansible', mutation: 'destructive', effects, reversibility: { kind: effects.includes('data-loss') ? 'irreversible' : 'unknown' }, targets: name === undefined ? [] : [{ type: module, name, known: !name.includes('{{') }], context: {}, reason, unknowns: [], guardsOff: [], range: place }];
  if (/^(?:reboot|win_reboot)$/.test(module)) return make(['outage'], 'Reboots the hosts.');
  if (/^(?:filesystem|parted|lvol|lvg|mkfs|zfs)$/.test(module) && (option('force') === 'true' || option('force') === 'yes' || state === 'absent')) return make(['data-loss'], `Makes or removes a file system (${module}): what was stored there is lost.`);
  if (/^(?:absent|terminated|deleted|purged|removed|killed)$/.test(state)) {
    if (ORDINARY.test(module)) return [];
    if (module === 'file' || module === 'win_file') return name !== undefined && /^(?:\/|~|\/(?:etc|var|home|opt|usr|srv|root|data|boot|lib)\/?|\/var\/lib\/[\w-]+\/?|.*tfstate.*|.*\/\.kube\/?.*)$/.test(name) ? make(['data-loss'], `Deletes ${name} on the hosts.`) : [];
    if (/^(?:user|group|authorized_key|service|systemd)$/.test(module)) return make(['access-loss'], `Removes ${name ?? module} on the hosts: who uses it loses access.`);
    return make(effectsOfNoun(module.split('_')), `Removes ${name ?? 'what it names'} (${key}).`);
  }
  if (/^(?:stopped|shutdown|poweredoff|powered-off|shutdownguest)$/.test(state)) return make(['outage'], `Stops ${name ?? 'what it names'} (${key}).`);
  return [];
}
