import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, renameSync, rmSync, symlinkSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { takeSnapshot } from '../../src/gate/snapshot';
import { isMoved, lookAt, seenFrom, stillThere } from '../../src/preview/input-file';
import { temporary } from '../support/temporary';

let dir = '';
const put = (...names: string[]): void => {
  for (const name of names) {
    mkdirSync(path.dirname(path.join(dir, name)), { recursive: true });
    writeFileSync(path.join(dir, name), name);
  }
};
const write = (name: string, text: string): void => {
  put(name);
  writeFileSync(path.join(dir, name), text);
};
beforeEach(() => (dir = temporary('hp-reads-')));

/** The files that are there, seen from the folder. */
const reads = (argv: readonly string[], env: Record<string, string> = {}, cwd = dir): string[] => takeSnapshot(argv, cwd, { HOME: path.join(dir, 'home'), ...env }).inputs().filter((i) => i.kind === undefined).map((i) => path.relative(dir, i.path));
/** What is looked for and is not there. */
const awaits = (argv: readonly string[], env: Record<string, string> = {}): string[] => takeSnapshot(argv, dir, { HOME: path.join(dir, 'home'), ...env }).inputs().filter((i) => i.kind === 'missing').map((i) => path.relative(dir, i.path));

describe('the files that aws reads', () => {
  it('stand behind file:// in every place, with its homes and variables', () => {
    put('t.yaml', 'home/t.yaml', 'd/t.yaml', '$D/t.yaml', 'a,b.yaml', 'p.json', 'a%20b.yaml');
    const one = (word: string): string[] => reads(['aws', 'x', 'y', word], { D: path.join(dir, 'd') });
    assert.deepEqual(one('file://~/t.yaml'), ['home/t.yaml']);
    assert.deepEqual(one('--x=fileb://$D/t.yaml'), ['d/t.yaml']);
    assert.deepEqual(one('file://${D}/t.yaml'), ['d/t.yaml']);
    assert.deepEqual(one('file://$E/../$D/t.yaml'), []);
    assert.deepEqual(one('file://a,b.yaml'), ['a,b.yaml']);
    assert.deepEqual(one('file://a%20b.yaml'), ['a%20b.yaml']);
    assert.deepEqual(one('Key@=file://p.json,Other=1'), ['p.json']);
    assert.deepEqual(one('A={Key@="file://p.json"},B=[x]'), ['p.json']);
    assert.deepEqual(one('file://home/../t.yaml'), ['t.yaml']);
  });

  it('are the template of deploy as it stands, also with a shortened option, and the files of ecs deploy with their variables', () => {
    put('$D/t.yaml', 'd/t.yaml', '~/t.yaml', 'home/t.yaml');
    const env = { D: path.join(dir, 'd') };
    assert.deepEqual(reads(['aws', 'cloudformation', 'deploy', '--template-file', '$D/t.yaml'], env), ['$D/t.yaml']);
    assert.deepEqual(reads(['aws', 'cloudformation', 'deploy', '--template-f=~/t.yaml'], env), ['~/t.yaml']);
    assert.deepEqual(reads(['aws', 'ecs', 'deploy', '--task-definition', '$D/t.yaml', '--codedeploy-appspec', '~/t.yaml'], env), ['d/t.yaml', 'home/t.yaml']);
  });

  it('are the nested templates and files of package', () => {
    write('t.yaml', 'Resources:\n  A: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: sub/n.yaml}}\n  B: {Type: AWS::Lambda::Function, Properties: {Code: ./code.zip}}\n  C: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: "https://x/y"}}\n');
    write('sub/n.yaml', 'Resources:\n  D: {Type: AWS::Serverless::Application, Properties: {Location: deep.yaml}}\n');
    put('sub/deep.yaml', 'code.zip', 'https:/x/y');
    assert.deepEqual(reads(['aws', 'cloudformation', 'package', '--template-file', 't.yaml', '--s3-bucket', 'b']), ['code.zip', 'sub/deep.yaml', 'sub/n.yaml', 't.yaml']);
  });

  it('are its configuration, by its own way of naming it, and models of the user\'s own', () => {
    put('cfg/config', 'home/cred', 'home/.aws/cli/alias', 'home/.aws/models/s3/x/service-2.json');
    assert.deepEqual(reads(['aws', 's3', 'mb'], { AWS_CONFIG_FILE: '$C/config', C: path.join(dir, 'cfg'), AWS_SHARED_CREDENTIALS_FILE: '~/cred' }), ['cfg/config', 'home/.aws/cli/alias', 'home/.aws/models/s3/x/service-2.json', 'home/cred']);
    rmSync(path.join(dir, 'home'), { recursive: true });
    assert.deepEqual(awaits(['aws', 's3', 'mb']), ['home/.aws/cli/alias', 'home/.aws/config', 'home/.aws/credentials', 'home/.aws/models']);
  });
});

