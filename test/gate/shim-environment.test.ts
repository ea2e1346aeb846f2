import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, realpathSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { firstLine } from '../../src/gate/shim';
import { makePlace, type Place } from '../support/gate';

/** Every shell that is here and that /bin/sh may be. */
const SHELLS = ['bash', 'dash', 'busybox', 'zsh'].flatMap((name) => {
  const { stdout, status } = spawnSync('/bin/sh', ['-c', `command -v ${name}`], { encoding: 'utf8' });
  return status === 0 ? [{ name, file: realpathSync(stdout.trim()) }] : [];
});
const WORDS = ['[', 'test', 'echo', 'read', 'command', 'exec', 'set', 'unset', 'shift', 'return', 'break', 'continue', 'export', 'trap', '.', ':', 'eval', 'shopt', 'builtin', 'printf', 'hp_aws', 'hp_rules', 'hp_may_read', 'declare', 'local'];
const exported = (body: string): NodeJS.ProcessEnv => Object.fromEntries(WORDS.map((word) => [`BASH_FUNC_${word}%%`, `() { ${body}\n}`]));

describe('What a shim decides', function () {
  this.timeout(60_000);
  let place: Place;
  before(async () => {
    place = await makePlace();
    mkdirSync(path.join(place.base, '.aws'));
    // Nothing but the shim itself may decide here.
    renameSync(path.join(place.home.lib, 'client.js'), path.join(place.home.lib, 'client.away'));
    for (const { name, file } of SHELLS) {
      mkdirSync(path.join(place.base, name));
      symlinkSync(file, path.join(place.base, name, 'sh'));
    }
    writeFileSync(path.join(place.base, 'start'), 'hp_read=1\ntest () { return 0; }\n');
  });

  const run = (shell: string, env: NodeJS.ProcessEnv, args: readonly string[], options: readonly string[] = []): { readonly ran: boolean; readonly said: string } => {
    const log = place.env['STUB_LOG'] ?? '';
    rmSync(log, { force: true });
    const file = path.join(place.base, shell, 'sh');
    const { stdout, stderr } = spawnSync(file, [...options, path.join(place.home.bin, 'aws'), ...args], { cwd: place.work, env: { ...place.env, ...env }, encoding: 'utf8', timeout: 20_000 });
    return { ran: existsSync(log), said: `${stdout}${stderr}` };
  };
  const start = (): string => path.join(place.base, 'start');

  const FUNCTIONS: readonly (readonly [string, NodeJS.ProcessEnv])[] = [
    ...['return 0', 'return 1', 'hp_read=1', 'hp_read=1; return 1', 'hp_read=1; unset -f "$FUNCNAME"; "$FUNCNAME" "$@"'].map((body) => [`every builtin as a function: ${body}`, exported(body)] as const),
    ...WORDS.map((word) => [`${word} as a function`, { [`BASH_FUNC_${word}%%`]: '() { hp_read=1\n}' }] as const),
    // As the builtin does, but for what decides.
    ...['[', 'test', 'echo', 'read', 'command', 'set', 'shift', 'unset', 'export', '.', 'trap', 'shopt'].map((word) => [`${word} as a function that does its work and more`, {
      [`BASH_FUNC_${word}%%`]: `() { case "$*" in '0 = 1 ]'|'0 = 1') return 0 ;; esac; hp_read=1; builtin "${word}" "$@"\n}`,
    }] as const),
    ['functions of an older bash', Object.fromEntries(WORDS.map((word) => [word, '() { hp_read=1\n}']))],
  ];
  const VARIABLES = (): readonly (readonly [string, NodeJS.ProcessEnv])[] => [
    ['variables of its own', { hp_read: '1', hp_s: 'ec2', hp_o: 'describe-x', hp_node: '/bin/true', hp_electron: '1', hp_ifs: 'x' }],
    ...[' ', 'e', '0123456789', ':', '1', '/', ''].map((IFS) => [`IFS ${JSON.stringify(IFS)}`, { IFS }] as const),
    ['ENV and BASH_ENV', { ENV: start(), BASH_ENV: start() }],
    ['a trace that decides', { SHELLOPTS: 'xtrace', PS4: '$((hp_read=1))${hp_s:=ec2}' }],
    ['a trace that decides, in POSIX mode', { SHELLOPTS: 'xtrace:posix', PS4: '$((hp_read=1))', POSIXLY_CORRECT: '1' }],
    ...['noglob', 'noclobber', 'errexit', 'nounset', 'allexport', 'keyword', 'verbose', 'histexpand', 'history:histexpand', 'physical', 'hashall', 'monitor', 'pipefail', 'functrace', 'privileged']
      .map((option) => [`SHELLOPTS ${option}`, { SHELLOPTS: option }] as const),
    ['every option at once', { SHELLOPTS: 'noglob:noclobber:nounset:allexport:keyword:xtrace', PS4: '$((hp_read=1))' }],
    ...['nocasematch', 'extglob', 'nullglob', 'failglob', 'dotglob', 'expand_aliases', 'nocaseglob', 'execfail', 'xpg_echo', 'lastpipe'].map((option) => [`BASHOPTS ${option}`, { BASHOPTS: option }] as const),
    ['CDPATH and GLOBIGNORE', { CDPATH: '/', GLOBIGNORE: '*' }],
    ['POSIXLY_CORRECT', { POSIXLY_CORRECT: '' }],
    ['a folder that is not this one', { PWD: '/nowhere', OLDPWD: '/' }],
  ];

  it('is no line of a history, where /bin/sh is bash', () => {
    const bash = SHELLS.find(({ name }) => name === 'bash');
    assert.ok(bash);
    const options = firstLine([bash.file]).trim().split(' ').slice(1);
    writeFileSync(path.join(place.base, 'history'), `case x in x) exec '${path.join(place.tools, 'aws')}' "$@" ;; esac; case x in\n`);
    const env = { SHELLOPTS: 'history:histexpand', HISTFILE: path.join(place.base, 'history'), histchars: 'ca ' };
    assert.equal(run('bash', { ...env, histchars: 'c^#' }, ['s3', 'rb', 's3://orders'], options).ran, false);
    for (const [what, brought] of FUNCTIONS) assert.equal(run('bash', brought, ['s3', 'rb', 's3://orders', '--force'], options).ran, false, what);
    assert.equal(run('bash', env, ['ec2', 'describe-instances'], options).ran, true);
    assert.equal(firstLine(['/nowhere', SHELLS.find(({ name }) => name === 'dash')?.file ?? '/bin/sh']), '#!/bin/sh\n');
  });

  for (const { name } of SHELLS) {
    it(`is decided by no function that the environment brings, in ${name} as sh`, () => {
      for (const [what, env] of FUNCTIONS) assert.equal(run(name, env, ['s3', 'rb', 's3://orders', '--force']).ran, false, what);
    });
    it(`is decided by no variable that the shell obeys, in ${name} as sh`, () => {
      for (const [what, env] of VARIABLES()) {
        assert.equal(run(name, env, ['s3', 'rb', 's3://orders', '--force']).ran, false, what);
        assert.equal(run(name, env, ['ec2', 'terminate-instances', '--instance-ids', 'i-1']).ran, false, what);
      }
    });
    it(`is a read's release as before, whatever is in the environment, in ${name} as sh`, () => {
      for (const [what, env] of [['nothing', {}] as const, ...FUNCTIONS.slice(0, 3), ...VARIABLES()]) {
        const { ran, said } = run(name, env, ['ec2', 'describe-instances']);
        assert.equal(ran, true, `${what}: ${said}`);
      }
    });
  }
});
