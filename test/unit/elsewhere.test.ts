import assert from 'node:assert/strict';

import { detectArgv, detectCommand } from '../../src/detect/detect';
import type { Actor, VerdictKind } from '../../src/model';
import { decide } from '../../src/rules/decide';

const person: Actor = { kind: 'human', name: 'somebody', evidence: [], confidence: 'likely' };
const agent: Actor = { kind: 'agent', name: 'an agent', evidence: [], confidence: 'certain' };

const decided = (cmd: string, actor: Actor, place: string): { readonly kind: VerdictKind; readonly words: string } => {
  const operations = detectCommand(cmd, { home: '/home/me', cwd: '/w' });
  const { verdict } = decide({ operations: operations.map((o) => ({ ...o, context: { ...o.context, profile: `payments-${place}` } })), actor, layers: [] });
  return { kind: verdict.kind, words: JSON.stringify(verdict) + operations.map((o) => `${o.mutation} ${o.reason}`).join(' | ') };
};
const pod = (words: string): string => `kubectl exec db-0 -- ${words}`;
const wrong = (lines: readonly string[], want: readonly [VerdictKind, VerdictKind]): string[] => lines.flatMap((cmd) => {
  const got = [decided(cmd, person, 'prod'), decided(cmd, agent, 'staging')];
  return got.map((g) => g.kind).join() === want.join() && !got.some((g) => want[1] === 'confirm' && g.words.includes('takes nothing away')) ? [] : [`${got.map((g) => g.kind).join()} for ${cmd}: ${got[0]?.words}`];
});

describe('What is handed to another machine', () => {
  it('is held where it deletes, empties, overwrites, moves away or ends something', () => {
    assert.deepEqual(wrong([
      ...['truncate -s 0 /var/lib/app/data.db', 'dd if=/dev/zero of=/data/x bs=1M', "sh -c ': > /data/x.db'", "sh -c '> /data/x.db'", "sh -c 'echo a > /data/x.db'", "sh -c '{ echo a; } > /data/x.db'", 'mv /data /tmp/x', 'kill 1', "sh -c 'ls /data | xargs rm'", 'sort -o /data/x /data/y', 'uniq /data/a /data/b', 'tree -o /data/x', 'dmesg -C',
        "psql -U postgres -o /data/x -c 'select 1'", "mysqlsh --sql -e 'drop database prod'", 'mongoimport --mode delete --collection x f.json', "sqlite3 /data/x.db '.restore /tmp/b.db'", 'rm -rf /srv/x', 'find /srv -delete', 'tee /data/x', "sqlite3 /data/x.db 'drop table x'", 'nats stream rm ORDERS -f', 'php artisan queue:clear'].map(pod),
      'kubectl run x --image=amazon/aws-cli --restart=Never -- s3 rb s3://prod --force', 'gcloud compute ssh db -- sudo truncate -s 0 /data/x.db', "gcloud compute ssh db --command='sudo truncate -s 0 /data/x.db'",
      'aws ssm send-command --document-name AWS-RunShellScript --instance-ids i-1 --parameters \'commands=["truncate -s 0 /data/x.db"]\'', 'aws ecs execute-command --cluster c --task t --interactive --command "truncate -s 0 /data/x.db"', 'az vm run-command invoke -g rg -n vm --command-id RunShellScript --scripts "truncate -s 0 /data/x.db"',
    ], ['confirm', 'confirm']), []);
  });

  it('is a warning for a person and a question for a program where nobody has read what runs', () => {
    assert.deepEqual(wrong([
      ...["psql -U postgres -c '\\i /tmp/x.sql'", "mysql -e 'source /tmp/x.sql'", "sqlite3 /data/x.db '.read /tmp/x.sql'", 'redis-cli --eval /tmp/flush.lua', 'make destroy', '/app/bin/reset-db', './destroy.sh', 'sh /tmp/x.sh', "sh -c '. /tmp/x.sh'", 'python /app/reset.py', 'python manage.py flush_all_reset'].map(pod),
      'gcloud compute ssh vm -- ./destroy.sh', 'aws ssm send-command --document-name AWS-RunShellScript --instance-ids i-1 --parameters \'commands=["./destroy.sh"]\'', 'aws ecs execute-command --cluster c --task t --interactive --command "/app/bin/reset-db"', 'az vm run-command invoke -g rg -n vm --command-id RunShellScript --scripts "./destroy.sh"',
    ], ['warn', 'confirm']), []);
  });

  it('passes where it is ordinary work', () => {
    assert.deepEqual(wrong([
      'ls -la /app', 'cat /etc/hosts', 'env', 'ps aux', 'df -h', 'curl -s localhost:8080/health', 'curl -X GET http://localhost/x', 'python manage.py migrate', 'npm test', 'npm run build', 'php artisan migrate', 'php artisan config:cache', 'php artisan about', "sh -c 'ps aux | grep java | wc -l'", "sh -c 'cd /app && ls'", 'sort /data/x', 'uniq /data/x', 'dmesg', 'tree /app', 'date', 'hostname', 'kill -3 1', 'kill -HUP 1',
      'mkdir -p /app/x', 'rm -rf /tmp/x', 'rm -rf /app/tmp/cache', "sh -c 'echo a > /tmp/x'", "sh -c 'ls 2>/dev/null'", 'tar czf /tmp/x.tgz /app', 'nginx -t', 'java -version', 'pg_dump app', "psql -c 'select 1'", "psql -c '\\dt'", 'redis-cli ping', 'printenv PATH', 'tail -f /var/log/x', 'find /app -name x', 'systemctl status nginx', 'pytest -q', 'bundle exec rspec'.replace('rspec', 'rake routes'), 'env FOO=1 node --version', 'nslookup x', 'du -sh /data', 'grep -r x /app',
    ].map(pod), ['allow', 'allow']), []);
  });
});

