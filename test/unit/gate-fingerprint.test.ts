import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import fc from 'fast-check';

import { fileDigest, keptFileDigest } from '../../src/gate/digest';
import { digestOf, fingerprint, type Fingerprinted } from '../../src/gate/fingerprint';
import { inputsOf } from '../../src/gate/snapshot';
import type { Action } from '../../src/model';
import { argvOf } from '../support/gate';
import { temporary } from '../support/temporary';

const digest = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 64, maxLength: 64 });
const text = fc.string({ unit: 'grapheme', maxLength: 20 });

const whole: fc.Arbitrary<Fingerprinted> = fc.record({
  action: fc.record({ kind: fc.constant('argv' as const), argv: fc.array(text, { minLength: 1, maxLength: 5 }), cwd: text, executable: text }),
  executableDigest: fc.option(digest, { nil: undefined }),
  inputs: fc.array(fc.record({ path: text, sha256: fc.option(digest, { nil: undefined }) }), { maxLength: 3 }),
  envDigest: digest,
  context: fc.record({ account: text, region: text, profile: text, endpoint: text, other: fc.dictionary(fc.string({ maxLength: 5 }), text, { maxKeys: 2 }) }, { requiredKeys: [] }),
  previewDigest: fc.option(digest, { nil: undefined }),
  stateDigest: fc.option(digest, { nil: undefined }),
  rulesDigest: digest,
  actor: fc.record({ kind: fc.constantFrom('human', 'agent', 'unknown'), name: text }),
});

/** Every value at the ends of a tree of plain data, with a way to put another one there. */
function leaves(value: unknown, put: (inner: unknown) => unknown): { readonly value: unknown; readonly put: (inner: unknown) => unknown }[] {
  if (Array.isArray(value)) return value.flatMap((inner, i) => leaves(inner, (next) => put(value.map((v, j) => (i === j ? next : v)))));
  if (typeof value === 'object' && value !== null) return Object.entries(value).flatMap(([key, inner]) => leaves(inner, (next) => put({ ...value, [key]: next })));
  return [{ value, put }];
}

describe('a fingerprint', () => {
  it('changes with any of its parts', () => {
    fc.assert(fc.property(whole, fc.nat(), (what, pick) => {
      const all = leaves(what, (next) => next);
      const leaf = all[pick % all.length];
      assert.ok(leaf);
      const other = leaf.put(leaf.value === undefined ? 'something' : `${String(leaf.value)}x`) as Fingerprinted;
      assert.notEqual(fingerprint(other), fingerprint(what));
    }), { numRuns: 500 });
  });

  it('changes when a word is cut in two, an input is left out, or words change their places', () => {
    fc.assert(fc.property(whole, (what) => {
      const argv = argvOf(what.action);
      const others: Fingerprinted[] = [
        { ...what, action: { ...what.action, argv: [...argv, ''] } as Action },
        { ...what, action: { ...what.action, argv: [`${argv[0]} ${argv.slice(1).join(' ')}`, 'x'] } as Action },
        { ...what, inputs: [...what.inputs, { path: 'more', sha256: undefined }] },
        ...(what.inputs.length > 0 ? [{ ...what, inputs: what.inputs.slice(1) }] : []),
      ];
      for (const other of others) assert.notEqual(fingerprint(other), fingerprint(what));
    }));
  });

  it('is the same for the same, in whatever order it is written', () => {
    fc.assert(fc.property(whole, (what) => {
      const turned = Object.fromEntries(Object.entries(what).reverse()) as unknown as Fingerprinted;
      assert.equal(fingerprint(turned), fingerprint(what));
      assert.match(fingerprint(what), /^[0-9a-f]{64}$/);
    }));
  });

  it('is over the canonical form of RFC 8785', () => {
    // The form of `{b: 1, a: "é"}` is `{"a":"é","b":1}`: sorted members, no spaces, UTF-8.
    assert.equal(digestOf({ b: 1.0, a: 'é' }), 'aa58fba8483623bed37c1b02edfccbdd9a53123837c20bfa4cb4049993a2872e');
  });
});

