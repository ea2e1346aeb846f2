import type { Effect } from '../../model';
import type { Finding } from '../invocation';
import { flag, found, targetsOf, type CliCall } from './cli/call';
import { commandTool } from './cli/command-tool';
import { guardRemoval } from '../engines/guard-removal';

/** Programs of the system that stop it, lock people out of it, or open it. Each by its own manual page. */
export const system = commandTool({
  names: [
    'shutdown', 'reboot', 'halt', 'poweroff', 'init', 'telinit', 'userdel', 'deluser', 'groupdel', 'delgroup', 'passwd', 'usermod',
    'chage', 'crontab', 'chmod', 'chown', 'chattr', 'setfacl', 'ip', 'ifconfig', 'route', 'nmcli', 'netplan', 'ifdown', 'killall',
    'pkill', 'setenforce', 'auditctl', 'history', 'journalctl', 'kexec', 'visudo', 'update-grub', 'grub-install', 'dropcaches', 'fuser',
    'apt-get', 'apt', 'yum', 'dnf',
  ],
  provider: 'system',
  source: 'shutdown(8), init(8), userdel(8), passwd(1), usermod(8), crontab(1), chmod(1), chown(1), chattr(1), ip(8), ifconfig(8), '
    + 'nmcli(1), killall(1), setenforce(8), auditctl(8), journalctl(1), apt-get(8), yum(8)',
  everyday: true, valued: '-u --user -s --signal -g -G -d -e -m --message -t',
  flags: '-r -R --recursive -f --force -c -k -l -P -h -H -n --no-wall --reboot --halt --poweroff --remove -y', commands: '',
  otherwise: 'quiet',
  before: (call) => judge((call.invocation.argv[0]?.value ?? '').replace(/^.*[\\/]/, ''), call),
});

const SERVERS = /^(?:postgres|postmaster|mysqld|mariadbd|mongod|redis-server|etcd|kubelet|kube-apiserver|dockerd|containerd|nginx|haproxy|envoy|consul|vault|nomad|rabbitmq|beam\.smp|java|kafka|elasticsearch|clickhouse|memcached|sshd|k3s|node|httpd|apache2|prometheus|grafana|jenkins)/;
const VITAL = /^(?:docker|docker-ce|docker\.io|kubelet|kubeadm|kubectl|postgresql.*|mysql-server.*|mariadb-server.*|mongodb.*|redis-server|etcd.*|nginx|openssh-server|containerd.*|linux-image.*|libc6|systemd|sudo|network-manager|consul|vault|nomad|rabbitmq-server|elasticsearch|k3s.*)$/;