describe('What ssh hands to another machine', () => {
  const files: Readonly<Record<string, string>> = { '/w/wipe.sh': 'rm -rf /srv/data', '/w/ls.sh': 'ls -la', '/w/flush.redis': 'SELECT 1\nFLUSHALL' };
  const found = (cmd: string) => detectCommand(cmd, { home: '/home/me', cwd: '/w', env: { AWS_PROFILE: 'ours' }, readFile: (file) => files[file] });
  const mutations = (cmd: string): string[] => found(cmd).map((o) => o.mutation).filter((m) => m !== 'none');

  it('is the text of a file of this machine, where its input is one, and unknown where nobody can read it', () => {
    assert.ok(mutations('ssh host < wipe.sh').includes('destructive'));
    assert.ok(mutations('ssh host bash -s < wipe.sh').includes('destructive'));
    assert.deepEqual(mutations('ssh host < ls.sh'), []);
    assert.deepEqual(mutations('ssh host < missing.sh'), ['unknown']);
    assert.deepEqual(mutations('ssh -f -N -L 1:h:2 host < missing.sh'), []);
  });

  it('knows neither the files nor the variables of this machine', () => {
    assert.deepEqual(found('ssh host sh ls.sh').map((o) => o.door), ['unread']);
    assert.deepEqual(found('AWS_PROFILE=x ssh host aws s3 ls').map((o) => o.context.profile), [undefined]);
    assert.ok(mutations("DIR=/tmp/x; ssh host 'rm -rf $DIR'").includes('destructive'), 'the variable is that of the other machine');
    assert.deepEqual(mutations('DIR=/tmp/x; ssh host "rm -rf $DIR"').filter((m) => m === 'destructive'), [], 'the variable is that of this machine');
  });

  it('is asked about as kubectl exec is', () => {
    assert.deepEqual(wrong(['ssh host ./destroy.sh', 'ssh host sh /tmp/x.sh', 'ssh host "psql -f /tmp/x.sql"', 'docker exec web ./destroy.sh'], ['warn', 'confirm']), []);
    assert.deepEqual(wrong(['ssh host uptime', 'ssh host "df -h"', 'ssh host', 'ssh host "mkdir -p /srv/x"', 'docker exec web npm test', 'docker exec -it web bash', 'vagrant ssh -c "ls /"', 'docker -H tcp://prod:2375 exec web ls'], ['allow', 'allow']), []);
    assert.deepEqual(wrong(['docker -H tcp://prod:2375 exec -it web sh'], ['warn', 'confirm']), []);
  });

  it('is asked about where a client of a database takes an input that nobody has read', () => {
    for (const line of ['redis-cli < missing', 'cat missing | redis-cli -h h', 'sudo -u postgres psql < missing', 'turso db shell x < missing']) assert.deepEqual(found(line).map((o) => o.door).filter((d) => d !== undefined), ['unread'], line);
    assert.ok(mutations('redis-cli < flush.redis').includes('destructive'));
    const piped = (argv: readonly string[]) => detectArgv(argv, { home: '/home/me', cwd: '/w' }, 'pipe').map((o) => o.door);
    assert.deepEqual([piped(['redis-cli']), piped(['psql', 'app'])], [['unread'], ['unread']]);
    assert.deepEqual([piped(['redis-cli', 'ping']), piped(['redis-cli', '--scan']), piped(['psql', '-c', 'select 1']), piped(['psql', '-l'])], [[undefined], [undefined], [undefined], [undefined]]);
  });
});