describe('the files that kubectl reads', () => {
  it('are lists, folders by ending and depth, patterns, and no addresses', () => {
    put('k/a.yaml', 'k/b.json', 'k/notes.md', 'k/sub/c.yml', 'x,y.yaml', 'z.txt');
    assert.deepEqual(reads(['kubectl', 'apply', '-f', 'k']), ['k/a.yaml', 'k/b.json']);
    assert.deepEqual(reads(['kubectl', 'apply', '-Rf', 'z.txt', '-f', 'k']), ['k/a.yaml', 'k/b.json', 'k/sub/c.yml', 'z.txt']);
    assert.deepEqual(reads(['kubectl', 'apply', '-fz.txt']), ['z.txt']);
    assert.deepEqual(reads(['kubectl', 'apply', '--filename=k/a.yaml,z.txt']), ['k/a.yaml', 'z.txt']);
    assert.deepEqual(reads(['kubectl', 'apply', '-f', '"x,y.yaml",z.txt']), ['x,y.yaml', 'z.txt']);
    assert.deepEqual(reads(['kubectl', 'apply', '-f', 'k/*.y*ml']), ['k/a.yaml']);
    assert.deepEqual(reads(['kubectl', 'apply', '-f', 'https://x/y.yaml', '-f', '-']), []);
  });

  it('are a kustomization with its bases, components, patches and generators, wherever they are', () => {
    write('over/kustomization.yaml', 'resources: [../base, https://example.com/x]\npatches: [{path: p.yaml}]\nconfigMapGenerator: [{name: c, files: [key=../shared/c.txt]}]\ncomponents: [../comp]\n');
    write('base/Kustomization', 'resources:\n- d.yaml\n');
    write('comp/kustomization.yml', 'kind: Component\nresources: [e.yaml]\n');
    put('over/p.yaml', 'over/unused.yaml', 'base/d.yaml', 'comp/e.yaml', 'shared/c.txt');
    assert.deepEqual(reads(['kubectl', 'apply', '-k', 'over']), ['base/Kustomization', 'base/d.yaml', 'comp/e.yaml', 'comp/kustomization.yml', 'over/kustomization.yaml', 'over/p.yaml', 'shared/c.txt']);
    assert.deepEqual(reads(['kubectl', 'delete', '--kustomize=base']), ['base/Kustomization', 'base/d.yaml']);
  });

  it('are patches, sources of config maps and every kubeconfig of the list, there or not', () => {
    put('p.yaml', 'env', 'cm/one', 'cm/two', 'k1', 'home/.kube/kuberc');
    assert.deepEqual(reads(['kubectl', 'patch', 'x', '--patch-file', 'p.yaml'], { KUBECONFIG: `${dir}/k1:${dir}/k2` }), ['home/.kube/kuberc', 'k1', 'p.yaml']);
    assert.ok(awaits(['kubectl', 'get', 'x'], { KUBECONFIG: `${dir}/k1:${dir}/k2` }).includes('k2'));
    assert.deepEqual(reads(['kubectl', 'create', 'configmap', 'c', '--from-file=key=p.yaml', '--from-file=cm', '--from-env-file', 'env']), ['cm/one', 'cm/two', 'env', 'home/.kube/kuberc', 'p.yaml']);
  });
});

