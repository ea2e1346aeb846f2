import type { Finding } from '../invocation';
import { ansibleFindings } from '../templates/ansible';
import { fileText, flag, found, targetsOf } from './cli/call';
import { commandTool } from './cli/command-tool';

/** ansible-playbook: judged by the tasks of the playbooks that it names. */
export const ansiblePlaybook = commandTool({
  names: ['ansible-playbook', 'ansible-navigator'], provider: 'ansible', source: 'Ansible documentation, "ansible-playbook"',
  valued: `-i --inventory -l --limit -u --user --become-user --become-method -e --extra-vars -f --forks -M --module-path -T --timeout -c
    --connection --private-key --key-file --vault-id --vault-password-file -t --tags --skip-tags --start-at-task --ssh-common-args
    --ssh-extra-args`,
  flags: `-b --become -K --ask-become-pass -k --ask-pass -C --check -D --diff -v -vv -vvv --list-hosts --list-tasks --list-tags
    --syntax-check --step --force-handlers --flush-cache`,
  commands: '', otherwise: 'quiet', where: { inventory: '-i --inventory', limit: '-l --limit' },
  before: (call) => {
    if (flag(call, '-C', '--check', '--list-hosts', '--list-tasks', '--list-tags', '--syntax-check')) return [found(call, {
      action: 'check', mutation: 'none',
      reason: 'ansible-playbook: Only shows what would change.',
    })];
    const words = call.args.filter((w) => w.value !== 'run');
    const destroying = words.some((w) => /(?:destroy|teardown|tear-down|decommission|uninstall|remove|delete|purge|wipe|nuke|cleanup|clean-up|reset)/i.test(w.value ?? w.raw));
    const stated = call.options.some((o) => /^(?:-e|--extra-vars)$/.test(o.name) && /\b(?:state["']?\s*[=:]\s*["']?absent|(?:destroy|delete|remove|teardown|purge)\w*["']?\s*[=:]\s*["']?(?:true|yes|1))/i.test(o.value?.value ?? ''));
    const out: Finding[] = [];
    for (const word of words) {
      const text = word.value === undefined ? undefined : fileText(word.value, call);
      const inside = text === undefined ? [] : ansibleFindings(text, call.detect).filter((f) => f.mutation === 'destructive' || f.mutation === 'unknown');
      out.push(...inside.map((f) => ({ ...f, range: call.invocation.range, reason: `${f.reason} (It is in ${word.value ?? word.raw}, which this runs.)` })));
    }
    if (out.length > 0) return out;
    if (stated || destroying) return [found(call, {
      action: 'playbook', mutation: 'unknown', targets: targetsOf(words, 'playbook'),
      reason: 'ansible-playbook: By its name or variables it removes something; its tasks could not be read here.',
      unknowns: ['the tasks of the playbook'],
    })];
    return [found(call, {
      action: 'playbook', mutation: 'modifying', targets: targetsOf(words, 'playbook'),
      reason: 'ansible-playbook: Changes hosts as its tasks say.',
    })];
  },
});
