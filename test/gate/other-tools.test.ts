import assert from 'node:assert/strict';
import { copyFileSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { readLedger } from '../../src/ledger/verify';
import { atTerminal, makePlace, start, type Place } from '../support/gate';

/** For each guarded tool: what destroys, what reads, and what only changes. */
const TOOLS: Readonly<Record<string, readonly [destroys: string, reads: string, changes: string]>> = {
  terraform: ['destroy -auto-approve', 'show -json', 'workspace new x'],
  tofu: ['state rm a.b', 'state list', 'fmt'],
  terragrunt: ['run-all destroy', 'hclfmt', 'init'],
  kubectl: ['delete ns prod', 'get pods -A', 'apply -f x.yaml'],
  helm: ['uninstall web', 'list -A', 'upgrade --install web ./chart'],
  gcloud: ['sql instances delete db --quiet', 'compute instances list', 'storage buckets create gs://b'],
  az: ['group delete -n rg --yes', 'group list', 'group create -n rg -l eu'],
  pulumi: ['destroy --yes', 'preview', 'stack init dev'],
  cdk: ['destroy --force', 'diff', 'bootstrap'],
  sam: ['delete --no-prompts', 'validate', 'init --name x'],
};

describe('tools besides the AWS CLI, through their shims', function () {
  this.timeout(60_000);
  let place: Place;
  const ran = (): boolean => existsSync(place.env['STUB_LOG'] ?? '');

  beforeEach(async () => {
    place = await makePlace();
    for (const tool of Object.keys(TOOLS)) copyFileSync(path.join(place.tools, 'aws'), path.join(place.tools, tool));
  });

  for (const [tool, [destroys, reads, changes]] of Object.entries(TOOLS)) {
    it(`${tool}: an agent is denied what destroys; what reads and what only changes runs with its own output`, async () => {
      const denied = await start(place, 'setsid', ['-w', tool, ...destroys.split(' ')], { env: { CLAUDECODE: '1' } }).done;
      assert.equal(denied.code, 77, denied.stderr);
      assert.match(denied.stderr, new RegExp(`Holdpoint holds: ${tool} `));
      assert.equal(ran(), false);
      for (const words of [reads, changes]) {
        const passed = await start(place, tool, words.split(' ')).done;
        assert.equal(passed.code, 0, passed.stderr);
        assert.equal(passed.stdout, words.split(' ').map((w) => `arg:${w}\n`).join(''));
        assert.equal(ran(), true);
        rmSync(place.env['STUB_LOG'] ?? '', { force: true });
      }
      assert.ok((await readLedger(place.home.ledger)).some((l) => l.type === 'decided' && l.decision === 'denied'));
    });
  }

  it('a person types the name of what goes, and exactly that runs', async () => {
    const { code, screen } = await atTerminal(place, 'kubectl delete ns prod', [[/Type prod to run it/, 'prod\n']]);
    assert.equal(code, 0, screen);
    assert.match(screen, /arg:prod\r\n/);
  });

  it('a session of a person at a terminal runs with one line; what is piped into it, and an agent, is asked about', async () => {
    const session = await atTerminal(place, 'kubectl exec -it web -- bash', []);
    assert.equal(session.code, 0, session.screen);
    assert.match(session.screen, /Opens a session in pod web/);
    assert.match(session.screen, /arg:bash\r\n/);
    rmSync(place.env['STUB_LOG'] ?? '', { force: true });

    const piped = await start(place, 'sh', ['-c', 'echo "DROP TABLE users" | setsid -w kubectl exec -i db -- psql'], { env: { CLAUDECODE: '1' } }).done;
    assert.equal(piped.code, 77, piped.stderr);
    assert.match(piped.stderr, /unseen/);
    const agent = await start(place, 'setsid', ['-w', 'kubectl', 'exec', '-it', 'web', '--', 'bash'], { env: { CLAUDECODE: '1' } }).done;
    assert.equal(agent.code, 77, agent.stderr);
    assert.equal(ran(), false);
    const reads = await start(place, 'kubectl', ['exec', 'web', '--', 'ls'], { env: { CLAUDECODE: '1' } }).done;
    assert.equal(reads.code, 0, reads.stderr);
  });

  it('what a person pipes into a shell elsewhere is asked about: a terminal is there, and it is not what is read', async () => {
    const { code, screen } = await atTerminal(place, 'echo "DROP TABLE users" | kubectl exec -i db -- psql', [[/Type \S+ to run it/, 'no\n']]);
    assert.equal(code, 77, screen);
    assert.match(screen, /unseen/);
    assert.equal(ran(), false);
  });

  it('is held when a variable makes the destroy', async () => {
    const { code } = await start(place, 'setsid', ['-w', 'terraform', 'apply', 'x.tfplan'], { env: { CLAUDECODE: '1', TF_CLI_ARGS_apply: '-destroy' } }).done;
    assert.equal(code, 77);
    writeFileSync(path.join(place.work, 'y'), '');
    assert.equal(ran(), false);
  });
});
