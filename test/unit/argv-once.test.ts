import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { mock } from 'node:test';

import { detectArgv } from '../../src/detect/detect';
import { AWS } from '../../src/detect/tools/aws/command-line';
import { KUBECTL } from '../../src/detect/tools/kubectl/line';
import { TERRAFORM } from '../../src/detect/tools/terraform/line';
import { takeSnapshot } from '../../src/gate/snapshot';
import { readHeld } from '../../src/preview/aws/held';
import { cleanupTask } from '../../src/preview/cleanup-task';
import { readCommand } from '../../src/preview/cloudformation/command';
import { readKubeCommand } from '../../src/preview/kubernetes/command';
import { readTerraform } from '../../src/preview/terraform/command';
import { temporary } from '../support/temporary';

/** How often a grammar takes words apart while this is done. */
function readings(grammar: { read: (words: never) => unknown }, action: () => void): number {
  const spy = mock.method(grammar, 'read');
  try {
    action();
    return spy.mock.callCount();
  } finally {
    spy.mock.restore();
  }
}

describe('the words of a command', () => {
  let home: string;
  beforeEach(() => {
    home = temporary('argv-once-');
    writeFileSync(path.join(home, 'stack.yaml'), 'Resources: {}');
    writeFileSync(path.join(home, 'app.yaml'), 'apiVersion: v1\nkind: Pod\n');
  });

  const env = (more = {}): Record<string, string> => ({ PATH: process.env['PATH'] ?? '', HOME: home, ...more });
  /** What the gate does with them: snapshot, judgement, places of copies when it asks and when it hands over. */
  function considered(argv: readonly string[], more = {}): void {
    const snapshot = takeSnapshot(argv, home, env(more));
    assert.ok(detectArgv(argv, { cwd: home, home, env: env(more), readFile: snapshot.readFile, namesIn: snapshot.namesIn }).length > 0);
    snapshot.places(argv);
  }

  it('aws cloudformation: are taken apart once for snapshot, judgement, places, preview and cleanup', () => {
    const argv = ['aws', '--profile', 'p', 'cloudformation', 'update-stack', '--stack-name', 'payments', '--template-body', 'file://stack.yaml'];
    assert.equal(readings(AWS, () => {
      considered(argv);
      assert.equal(readCommand(argv, home)?.stackName, 'payments');
      assert.equal(readHeld(argv, home, env())?.command, 'update-stack');
      cleanupTask({ argv, cwd: home }, env(), { stack: 'payments', name: 'x', region: 'eu-west-1' });
    }), 1);
  });

  it('terraform: are taken apart once, and again where the variables that add words to them are others', () => {
    const argv = ['terraform', 'apply', '-var-file', 'prod.tfvars'];
    const locked = { TF_CLI_ARGS_apply: '-lock=false' };
    assert.equal(readings(TERRAFORM, () => {
      considered(argv, locked);
      readTerraform(argv, home, env(locked));
    }), 1);
    const destroying = { TF_CLI_ARGS_apply: '-auto-approve -destroy' };
    assert.equal(readings(TERRAFORM, () => considered(argv, destroying)), 1);
    const read = readTerraform(argv, home, env(destroying));
    assert.ok(typeof read === 'object' && read.options.some((one) => one.name === '-destroy'));
  });

  it('kubectl: are taken apart once', () => {
    const argv = ['kubectl', 'delete', '-f', 'app.yaml'];
    assert.equal(readings(KUBECTL, () => {
      considered(argv);
      assert.equal(readKubeCommand(argv)?.path, 'delete');
    }), 1);
  });

  it('kubectl: are not taken apart anew where its preferences add options, until the preferences are others', () => {
    const argv = ['kubectl', 'apply', '-f', 'app.yaml'];
    const prefer = (value: string): void => writeFileSync(path.join(home, 'kuberc'), `apiVersion: kubectl.config.k8s.io/v1alpha1\nkind: Preference\noverrides: [{command: apply, flags: [{name: prune, default: "${value}"}]}]\n`);
    const more = { KUBERC: path.join(home, 'kuberc') };
    prefer('true');
    assert.ok(readings(KUBECTL, () => considered(argv, more)) > 0);
    assert.equal(readings(KUBECTL, () => considered(argv, more)), 0);
    prefer('false');
    assert.ok(readings(KUBECTL, () => considered(argv, more)) > 0);
  });
});
