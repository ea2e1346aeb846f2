import assert from 'node:assert/strict';
import { detectArgv } from '../../src/detect/detect';
import type { DetectContext } from '../../src/detect/invocation';
import type { Operation } from '../../src/model';

function only(line: string, more: Partial<DetectContext> = {}): Operation {
  const found = detectArgv(['gcloud', ...line.split(' ')], { cwd: '/w', home: '/h', env: {}, ...more });
  assert.equal(found.length, 1, line);
  return found[0]!;
}

const files = (all: Readonly<Record<string, string>>): Partial<DetectContext> => ({ readFile: (file) => all[file] });

describe('options of gcloud', () => {
  it('takes the last of a switch and its opposite', () => {
    assert.notEqual(only('storage rsync a gs://b --delete-unmatched-destination-objects --dry-run --no-dry-run').mutation, 'none');
    assert.equal(only('storage rsync a gs://b --no-dry-run --dry-run').mutation, 'none');
    assert.notEqual(only('deployment-manager deployments update d --preview --no-preview').mutation, 'none');
  });

  it('names the last of an option that names a target', () => {
    const found = only('kms keys versions destroy 1 --keyring a --keyring=b --key k');
    assert.ok(found.targets.some((t) => t.name === 'b') && !found.targets.some((t) => t.name === 'a'));
  });

  it('takes the word behind a short option for its value', () => {
    assert.deepEqual(only('dns record-sets delete www -z zone --type A').targets.map((t) => t.name), ['www']);
    assert.deepEqual(only('sql backups delete 7 -i a -i b').targets.map((t) => t.name), ['7', 'b']);
  });

  it('takes the words behind a bare -- for targets, but not those of another program', () => {
    assert.deepEqual(only('compute instances delete -- vm-1 --zone').targets.map((t) => t.name), ['vm-1', '--zone']);
    assert.ok(detectArgv(['gcloud', 'compute', 'ssh', 'vm', '--', 'terraform', 'destroy'], { cwd: '/', env: {} }).some((f) => f.operation === 'terraform:destroy'));
  });

  it('reads a file of flags in its place, and trusts no dry run beside one that it can not read', () => {
    const given = files({ '/w/f.yaml': '--no-dry-run:\n--project: from-file\n', '/w/g.yaml': '- --flags-file: f.yaml\n' });
    const found = only('storage rsync a gs://b --project p --dry-run --flags-file=g.yaml', given);
    assert.deepEqual([found.mutation === 'none', found.context.other?.['project']], [false, 'from-file']);
    assert.equal(only('storage rsync a gs://b --flags-file f.yaml --dry-run', given).mutation, 'none');
    assert.notEqual(only('storage rsync a gs://b --dry-run --flags-file=gone.yaml', given).mutation, 'none');
    assert.notEqual(only('projects delete p --flags-file=gone.yaml --help', given).mutation, 'none');
  });

  it('takes the project from option, variable and configuration, and from no variable of other tools', () => {
    const config = files({ '/h/.config/gcloud/active_config': 'work', '/h/.config/gcloud/configurations/config_work': '[core]\nproject = of-work\naccount = w@x.org\n', '/h/.config/gcloud/configurations/config_other': '[core]\nproject = of-other\n' });
    const project = (line: string, env: Record<string, string> = {}): string | undefined => only(line, { ...config, env }).context.other?.['project'];
    assert.equal(project('sql instances delete d'), 'of-work');
    assert.equal(only('sql instances delete d', config).context.account, 'w@x.org');
    assert.equal(project('sql instances delete d', { GOOGLE_CLOUD_PROJECT: 'g' }), 'of-work');
    assert.equal(project('sql instances delete d --configuration=other'), 'of-other');
    assert.equal(project('sql instances delete d', { CLOUDSDK_ACTIVE_CONFIG_NAME: 'other', CLOUDSDK_CORE_PROJECT: 'e' }), 'e');
    assert.equal(project('sql instances delete d --project a --project=b'), 'b');
  });

  it('takes negative numbers and words with a blank for values', () => {
    const [found] = detectArgv(['gcloud', 'compute', 'disks', 'delete', 'a', '--x y'], { cwd: '/', env: {} });
    assert.deepEqual(found?.targets.map((t) => t.name), ['a', '--x y']);
  });
});
