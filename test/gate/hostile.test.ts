import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import type { Verdict } from '../../src/model';
import { readLedger } from '../../src/ledger/verify';
import { hides } from '../../src/model/visible';
import { makeGate, makePlace, start, until, type Place } from '../support/gate';

/** A name that clears the line, turns the direction, sets a title, hides a part and begins a line of its own. */
const NAME = 'pay\u001b[2K\u001b]0;t\u0007\u202e\u200b\u009b2J\u{e0041}\nHoldpoint: approved\rx';
const SECRET = 'Winter7734xkf';

describe('hostile words on their way through the gate', function () {
  this.timeout(60_000);
  let place: Place;
  before(async () => {
    place = await makePlace();
  });

  const verdict = (kind: Verdict['kind']): Verdict => ({ kind, rule: `rule ${NAME}`, reason: `Because ${NAME}.`, risk: 'high' });

  it('reach the terminal as their codes, in what is held, denied by a person and denied by a rule', async () => {
    for (const kind of ['confirm', 'deny', 'warn'] as const) {
      const gate = await makeGate(place, { decide: () => ({ verdict: verdict(kind), rulesDigest: 'r' }), place: () => `the panel of ${NAME}` });
      try {
        const client = start(place, 'aws', ['cloudformation', 'delete-stack', '--stack-name', NAME, `--tag=${NAME}`]);
        if (kind === 'confirm') {
          await until(() => gate.gate.list()[0]?.state === 'pending', 'it is pending');
          gate.gate.deny(gate.gate.list()[0]?.id ?? '', `no ${NAME}`);
        }
        const { stderr } = await client.done;
        assert.match(stderr, kind === 'warn' ? /Holdpoint warns/ : /Holdpoint did not run/);
        assert.equal(hides(stderr, true), false, JSON.stringify(stderr));
        assert.equal(/^Holdpoint: approved/m.test(stderr), false, stderr);
      } finally {
        await gate.close();
      }
    }
  });

  it('reach the tool, and come back from it, byte for byte', async () => {
    const gate = await makeGate(place, { decide: () => ({ verdict: verdict('allow'), rulesDigest: 'r' }) });
    try {
      const ran = await start(place, 'aws', ['cloudformation', 'delete-stack', '--stack-name', NAME, '--stdin'], { input: `in ${NAME}` }).done;
      assert.equal(ran.stdout, `arg:cloudformation\narg:delete-stack\narg:--stack-name\narg:${NAME}\narg:--stdin\nin ${NAME}`);
      assert.equal(ran.stderr, '');
    } finally {
      await gate.close();
    }
  });

  it('a secret of the command is in no word and no line of the record, whoever repeats it', async () => {
    const said = `the tool says: access denied for app with ${SECRET}`;
    const gate = await makeGate(place, {
      decide: () => ({ verdict: { ...verdict('confirm'), reason: said }, rulesDigest: 'r' }),
      previewer: { start: () => ({ result: Promise.resolve({ kind: 'failed', message: said }), cancel: () => undefined }), readState: () => Promise.resolve({ ok: true, stateDigest: undefined }) },
    });
    try {
      const client = start(place, 'aws', ['cloudformation', 'delete-stack', '--stack-name', 's', '--parameters', `ParameterKey=Extra,ParameterValue=${SECRET}`, '--role-arn', `postgres://app:${SECRET}@db/x`]);
      await until(() => gate.gate.list()[0]?.state === 'pending', 'it is pending');
      const [hold] = gate.gate.list();
      assert.equal(hold?.previewStatus.includes(SECRET), false, hold?.previewStatus);
      gate.gate.deny(hold?.id ?? '', 'no');
      const { stderr } = await client.done;
      assert.equal(stderr.includes(SECRET), false, stderr);
      const lines = await readLedger(place.home.ledger);
      assert.ok(lines.some((l) => l.type === 'preview-failed'));
      assert.equal(JSON.stringify(lines).includes(SECRET), false);
    } finally {
      await gate.close();
    }
  });

  it('what is printed of files, rules and the record acts on nothing, and quotes no input that is not JSON', async () => {
    const folder = path.join(place.work, 'hostile');
    mkdirSync(path.join(folder, '.vscode'), { recursive: true });
    const name = NAME.replace(/\n/g, '').replace(/\r/g, '');
    writeFileSync(path.join(folder, `${name}.sh`), `aws cloudformation delete-stack --stack-name '${name}'\nmysql -p${SECRET} -e 'DROP DATABASE "${name}"'\n`);
    writeFileSync(path.join(folder, `${name}.template`), JSON.stringify({ Resources: { [name]: { Type: name } } }));
    writeFileSync(path.join(folder, '.vscode/holdpoint.json'), JSON.stringify({ version: 1, [name]: 1, rules: [{ id: name, when: { effect: ['data-loss'] }, verdict: name, reason: name }] }));
    const commands: readonly (readonly [readonly string[], string?])[] = [
      [['check', '.']], [['check', '--format', 'markdown', '.']], [['check', '--format', 'json', '.']], [['check', '--format', 'sarif', '.']],
      [['check', `no${name}`]], [['check', '--commands', '-'], `{"cmd": "mysql -p${SECRET} -e 'DROP DATABASE x'"}\n{"cmd": ${SECRET}}\n`],
      [['rules', 'check']], [['rules', 'test']], [['ledger', 'list']], [['ledger', 'list', '--json']], [[`no${name}`]], [['preview', `${name}.template`]],
      [['preview', '--offline', '--', 'aws', 'cloudformation', 'delete-stack', '--stack-name', name]], [['preview', '--offline', '--format', 'markdown', '--', 'aws', 'cloudformation', 'delete-stack', '--stack-name', name]],
      [['exec', '--', `no${name}`]],
    ];
    for (const [args, input] of commands) {
      const { stdout, stderr } = await start(place, 'holdpoint', args, { cwd: folder, ...(input !== undefined && { input }) }).done;
      const echoed = args[1] === '--commands' ? stdout.replace(/"cmd":"(?:[^"\\]|\\.)*"/g, '') : stdout;
      assert.notEqual(stdout + stderr, '', args.join(' '));
      assert.equal(hides(stdout + stderr, true), false, `${args.join(' ')}: ${JSON.stringify(stdout + stderr)}`);
      assert.equal((echoed + stderr).includes(SECRET), false, `${args.join(' ')}: ${echoed}${stderr}`);
    }
  });
});