describe('the files that helm, terraform, cdk, sam and pulumi read', () => {
  it('helm: values in lists, files that are set, and a chart folder with all that is in it', () => {
    put('chart/Chart.yaml', 'chart/templates/t.yaml', 'chart/charts/sub/Chart.yaml', 'v1.yaml', 'v2.yaml', 's.txt', 'web/other');
    assert.deepEqual(reads(['helm', 'upgrade', 'web', './chart', '-f', 'v1.yaml,v2.yaml', '--set-file', 'a=s.txt']), ['chart/Chart.yaml', 'chart/charts/sub/Chart.yaml', 'chart/templates/t.yaml', 's.txt', 'v1.yaml', 'v2.yaml']);
    assert.deepEqual(reads(['helm', 'upgrade', 'web', 'chart']), ['chart/Chart.yaml', 'chart/charts/sub/Chart.yaml', 'chart/templates/t.yaml']);
  });

  it('terraform: what the variable of the very command names, also of one with two words, as Terraform splits it', () => {
    put('a b.tfstate', 'other.tfstate', 'x.tfvars');
    const env = { TF_CLI_ARGS_state_rm: '-state="a b.tfstate"', TF_CLI_ARGS_state: '-state=none.tfstate', TF_CLI_ARGS_state_mv: "-state-out='other.tfstate'", TF_CLI_ARGS: '-var-file=x.tfvars' };
    assert.deepEqual(reads(['terraform', 'state', 'rm', 'x'], env), ['a b.tfstate', 'x.tfvars']);
    assert.deepEqual(reads(['terraform', 'state', 'mv', 'x', 'y'], env), ['other.tfstate', 'x.tfvars']);
    assert.deepEqual(reads(['tofu', 'state', 'list'], env), ['x.tfvars']);
    assert.deepEqual(awaits(['terraform', 'state', 'rm', 'x'], env).filter((f) => f.endsWith('none.tfstate')), []);
  });

  it('terraform: local modules through one another, variable files of words and environment, the backend that was chosen', () => {
    write('infra/main.tf', 'module "a" {\n  source = "../mods/a"\n}\n');
    write('mods/a/a.tf', 'module "b" { source = "./b" }\n');
    write('infra/.terraform/modules/modules.json', JSON.stringify({ Modules: [{ Key: '', Dir: '.' }, { Key: 'v', Dir: '.terraform/modules/v' }] }));
    put('mods/a/b/b.tf', 'infra/.terraform/modules/v/v.tf', 'infra/.terraform/terraform.tfstate', 'infra/p.tfvars', 'vars/x.tfvars', 'vars/y.tfvars');
    assert.deepEqual(reads(['terraform', '-chdir=infra', 'apply', '-var-file=../vars/x.tfvars'], { TF_CLI_ARGS_apply: '-var-file=../vars/y.tfvars' }), [
      'infra/.terraform/modules/modules.json', 'infra/.terraform/modules/v/v.tf', 'infra/.terraform/terraform.tfstate', 'infra/main.tf', 'infra/p.tfvars', 'mods/a/a.tf', 'mods/a/b/b.tf', 'vars/x.tfvars', 'vars/y.tfvars',
    ]);
  });

  it('cdk: its settings and a folder that was synthesised, also when the settings name it', () => {
    put('out/manifest.json', 'out/s.template.json', 'cdk.context.json');
    assert.deepEqual(reads(['cdk', 'deploy', '--app', 'out']), ['cdk.context.json', 'out/manifest.json', 'out/s.template.json']);
    write('cdk.json', '{"app":"out"}');
    assert.deepEqual(reads(['cdk', 'deploy']), ['cdk.context.json', 'cdk.json', 'out/manifest.json', 'out/s.template.json']);
  });

  it('sam: the configuration and its template, and the places where one that comes first may appear', () => {
    write('samconfig.toml', '[default.deploy.parameters]\ntemplate_file = "in/t.yaml"\n');
    put('in/t.yaml', 'template.yaml');
    assert.deepEqual(reads(['sam', 'deploy']), ['in/t.yaml', 'samconfig.toml', 'template.yaml']);
    assert.ok(awaits(['sam', 'deploy']).includes('.aws-sam/build/template.yaml'));
    assert.deepEqual(reads(['sam', 'deploy', '-t', 'template.yaml', '--config-file', 'none.toml']), ['template.yaml']);
  });

  it('pulumi: the project and the settings of its stacks', () => {
    put('p/Pulumi.yaml', 'p/Pulumi.prod.yaml', 'p/index.ts', 'home/.pulumi/credentials.json');
    assert.deepEqual(reads(['pulumi', '-C', 'p', 'up']), ['home/.pulumi/credentials.json', 'p/Pulumi.prod.yaml', 'p/Pulumi.yaml']);
  });
});

