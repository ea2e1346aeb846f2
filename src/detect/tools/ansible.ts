import { flag, found, option, optionText, runText, targetsOf } from './cli/call';
import { effectsOfNoun } from '../engines/verbs';
import { commandTool } from './cli/command-tool';

/** Ansible's ad-hoc command and its siblings. */
export const ansible = commandTool({
  names: [
    'ansible', 'ansible-console', 'ansible-pull', 'ansible-galaxy', 'ansible-vault', 'ansible-inventory', 'ansible-doc', 'ansible-config',
    'ansible-lint',
  ],
  provider: 'ansible', source: 'Ansible documentation, "Ansible CLI cheatsheet", "ansible", "Introduction to ad hoc commands"',
  valued: `-a --args -m --module-name -i --inventory -l --limit -u --user --become-user --become-method -e --extra-vars -f --forks -M
    --module-path -t --tree -T --timeout -c --connection --private-key --key-file --vault-id --vault-password-file -B --background -P
    --poll --task-timeout --playbook-dir --ssh-common-args --ssh-extra-args --scp-extra-args -U --url --checkout -d --directory -r
    --role-file -p --roles-path`,
  flags: '-b --become -K --ask-become-pass -k --ask-pass -C --check -D --diff -v -vv -vvv -o --one-line --list-hosts --syntax-check',
  commands: '', otherwise: 'quiet', where: { inventory: '-i --inventory', limit: '-l --limit' },
  before: (call) => {
    const tool = (call.invocation.argv[0]?.value ?? '').replace(/^.*[\\/]/, '');
    if (tool === 'ansible-galaxy' || tool === 'ansible-doc' || tool === 'ansible-inventory' || tool === 'ansible-config' || tool === 'ansible-lint') return [];
    if (tool === 'ansible-vault' || tool === 'ansible-console' || tool === 'ansible-pull') return tool === 'ansible-pull' && !flag(call, '-C', '--check') ? [found(call, {
      action: 'pull', mutation: 'modifying',
      reason: 'ansible-pull: Runs a playbook from a repository on this machine.',
    })] : [];
    if (flag(call, '-C', '--check', '--list-hosts', '--syntax-check')) return [found(call, {
      action: 'check', mutation: 'none',
      reason: 'ansible: Only shows what would change.',
    })];
    const module = (optionText(call, '-m', '--module-name') ?? 'command').replace(/^ansible\.(?:builtin|legacy|posix)\./, '');
    const word = option(call, '-a', '--args')?.value;
    const text = word?.value ?? word?.parts.map((p) => p ?? '$UNKNOWN_VALUE').join('') ?? '';
    const hosts = targetsOf(call.args.slice(0, 1), 'hosts');
    if (/^(?:command|shell|raw|script|win_command|win_shell)$/.test(module)) {
      const inner = runText(text.replace(/\b(?:chdir|creates|removes|executable|warn)=\S+\s*/g, ''), call).filter((f) => f.mutation !== 'none').map((f) => ({ ...f, reason: `On ${hosts[0]?.name ?? 'all hosts'}: ${f.reason}` }));
      return inner.length > 0 ? inner : [found(call, {
        action: module, mutation: 'modifying', targets: hosts,
        reason: `ansible: Runs a command on ${hosts[0]?.name ?? 'hosts'}.`,
      })];
    }
    const state = /\bstate["']?\s*[=:]\s*["']?(\w+)/.exec(text)?.[1] ?? '';
    if (module === 'reboot' || /^(?:win_reboot)$/.test(module)) return [found(call, {
      action: module, mutation: 'destructive', effects: ['outage'], targets: hosts,
      reason: `ansible: Reboots ${hosts[0]?.name ?? 'the hosts'}.`,
    })];
    if (/^(?:setup|ping|debug|stat|slurp|fetch|find|gather_facts|service_facts|package_facts|win_ping|assert)$/.test(module)) return [found(call, {
      action: module, mutation: 'none',
      reason: 'ansible: Only reads.',
    })];
    if (/^(?:stopped)$/.test(state)) return [found(call, {
      action: module, mutation: 'destructive', effects: ['outage'], targets: hosts,
      reason: `ansible: Stops what the module ${module} names on ${hosts[0]?.name ?? 'the hosts'}.`,
    })];
    if (/^(?:absent|terminated|deleted|purged|removed|shutdown|poweredoff|powered-off)$/.test(state)) {
      const path = /\bpath\s*=\s*(\S+)/.exec(text)?.[1];
      const plain = module === 'file' && path !== undefined && !/^(?:\/|~|\/(?:etc|var|home|opt|usr|srv|root|data)\/?)$/.test(path) && !/tfstate|kube|\/var\/lib\//.test(path);
      const small = plain || /^(?:apt|yum|dnf|package|pip|npm|lineinfile|blockinfile|cron|win_package|homebrew|apk|snap|gem|apt_repository|sysctl|known_hosts|pacman|zypper)$/.test(module);
      return small ? [found(call, {
        action: module, mutation: 'modifying', targets: hosts,
        reason: `ansible: Removes something on ${hosts[0]?.name ?? 'the hosts'}.` })] : [found(call, { action: module, mutation: 'destructive', effects: effectsOfNoun(module.split(/[._]/)), targets: hosts, reason: `ansible: Removes what the module ${module} names on ${hosts[0]?.name ?? 'the hosts'}.`,
      })];
    }
    return [found(call, {
      action: module, mutation: 'modifying', targets: hosts,
      reason: `ansible: Runs the module ${module} on ${hosts[0]?.name ?? 'hosts'}.`,
    })];
  },
});