describe('the files a command reads', () => {
  let dir: string;
  before(() => {
    dir = temporary('hp-inputs-');
    for (const file of ['t.json', 'p.json', 'b.bin']) writeFileSync(path.join(dir, file), file);
    mkdirSync(path.join(dir, '.aws', 'cli'), { recursive: true });
    writeFileSync(path.join(dir, '.aws', 'config'), 'config');
    writeFileSync(path.join(dir, 'own'), 'own');
  });

  const names = (argv: readonly string[], env: Record<string, string> = {}): string[] => inputsOf(['aws', ...argv], dir, env).filter((i) => i.kind !== 'missing').map((i) => path.relative(dir, i.path));

  it('are found in every way of naming one', () => {
    assert.deepEqual(names(['--template-body', 'file://t.json']), ['t.json']);
    assert.deepEqual(names(['--template-body=file://t.json']), ['t.json']);
    assert.deepEqual(names(['--template-file', 't.json']), ['t.json']);
    assert.deepEqual(names(['--template-file=t.json']), ['t.json']);
    assert.deepEqual(names(['--zip-file', 'fileb://b.bin', '--cli-input-json', `file://${dir}/p.json`]), ['b.bin', 'p.json']);
    assert.deepEqual(names(['--parameters', 'Key=a,Value=file://p.json']), ['p.json']);
    assert.deepEqual(names(['s3', 'cp', 't.json', 's3://b']), []);
  });

  it('have the digest of their content, or none where they can not be read', () => {
    const [there, missing] = inputsOf(['aws', '--template-body', 'file://t.json', '--tags', 'file://zz'], dir, {});
    assert.equal(there?.sha256, 'f1fa3b553a1adf596de1245b37d02886eb020eb88c694010149a90dce6b15f0d');
    assert.deepEqual(missing, { path: path.join(dir, 'zz'), sha256: undefined, kind: 'missing' });
  });

  it('are not looked into where they belong to the process or can be read only once', () => {
    symlinkSync('/dev/stdin', path.join(dir, 'input'));
    const words = ['file:///dev/fd/63', 'file:///dev/stdin', 'file:///proc/self/fd/3', 'file://input'];
    const kinds = inputsOf(['aws', ...words], dir, {}).map((i) => [i.kind, i.sha256]);
    assert.deepEqual(kinds, words.map(() => ['unbound', undefined]));
  });

  it('include what tells the AWS CLI where it goes, as far as it is there', () => {
    assert.deepEqual(names(['s3', 'mb'], { HOME: dir }), ['.aws/config']);
    assert.deepEqual(names(['s3', 'mb'], { HOME: dir, AWS_CONFIG_FILE: 'own' }), ['own']);
    assert.deepEqual(names(['s3', 'mb'], { HOME: dir, AWS_SHARED_CREDENTIALS_FILE: '~/own' }), ['.aws/config', 'own']);
    writeFileSync(path.join(dir, '.aws', 'cli', 'alias'), 'x');
    assert.deepEqual(names(['s3', 'mb'], { HOME: dir }), ['.aws/cli/alias', '.aws/config']);
  });
});

describe('the files that other tools read', () => {
  let dir: string;
  before(() => {
    dir = temporary('hp-tool-inputs-');
    for (const folder of ['infra', 'k8s/base', 'chart/templates', '.kube', 'pods']) mkdirSync(path.join(dir, folder), { recursive: true });
    for (const file of ['infra/main.tf', 'infra/prod.tfvars', 'infra/notes.md', 'infra/x.tfplan', 'k8s/a.yaml', 'k8s/base/b.yaml', 'chart/Chart.yaml', 'chart/templates/t.yaml', '.kube/config', 'pods/p.yaml', 'values.yaml']) writeFileSync(path.join(dir, file), file);
  });
  const names = (argv: readonly string[]): string[] => inputsOf(argv, dir, { HOME: dir }).filter((i) => i.kind !== 'missing' && i.kind !== 'folder').map((i) => path.relative(dir, i.path));

  it('are those of the root module, by the folder that -chdir names, and a saved plan', () => {
    assert.deepEqual(names(['terraform', '-chdir=infra', 'apply']), ['infra/main.tf', 'infra/prod.tfvars']);
    assert.deepEqual(names(['/usr/bin/terraform', '-chdir=infra', 'apply', 'x.tfplan']), ['infra/main.tf', 'infra/prod.tfvars', 'infra/x.tfplan']);
    assert.deepEqual(names(['tofu', 'apply']), []);
  });

  it('are files and folders that options name, and the kubeconfig', () => {
    assert.deepEqual(names(['kubectl', 'delete', '-f', 'k8s']), ['.kube/config', 'k8s/a.yaml']);
    assert.deepEqual(names(['kubectl', 'delete', '-R', '-f', 'k8s']), ['.kube/config', 'k8s/a.yaml', 'k8s/base/b.yaml']);
    assert.deepEqual(names(['kubectl', 'apply', '--filename=k8s/a.yaml,values.yaml']), ['.kube/config', 'k8s/a.yaml', 'values.yaml']);
    assert.deepEqual(names(['helm', 'upgrade', 'web', './chart', '-f', 'values.yaml']), ['.kube/config', 'chart/Chart.yaml', 'chart/templates/t.yaml', 'values.yaml']);
  });

  it('are not a folder that only has the name of a word', () => {
    assert.deepEqual(names(['kubectl', 'delete', 'pods', 'web']), ['.kube/config']);
  });
});

describe('the digest of a file', () => {
  let dir: string;
  before(() => (dir = temporary('hp-digest-')));

  it('is SHA-256 of all of it, also over several chunks and through a link', () => {
    const file = path.join(dir, 'big');
    writeFileSync(file, Buffer.alloc(3_000_001, 'x'));
    symlinkSync(file, path.join(dir, 'link'));
    const [expected] = execFileSync('sha256sum', [file], { encoding: 'utf8' }).split(' ');
    assert.equal(fileDigest(file), expected);
    assert.equal(fileDigest(path.join(dir, 'link')), expected);
    assert.equal(keptFileDigest(file), expected);
  });

  it('is none for a folder, a pipe and a file that is not there, and asking does not wait', () => {
    execFileSync('mkfifo', [path.join(dir, 'pipe')]);
    for (const file of [dir, path.join(dir, 'pipe'), path.join(dir, 'none'), '/dev/null']) assert.equal(fileDigest(file), undefined, file);
    assert.equal(keptFileDigest(path.join(dir, 'none')), undefined);
  });

  it('is read again when the content changed, even with the old size and the old time put back', () => {
    const file = path.join(dir, 'tool');
    const time = new Date('2026-01-01');
    writeFileSync(file, 'good');
    utimesSync(file, time, time);
    const before = keptFileDigest(file);
    writeFileSync(file, 'evil');
    utimesSync(file, time, time);
    assert.notEqual(keptFileDigest(file), before);
    assert.equal(keptFileDigest(file), fileDigest(file));
  });
});