describe('a snapshot', () => {
  const of = (word = 'file://t.yaml'): ReturnType<typeof takeSnapshot> => takeSnapshot(['aws', 'x', 'y', word], dir, { HOME: path.join(dir, 'home') });
  const started = (snapshot: ReturnType<typeof takeSnapshot>): string[] => snapshot.inputs().filter(isMoved).map((i) => path.relative(dir, i.path));

  it('gives the content that it saw, however often it is asked, and knows when the disk has another', () => {
    put('t.yaml');
    const snapshot = of();
    assert.equal(snapshot.moved(), undefined);
    assert.deepEqual(started(snapshot), []);
    writeFileSync(path.join(dir, 't.yaml'), 'other');
    assert.equal(snapshot.readFile(path.join(dir, 't.yaml')), 't.yaml');
    assert.equal(snapshot.contents().get(path.join(dir, 't.yaml'))?.toString(), 't.yaml');
    assert.equal(snapshot.moved(), path.join(dir, 't.yaml'));
    assert.deepEqual(started(snapshot), ['t.yaml']);
  });

  it('counts what detection read besides, and what it looked for in vain', () => {
    put('by-the-way');
    const snapshot = of('z');
    assert.equal(snapshot.readFile(path.join(dir, 'by-the-way')), 'by-the-way');
    assert.equal(snapshot.readFile(path.join(dir, 'later')), undefined);
    put('later');
    writeFileSync(path.join(dir, 'by-the-way'), 'x');
    assert.deepEqual(started(snapshot), ['by-the-way', 'later']);
    assert.equal(snapshot.readFile(path.join(dir, 'later')), undefined, 'what it was judged by stays');
  });

  const exchanges: readonly (readonly [string, () => void])[] = [
    ['written over and back, with the old times', () => {
      for (const text of ['x', 't.yaml']) writeFileSync(path.join(dir, 't.yaml'), text);
      utimesSync(path.join(dir, 't.yaml'), 1, 1);
    }],
    ['renamed away and back', () => {
      renameSync(path.join(dir, 't.yaml'), path.join(dir, 'u'));
      put('t.yaml');
      renameSync(path.join(dir, 'u'), path.join(dir, 't.yaml'));
    }],
    ['replaced by a link to the same content', () => {
      renameSync(path.join(dir, 't.yaml'), path.join(dir, 'u'));
      symlinkSync('u', path.join(dir, 't.yaml'));
    }],
    ['replaced by a pipe', () => {
      rmSync(path.join(dir, 't.yaml'));
      execFileSync('mkfifo', [path.join(dir, 't.yaml')]);
    }],
    ['taken away', () => rmSync(path.join(dir, 't.yaml'))],
  ];
  for (const [how, exchange] of exchanges) {
    it(`sees a file that was ${how}`, () => {
      put('t.yaml');
      utimesSync(path.join(dir, 't.yaml'), 1, 1);
      const snapshot = of();
      exchange();
      assert.equal(snapshot.moved(), path.join(dir, 't.yaml'));
    });
  }

  it('sees a folder on the way that was exchanged and put back, and minds no other file that comes or goes there', () => {
    put('in/deep/t.yaml', 'two/deep/t.yaml');
    const snapshot = of('file://in/deep/t.yaml');
    put('in/deep/new', 'in/new', 'new');
    assert.equal(snapshot.moved(), undefined);
    for (const [from, to] of [['in', 'x'], ['two', 'in'], ['in', 'two'], ['x', 'in']] as const) renameSync(path.join(dir, from), path.join(dir, to));
    assert.equal(of('file://in/deep/t.yaml').moved(), undefined);
    const again = of('file://in/deep/t.yaml');
    for (const [from, to] of [['in', 'x'], ['two', 'in'], ['in', 'two'], ['x', 'in']] as const) renameSync(path.join(dir, from), path.join(dir, to));
    assert.equal(again.moved(), path.join(dir, 'in/deep/t.yaml'));
  });

  it('sees a link on the way that pointed elsewhere and back', () => {
    put('one/t.yaml', 'two/t.yaml');
    symlinkSync('one', path.join(dir, 'now'));
    const snapshot = of('file://now/t.yaml');
    for (const to of ['two', 'one']) {
      rmSync(path.join(dir, 'now'));
      symlinkSync(to, path.join(dir, 'now'));
    }
    assert.equal(snapshot.moved(), path.join(dir, 'now/t.yaml'));
  });

  it('sees at the start that a file came into a folder that is read', () => {
    put('k/a.yaml', 'over/kustomization.yaml');
    const folder = takeSnapshot(['kubectl', 'apply', '-f', 'k'], dir, {});
    assert.deepEqual(started(folder), []);
    put('k/b.yaml');
    assert.deepEqual(started(folder), ['k']);
  });

  it('does not read a pipe, a device or what belongs to the process, and says so where the command names it', () => {
    execFileSync('mkfifo', [path.join(dir, 'pipe')]);
    symlinkSync('/proc/self/environ', path.join(dir, 'mine'));
    for (const name of ['file://pipe', 'file://mine', 'file:///dev/stdin', 'file:///dev/fd/0', 'file:///dev/zero']) {
      const snapshot = of(name);
      assert.equal(snapshot.readFile(path.resolve(dir, name.slice(7))), undefined, name);
      assert.equal(snapshot.loose(), path.resolve(dir, name.slice(7)), name);
      assert.deepEqual(started(snapshot), [], name);
    }
  });

  it('binds a file that is too large to be read by its place, size and time of change', () => {
    put('t.yaml');
    truncateSync(path.join(dir, 't.yaml'), 200 * 1024 * 1024);
    const snapshot = of();
    assert.equal(snapshot.inputs().find((i) => i.path.endsWith('t.yaml'))?.kind, 'large');
    assert.equal(snapshot.readFile(path.join(dir, 't.yaml')), undefined);
    assert.deepEqual(started(snapshot), []);
    chmodSync(path.join(dir, 't.yaml'), 0o600);
    assert.deepEqual(started(snapshot), ['t.yaml']);
  });

  it('says when a folder holds more than is looked at', () => {
    mkdirSync(path.join(dir, 'k'));
    for (let i = 0; i < 1002; i += 1) writeFileSync(path.join(dir, 'k', `${i}.yaml`), '');
    assert.equal(takeSnapshot(['kubectl', 'apply', '-f', 'k'], dir, {}).loose(), 'k');
  });

  it('takes in what a preview read from the disk, and sees when that was something else', () => {
    put('read');
    const file = path.join(dir, 'read');
    const { kind, sha256 } = lookAt(file);
    const snapshot = of('z');
    snapshot.add({ path: file, kind, sha256 });
    assert.ok(snapshot.inputs().some((i) => i.path === file && i.sha256 === sha256));
    assert.equal(snapshot.moved(), undefined);
    snapshot.add({ path: file, kind: 'file', sha256: 'another' });
    assert.equal(snapshot.moved(), file);
  });

  it('gives a preview no file of the tool\'s own, which may hold credentials', () => {
    put('t.yaml', 'home/.aws/credentials');
    assert.deepEqual([...of().contents().keys()].map((f) => path.relative(dir, f)).filter((f) => f.includes('credentials')), []);
  });

  it('lets go of the contents when its question is over', () => {
    put('t.yaml');
    const snapshot = of();
    snapshot.forget();
    assert.equal(snapshot.contents().size, 0);
    assert.deepEqual(started(snapshot), []);
  });

  it('walks .. as the system does', () => {
    put('far/deep/x', 'far/t.yaml', 't.yaml', 'plain/x');
    symlinkSync(path.join(dir, 'far/deep'), path.join(dir, 'link'));
    assert.equal(lookAt(seenFrom(dir, 'link/../t.yaml')).sha256, lookAt(path.join(dir, 'far/t.yaml')).sha256);
    assert.equal(seenFrom(dir, 'plain/../t.yaml'), path.join(dir, 't.yaml'));
    assert.equal(seenFrom(dir, './a//b/.'), path.join(dir, 'a/b'));
    assert.ok(stillThere(path.join(dir, 't.yaml'), lookAt(path.join(dir, 't.yaml'))));
  });
});
