import { runWords } from './cli/call';
import { commandTool } from './cli/command-tool';
import { sqlFindings } from './cli/sql-findings';

/** Heroku CLI. */
export const heroku = commandTool({
names: ['heroku'], provider: 'heroku', source: 'Heroku Dev Center, "Heroku CLI Commands"',
  valued: '--app -a --remote -r --team -t --pipeline -p --confirm -c --stage -s --size --type --region --space --name -n --as --num --dyno -d --tail-lines --source --ps --stack --buildpack -b --addon --format --wait-interval --keep --schedule --at --expires --credential --to --file --manifest --git-url --branch --env --lines --payload --level --description --scope --password --cidr',
  flags: '--force -f --yes --json --shell --bypass --no-wait --wait --exit-code', guards: '--force -f --confirm -c --bypass', where: { app: '--app -a HEROKU_APP', team: '--team -t', pipeline: '--pipeline -p' }, joinedBy: ':',
  commands: `
read apps|apps:info; apps; apps info|open|errors|favorites|stacks; addons; addons info|docs|open|plans|services|wait; logs; ps; ps type|wait|copy; releases; releases info|output|retries; config; config get|edit; pg; pg info|ps|psql|locks|diagnose|outliers|bloat|blocking|backups|connection-pooling|credentials|links|settings|vacuum-stats|wait|index-size|maintenance; pg backups; pg backups info|schedules|url|download; pg backups|credentials *url|info; domains; domains info|wait; certs; certs info; access; authorizations; authorizations info; buildpacks; buildpacks info|search|versions; ci; ci info|last|debug; clients; clients info; drains; features; features info; git; git clone|remote; keys; labs; labs info; local; local run|version; members; notifications; orgs; pipelines; pipelines info|open|diff; plugins; plugins inspect; redis; redis info|cli|wait|stats|credentials|maintenance|timeout; regions; reviewapps; run +--help; sessions; spaces; spaces info|ps|topology|vpn|peerings|hosts; stack; status; teams; telemetry; trusted-ips; update; usage; version; webhooks; webhooks info|deliveries|events; which; whoami; auth; auth whoami|token|login|2fa; autocomplete; container; container login|logout; dashboard; help; search; commands; data; data maintenances; data labels; builds; builds info|output; psql; kafka; kafka info|topics|wait|tail|zookeeper; kafka topics info; login; logout; config:edit
add apps create; create; addons create|attach; pg copy +--help; pg backups capture|schedule; domains add; keys add; pipelines create|add|connect|setup; buildpacks add|set; certs add|generate|auto; certs auto enable; drains add; access add; members add; spaces create; authorizations create; webhooks add; reviewapps enable; labs enable; features enable; container push|release; clients create; builds create; ci run|rerun; fork; plugins install|link; redis create; git; kafka topics create; pg credentials create; telemetry add; spaces vpn connect; redis promote; local; run detached; run; run inside; ps exec
ask run; run detached|inside; pg psql +-c|--command
mod config set; ps scale|resize; ps type; maintenance off; releases rollback; rollback; pg promote|upgrade|unfollow|maintenance|settings; apps rename|join|leave|lock|unlock|transfer|stacks; apps stacks set; stack set; labs disable; features disable; pipelines promote|update|transfer; buildpacks remove|clear; domains update; certs update; reviewapps disable; addons upgrade|downgrade|rename|detach; ps autoscale; ps autoscale enable|disable; drains; plugins uninstall; update; pg connection-pooling attach; redis maxmemory|keyspace-notifications|upgrade; pg vacuum; kafka topics compaction|retention-time|replication-factor; keys remove; notifications; ps scale
kill:data,out apps destroy|delete; destroy ~gone # The app with its add-ons and their data is deleted.
kill:data addons destroy|remove ~gone # The add-on and the data in it are deleted.
kill:data pg reset|copy|push|pull; pg reset ~recover from a backup, if one was taken # The database is emptied.
read pg backups; pg backups info|url|download|schedules
kill:data pg copy; pg push; pg backups restore # The database at the destination is overwritten.
add pg pull
kill:data pg backups delete|cancel; pg backups unschedule; pg killall; redis reset
kill:out pg kill|killall; ps stop|kill|restart; dyno kill|restart|stop; maintenance on; restart; stop; kill; pg detach; data maintenances run; dyno *
add dyno scale|resize; dyno type
kill:access config unset|remove; access remove; members remove|set; authorizations revoke|destroy|rotate|update; keys clear; certs remove; clients destroy|rotate; sessions destroy; pg credentials destroy|rotate; pg credentials repair-default
mod access update; members set
kill:id domains remove|clear
kill:data,out spaces destroy; pipelines destroy|remove
kill:guard drains remove; webhooks remove; telemetry remove; trusted-ips remove; certs auto disable
kill:data kafka topics destroy; kafka consumer-groups destroy; kafka fail; builds cancel|purge-cache; builds cache
mod builds cancel; builds cache
kill:out ps scale 0
kill:data container rm`,
  otherwise: 'verbs',
  refine: (call, finding) => {
    if (/^ps.scale$|^scale$/.test(call.path.join('.'))) {
      const zero = call.args.some((w) => /(?:^|=)0(?::|$)/.test(w.value ?? ''));
      return zero ? [{ ...finding, mutation: 'destructive', effects: ['outage'], reason: `${finding.reason} No dyno is left to answer.` }] : undefined;
    }
    if (call.path[0] === 'run') {
      const at = call.invocation.argv.findIndex((w) => /^run/.test(w.value ?? ''));
      const words = call.rest && call.rest.length > 0 ? call.rest : call.invocation.argv.slice(at + 1).filter((w, i, all) => !/^(?:-a|--app|-r|--remote|--size|-s|-e|--env|--type)$/.test(w.value ?? '') && !/^-/.test(w.value ?? '-') && !/^(?:-a|--app|-r|--remote|--size|-s|-e|--env|--type)$/.test(all[i - 1]?.value ?? ''));
      return runWords(words, call);
    }
    if (call.path.join(' ') === 'pg psql') {
      const sql = call.options.find((o) => o.name === '-c' || o.name === '--command')?.value;
      return sql ? sqlFindings(sql.value ?? '', sql.value === undefined, call, finding, { dialects: ['postgresql'] }) : [];
    }
    return undefined;
  },
});
