import type { Effect } from '../../model';
import type { Finding } from '../invocation';
import { found } from './cli/call';
import { commandTool } from './cli/command-tool';

/** Firewalls of this machine: iptables, nft, ufw, firewall-cmd, ipset, pfctl. */
export const firewall = commandTool({
  names: [
    'iptables', 'ip6tables', 'iptables-legacy', 'iptables-nft', 'ip6tables-legacy', 'nft', 'ufw', 'firewall-cmd', 'ipset', 'pfctl',
    'iptables-restore', 'ip6tables-restore', 'ebtables', 'arptables', 'ipvsadm', 'fail2ban-client',
  ],
  provider: 'firewall', source: 'iptables(8), nft(8), ufw(8), firewall-cmd(1), ipset(8), pfctl(8)', everyday: true,
  valued: `-t --table -p --protocol -s --source -d --destination --dport --sport -j --jump -m --match -i --in-interface -o
    --out-interface --zone --add-service --add-port --timeout --to-destination --state --ctstate`,
  flags: '-n -v -L --list -S --permanent --reload --force', commands: '', otherwise: 'quiet',
  stopsAt: () => true,
  before: (call) => {
    const tool = (call.invocation.argv[0]?.value ?? '').replace(/^.*[\\/]/, '');
    const all = call.invocation.argv.slice(1).map((w) => w.value ?? '');
    const line = all.join(' ');
    const make = (action: string, effects: readonly Effect[], reason: string): Finding[] => [found(call, { action: `${tool}.${action}`, mutation: 'destructive', effects, reason: `${tool}: ${reason}`, reversibility: { kind: 'recoverable', how: 'load the saved rules again' } })];
    if (/^(?:ip6?tables|ebtables|arptables)/.test(tool) && !tool.endsWith('-restore')) {
      if (/(?:^| )(?:-F|--flush|-X|--delete-chain|-Z-x)(?: |$)/.test(line)) return make('flush', ['guard-removal', 'access-loss'], 'Deletes all rules of a chain or table: what they blocked can come in, or with a policy of DROP nobody can.');
      if (/(?:^| )(?:-P|--policy) \w+ ACCEPT\b/.test(line)) return make('policy', ['exposure'], 'Lets everything in that no rule blocks.');
      if (/(?:^| )(?:-P|--policy) (?:INPUT|OUTPUT|FORWARD) (?:DROP|REJECT)\b/.test(line)) return make('policy', ['access-loss'], 'Blocks everything that no rule lets in, also you.');
      if (/(?:^| )(?:-D|--delete)(?: |$)/.test(line)) return make('delete', ['guard-removal'], 'Deletes a rule.');
      if (/(?:^| )(?:-[AI]|--append|--insert) (?:INPUT|OUTPUT|FORWARD)(?: \d+)? -j (?:DROP|REJECT)\b/.test(line)) return make('block', ['access-loss'], 'Blocks all traffic, also yours.');
      if (/(?:^| )(?:-[AI]|--append|--insert) INPUT(?: \d+)? -j ACCEPT\b/.test(line)) return make('open', ['exposure'], 'Lets all traffic in.');
      return [];
    }
    if (tool === 'nft') return /\b(?:flush|delete|destroy|reset)\b/.test(line) && !/(?:^| )(?:-c|--check)(?: |$)/.test(line) ? make('flush', ['guard-removal', 'access-loss'], 'Deletes rules, chains or tables of the firewall.') : [];
    if (tool === 'ufw') return /(?:^| )--dry-run(?: |$)/.test(line) ? [] : /\b(?:disable|reset|delete)\b/.test(line) ? make(all.find((w) => /disable|reset|delete/.test(w)) ?? 'disable', ['guard-removal', 'exposure'], 'Switches the firewall or a rule of it off.') : /\bdefault allow(?: incoming)?$/.test(line) ? make('default', ['exposure'], 'Lets everything in that no rule blocks.') : /\bdefault deny$|default deny outgoing/.test(line) && /outgoing/.test(line) ? make('default', ['access-loss'], 'Blocks everything that goes out.') : [];
    if (tool === 'firewall-cmd') return /--(?:remove|delete)-|--panic-on|--set-target=ACCEPT|--complete-reload/.test(line) ? make('remove', ['guard-removal', 'access-loss'], 'Takes a rule away, or blocks everything.') : [];
    if (tool === 'ipset') return /^(?:destroy|flush|x|del|-X|-F)\b/.test(line) ? make('destroy', ['guard-removal'], 'Empties or deletes a set that rules use.') : [];
    if (tool === 'ipvsadm') return /(?:^| )(?:-C|--clear|-D|-d|--delete\S*)(?: |$)/.test(line) ? make('clear', ['outage'], 'Takes services or servers from the load balancer.') : [];
    if (tool === 'fail2ban-client') return /\b(?:stop|unban --all)\b/.test(line) ? make('stop', ['guard-removal'], 'Stops what blocks attackers.') : [];
    if (tool === 'pfctl') return /(?:^| )-\w*[dF]/.test(line) ? make('flush', ['guard-removal'], 'Switches the packet filter off or empties it.') : [];
    return /(?:^| )(?:-n|--noflush|-t|--test)(?: |$)/.test(line) ? [] : make('restore', ['guard-removal', 'access-loss'], 'Replaces all rules by those of its input.');
  },
});