function judge(tool: string, call: CliCall): Finding[] {
  const words = call.args.map((w) => w.value ?? '');
  const all = call.invocation.argv.slice(1).map((w) => w.value ?? w.raw);
  const line = all.join(' ');
  const make = (effects: readonly Effect[], reason: string): Finding[] => [found(call, { action: tool, mutation: 'destructive', effects, targets: targetsOf(call.args, 'name'), reason: `${tool}: ${reason}` })];
  switch (tool) {
    case 'shutdown': return flag(call, '-c', '-k', '--help') ? [] : make(['outage'], 'Shuts this machine down.');
    case 'reboot': case 'halt': case 'poweroff': return flag(call, '--help', '-w', '--wtmp-only') ? [] : make(['outage'], 'Stops or restarts this machine.');
    case 'init': case 'telinit': return /^[016]$/.test(words[0] ?? '') ? make(['outage'], 'Stops or restarts this machine.') : [];
    case 'kexec': return flag(call, '-e', '--exec') ? make(['outage'], 'Starts another kernel at once.') : [];
    case 'userdel': case 'deluser': case 'groupdel': case 'delgroup': return words.length > 0 ? make(flag(call, '-r', '--remove', '--remove-home', '--remove-all-files') ? ['access-loss', 'data-loss'] : ['access-loss'], `Deletes ${words.join(' ')}: who uses it can not log in any more.`) : [];
    case 'passwd': return flag(call, '-l', '--lock', '-d', '--delete', '-e', '--expire') ? make(['access-loss'], 'Locks a login or takes its password away.') : [];
    case 'usermod': return flag(call, '-L', '--lock') || /nologin|\/bin\/false/.test(line) ? make(['access-loss'], 'Locks a login.') : [];
    case 'chage': return /(?:^| )-E ?0\b/.test(line) ? make(['access-loss'], 'Locks a login.') : [];
    case 'crontab': return flag(call, '-r') ? make(['data-loss', 'outage'], 'Deletes all the jobs of a person: backups among them are not made any more.') : [];
    case 'chmod': {
      const recursive = flag(call, '-R', '--recursive');
      const broad = words.some((w) => /^(?:\/|\/(?:etc|usr|var|home|root|bin|sbin|lib|boot|opt|srv)(?:\/\*?)?|\/\*|~)$/.test(w));
      const open = words.some((w) => /^(?:0?[0-7]?[0-7][0-7][2367]|[ao]*\+[rx]*w[rx]*|a=rwx?|o\+.*w)$/.test(w));
      if (recursive && broad) return make(open ? ['exposure', 'access-loss'] : ['access-loss'], 'Changes the permissions of the whole system: logins and services stop working.');
      if (open && words.some((w) => /\.ssh|\.aws|\.kube|\.pem$|\.key$|id_rsa|id_ed25519|kubeconfig|shadow|credentials|tfstate/.test(w))) return make(['exposure'], 'Lets everybody write keys or credentials.');
      return [];
    }
    case 'chown': return flag(call, '-R', '--recursive') && words.slice(1).some((w) => /^(?:\/|\/(?:etc|usr|var|home|root|bin|sbin|lib|boot|opt)\/?\*?|\/\*)$/.test(w)) ? make(['access-loss'], 'Changes the owner of the whole system: logins and services stop working.') : [];
    case 'chattr': return all.some((w) => /^-[a-zA-Z]*[ia]/.test(w)) && /(?:^| )-[a-zA-Z]*[ia](?: |$)/.test(line) ? make(['guard-removal'], 'Takes the protection of files away that keeps them from being changed.') : [];
    case 'setfacl': return flag(call, '-b', '--remove-all') && flag(call, '-R', '--recursive') ? make(['access-loss'], 'Takes all access lists away.') : [];
    case 'ip': {
      const at = all.findIndex((w) => /^(?:link|l|addr|address|a|route|r|rule|netns|neigh|tunnel)$/.test(w));
      const verb = all.slice(at + 1);
      return at >= 0 && (verb.some((w) => /^(?:del|delete|d|flush|f)$/.test(w)) || (/^l/.test(all[at] ?? '') && verb.includes('down'))) ? make(['outage'], 'Takes a network device, address or route away.') : [];
    }
    case 'ifconfig': return words.includes('down') ? make(['outage'], 'Takes a network device down.') : [];
    case 'ifdown': return words.length > 0 ? make(['outage'], 'Takes a network device down.') : [];
    case 'route': return /^(?:del|delete|flush)$/.test(words[0] ?? '') ? make(['outage'], 'Deletes a route.') : [];
    case 'nmcli': return words.some((w) => /^(?:down|delete|disconnect|off)$/.test(w)) ? make(['outage'], 'Takes a connection down or deletes it.') : [];
    case 'killall': case 'pkill':
      if (/holdpoint/i.test(line)) return [guardRemoval(call, 'kill', undefined, `${tool}: Ends Holdpoint: commands are not asked about any more.`)];
      return words.some((w) => SERVERS.test(w)) || (flag(call, '-u', '--user') && words.length === 0) ? make(['outage'], `Ends every process of ${words.join(' ')}.`) : [];
    case 'fuser': return flag(call, '-k', '--kill') ? make(['outage'], 'Ends every process that uses a file or port.') : [];
    case 'setenforce': return /^(?:0|permissive)$/i.test(words[0] ?? '') ? make(['guard-removal'], 'Switches SELinux off.') : [];
    case 'auditctl': return flag(call, '-D') || /(?:^| )-e ?0\b/.test(line) ? make(['guard-removal'], 'Stops the recording of what happens on this machine.') : [];
    case 'journalctl': return /--vacuum-(?:size|time|files)/.test(line) ? make(['data-loss', 'guard-removal'], 'Deletes older logs.') : [];
    case 'apt-get': case 'apt': case 'yum': case 'dnf': {
      const gone = words.slice(1).filter((w) => VITAL.test(w));
      return /^(?:remove|purge|autoremove|erase)$/.test(words[0] ?? '') && gone.length > 0 && !flag(call, '-s', '--simulate', '--dry-run', '--just-print') ? make(words[0] === 'purge' ? ['outage', 'data-loss'] : ['outage'], `Takes ${gone.join(', ')} off this machine.`) : [];
    }
    default: return [];
  }
}
