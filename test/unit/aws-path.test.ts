import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import os from 'node:os';

import { awsConfigPath, awsParameterPath, homeInPasswd, namesIn, variablesIn } from '../../src/detect/tools/aws/path';

/** The interpreter that runs the AWS CLI on this machine: the first line of its script. @throws where there is no AWS CLI of version 1. */
function interpreter(): string {
  const found = (process.env['PATH'] ?? '').split(':').map((folder) => `${folder}/aws`).filter(existsSync);
  for (const name of found) {
    const first = readFileSync(realpathSync(name), 'latin1').split('\n')[0] ?? '';
    if (/^#!.*python/.test(first)) return first.slice(2).trim();
    // pyenv's shim stands before it.
    if (/bash/.test(first) && name.includes('/shims/')) {
      const real = execFileSync('pyenv', ['which', 'aws'], { encoding: 'utf8' }).trim();
      return (readFileSync(real, 'latin1').split('\n')[0] ?? '').slice(2).trim();
    }
  }
  throw new Error('aws (version 1, pip install awscli) is not installed: its way with paths was not compared.');
}

const PIECES = ['~', '~root', '~nobody', '/', '$A', '${A}', '$B', '${B B}', '$UNSET', '${UNSET}', '$', '${', '}', '{', '%20', '%A%', '%', '%%', '$$', 'a b', 'é', '\'', '"', '..', '.', '-', '_', 'x', '$A-B', '$HOME', '${HOME}', '\\', '$É', '//', 't.yaml', '$1', '${}', '$A$B', '~/', ':', '=', ','];
/** The same every time: a failure can be repeated. */
function* generated(count: number): Generator<string> {
  let seed = 20261125;
  const next = (n: number): number => {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
    return (seed >>> 8) % n;
  };
  for (let i = 0; i < count; i += 1) yield Array.from({ length: 1 + next(6) }, () => PIECES[next(PIECES.length)] ?? '').join('');
}

const ENV = { A: 'one', 'B B': '/two $A', B: '~', HOME: '/home/ada//', 'A-B': 'dash', '': 'empty' };

/** What the AWS CLI's own code opens for each text; the opening itself is taken out. */
const PROGRAM = `
import json, os, sys
import awscli.argprocess, awscli.paramfile as paramfile
opened = []
class Stop(OSError): pass
def note(path, mode, **more):
    opened.append(path)
    raise Stop()
paramfile.compat_open = note
cases, env = json.load(sys.stdin)
for name in list(os.environ): del os.environ[name]
for name, value in env.items():
    if name: os.environ[name] = value
out = []
for text in cases:
    opened.clear()
    try: paramfile.get_paramfile('file://' + text, paramfile.LOCAL_PREFIX_MAP)
    except Exception: pass
    out.append(opened[0] if opened else None)
json.dump(out, sys.stdout)
`;
const NT = `
import json, os, sys, ntpath
cases, env = json.load(sys.stdin)
for name in list(os.environ): del os.environ[name]
for name, value in env.items(): os.environ[name] = value
json.dump([ntpath.expandvars(ntpath.expanduser(text)) for text in cases], sys.stdout)
`;

describe('the path behind file://', function () {
  this.timeout(60_000);
  const ask = (program: string, cases: readonly string[], env: object): (string | null)[] =>
    JSON.parse(execFileSync(interpreter(), ['-c', program], { input: JSON.stringify([cases, env]), encoding: 'utf8', maxBuffer: 1 << 26 })) as (string | null)[];

  it('is the one that the AWS CLI\'s own code opens, in 1500 generated texts', () => {
    const cases = [...new Set(generated(1500))];
    const { '': _, ...env } = ENV;
    const theirs = ask(PROGRAM, cases, env);
    const passwd = readFileSync('/etc/passwd', 'utf8');
    const names = namesIn(env, undefined, () => passwd, false);
    let unknown = 0;
    cases.forEach((text, i) => {
      const ours = awsParameterPath(text, names);
      // Who is not in the list may still have a home that a directory knows.
      if (ours === undefined) {
        unknown += 1;
        assert.match(text, /^~[^/]/);
        assert.equal(homeInPasswd(passwd, /^~([^/]*)/.exec(text)?.[1] ?? ''), undefined);
      } else assert.equal(ours, theirs[i], text);
    });
    assert.ok(cases.length > 1000 && unknown < cases.length / 3, `${unknown} of ${cases.length} are unknown`);
  });

  it('without HOME is in the home that the system knows', () => {
    const { username, homedir } = os.userInfo();
    const [theirs] = ask(PROGRAM, ['~/t.yaml'], {});
    assert.equal(awsParameterPath('~/t.yaml', namesIn({}, homedir, undefined, false)), theirs);
    assert.equal(awsParameterPath(`~${username}/t.yaml`, namesIn({ HOME: '/x' }, undefined, () => readFileSync('/etc/passwd', 'utf8'), false)), theirs);
  });

  it('on Windows is the one of Python\'s ntpath, in 1500 generated texts', () => {
    const cases = [...new Set([...generated(1500)].flatMap((text) => [text, text.replaceAll('/', '\\')]))];
    for (const more of [{ USERPROFILE: 'C:\\Users\\ada', USERNAME: 'ada' }, { HOMEDRIVE: 'D:', HOMEPATH: '\\home\\ada', USERNAME: 'ada' }, { USERPROFILE: 'C:\\Users\\ada', USERNAME: 'bob' }, {}]) {
      const env = { A: 'one', 'B B': '%A%', B: '~', 'A-B': 'dash', ...more };
      const theirs = ask(NT, cases, env);
      const names = namesIn(env, undefined, undefined, true);
      cases.forEach((text, i) => assert.equal(awsParameterPath(text, names), theirs[i], `${text} with ${JSON.stringify(more)}`));
    }
  });

  it('of a configuration file has its variables put in first', () => {
    const names = namesIn({ T: '~', HOME: '/home/ada' }, undefined, undefined, false);
    assert.equal(awsConfigPath('$T/config', names), '/home/ada/config');
    assert.equal(awsParameterPath('$T/config', names), '~/config');
  });

  it('needs these variables of the environment', () => {
    assert.deepEqual([...variablesIn(['file://$D/x', '${E F}/y-%G%', 'none'])].sort(), ['D', 'E F', 'G']);
  });
});
