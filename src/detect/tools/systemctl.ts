import type { Finding } from '../invocation';
import { flag, option, type CliCall } from './cli/call';
import { commandTool } from './cli/command-tool';

/** systemctl and the older ways to steer services. */
export const systemctl = commandTool({
  names: [
    'systemctl', 'service', 'rc-service', 'initctl', 'launchctl', 'supervisorctl', 'pm2', 'monit', 'update-rc.d', 'chkconfig',
    'rc-update', 'sv', 'machinectl', 'loginctl',
  ],
  provider: 'systemd', source: 'systemctl(1), service(8), launchctl(1), supervisorctl, PM2 documentation, machinectl(1)',
  everyday: true,
  valued: `-t --type --state -p --property -P -H --host -M --machine --root --job-mode --kill-whom --kill-who -s --signal -o --output -n
    --lines --what --when --check-inhibitors --message -c --configuration -u --username --password --name -i --instances`,
  flags: `--user --system --global -a --all -l --full -q --quiet --no-block --now -f --force --no-pager --runtime --no-wall --failed -r
    --recursive`,
  guards: '-f --force', where: { host: '-H --host', machine: '-M --machine' },
  commands: `
    status,show,cat,list-*,is-active,is-enabled,is-failed,is-system-running | read
    help,get-default,get-property,list-units,list-unit-files,list-timers | read
    list-sockets,list-jobs,list-dependencies,list-machines,show-environment | read
    list,print,blame,log,logs,monit,describe,info,jlist,prettylist,pid,avail | read
    tail,show-session,session-status,user-status,list-sessions,list-users | read
    list-seats,verify,list-paths,list-automounts,fg,env,shell | read
    * status                                    | read
    daemon-reload,daemon-reexec,reload,start,enable,unmask,preset | change
    set-property,set-default,edit,link,revert,set-environment | change
    unset-environment,import-environment,reset-failed,add-wants,add-requires | change
    try-reload-or-restart,reload-or-restart,log-level,service-log-level,bind | change
    mount-image,kickstart,load,bootstrap,update,reread,add,save,startup | change
    deploy,resurrect,flush,restore,reloadLogs,clone,pull-tar,scale,reenable | change
    thaw,attach,login,defaults,lock-session,lock-sessions,on,enable-linger | change
    * start,reload,force-reload,enable,defaults | change
    restart,try-restart,condrestart             | change  # It stops and comes back.
    * restart                                   | change  # It stops and comes back.
    stop,kill,isolate,disable,mask,unload,bootout,remove,delete,stopall | destroy outage  # What it serves stops answering.
    shutdown,freeze,unmonitor,terminate,poweroff,reboot,halt,kexec,rescue | destroy outage  # What it serves stops answering.
    emergency,suspend,hibernate,switch-root,soft-reboot,terminate-session | destroy outage  # What it serves stops answering.
    terminate-user,kill-session,kill-user,del,off,disable-linger,once | destroy outage  # What it serves stops answering.
    * stop,remove,disable                       | destroy outage  # What it serves stops answering.
    clean,remove-image,unstartup                | destroy data-loss
  `,
  otherwise: 'quiet',
  refine: (call, finding) => refineService(call, finding),
});

/** A service of the person's own session is theirs; a restart or a reload of one on this machine is ordinary work unless it holds infrastructure. */
function refineService(call: CliCall, finding: Finding): readonly Finding[] | undefined {
  if (finding.mutation !== 'destructive') return undefined;
  if (flag(call, '--user') && option(call, '-H', '--host') === undefined) return [{ ...finding, mutation: 'modifying', effects: [] }];
  return undefined;
}
