import assert from 'node:assert/strict';
import { detectArgv, detectCommand } from '../../src/detect/detect';
import { detectFile } from '../../src/detect/file';
import { unlinked } from '../../src/model/visible';
import { recorded } from '../../src/ledger/record';

const LINK = '[Approve here](command:holdpoint.approve)';
const ICON = '$(check) approved';

/** One command of each tool whose operation's name is made of its own words where no table knows them. */
const COMMANDS: readonly (readonly string[])[] = [
  ['/usr/bin/gcloud', 'compute', LINK, 'delete', 'a'], ['gcloud', LINK, 'instances', 'delete', 'a'], ['az', LINK, 'delete', '-n', 'x'], ['az', 'vm', LINK, 'delete'],
  ['heroku', `${LINK}:destroy`, '-a', 'x'], ['firebase', `${LINK}:delete`, 'x'], ['doctl', 'compute', LINK, 'delete', '1'], ['oci', 'compute', LINK, 'terminate', '--force'],
  ['pulumi', LINK, 'rm', 'x'], ['wrangler', LINK, 'delete', 'x'], ['hcloud', LINK, 'delete', 'x'], ['ansible', 'all', '-m', LINK, '-a', 'state=absent'],
  ['aws', LINK, 'delete-stack'], ['aws', 'cloudformation', LINK], ['kubectl', LINK, 'delete', 'x'], ['helm', LINK, 'x'], ['fly', LINK, 'destroy', 'x'], ['ibmcloud', LINK, 'delete', 'x'],
];

describe('the name of an operation', () => {
  it('is made of names only: no word of a command becomes a link or an icon by it', () => {
    for (const argv of COMMANDS) {
      for (const bad of [argv, argv.map((word) => word.replace(LINK, ICON)), argv.map((word) => word.replace(LINK, 'a\u202eb')), argv.map((word) => word.replace(LINK, 'a`b|c<img>'))]) {
        for (const o of [...detectArgv(bad, {}), ...detectCommand(bad.map((word) => `'${word}'`).join(' '), {})]) {
          assert.match(o.operation, /^[\w/][\w .:/+@*-]*$/, `${bad.join(' ')}: ${o.operation}`);
          assert.equal(unlinked(o.operation), o.operation);
        }
      }
    }
  });

  it('says that it is not known, keeps what it destroys, and tells why', () => {
    const [found] = detectArgv(['gcloud', 'compute', LINK, 'delete', 'a'], {});
    assert.equal(found?.operation, 'gcloud:unknown');
    assert.equal(found.mutation, 'destructive');
    assert.match(found.reason, /no name of a command/);
    assert.ok(found.unknowns.includes('the name of the command'));
  });

  it('stays as it is where it is a name', () => {
    assert.deepEqual(detectArgv(['gcloud', 'compute', 'instances', 'delete', 'a'], {}).map((o) => o.operation), ['gcloud:compute.instances.delete']);
    assert.deepEqual(detectArgv(['aws', 'cloudformation', 'delete-stack', '--stack-name', 'x'], {}).map((o) => o.operation), ['cloudformation:DeleteStack']);
  });

  it('is made of names in a file, too', () => {
    for (const o of detectFile('shell', '/w/a.sh', `gcloud compute '${LINK}' delete a\n`, {})) assert.equal(o.operation, 'gcloud:unknown');
    assert.equal(detectFile('shell', '/w/a.sh', `gcloud compute '${LINK}' delete a\n`, {}).length, 1);
  });

  it('is written down without the secrets of its command', () => {
    const [found] = detectArgv(['gcloud', 'compute', 'hunter2hunter', 'delete', 'a'], {});
    assert.ok(found);
    assert.equal(recorded(found, (text) => text.replaceAll('hunter2hunter', '[redacted]')).operation.includes('hunter2hunter'), false);
  });
});
