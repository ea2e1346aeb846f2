import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import fc from 'fast-check';

import { announce, gatesFor } from '../../src/gate/discovery';
import { HIDDEN_ENV, restoreHidden } from '../../src/gate/hidden-env';
import { homeAt, makeHome, ownHomeOf, type Home } from '../../src/gate/home';
import { ignoredSignals } from '../../src/gate/ignored-signals';
import { lineReader, MAX_LINE, relevantEnv, type Discovery } from '../../src/gate/protocol';
import { serve } from '../../src/gate/server';
import { cmdShim, posixShim, powershellShim } from '../../src/gate/shim';
import { words } from '../../src/gate/words';
import { argvLine } from '../../src/model/redact/action';
import { temporary } from '../support/temporary';

describe('ignored signals', () => {
  it('are read from the mask that Linux tells', () => {
    assert.deepEqual(ignoredSignals('0000000000000000'), []);
    assert.deepEqual(ignoredSignals('0000000000000001'), ['SIGHUP']);
    assert.deepEqual(ignoredSignals('0000000000000006'), ['SIGINT', 'SIGQUIT']);
    // Others than those that somebody ignores on purpose stay as they are.
    assert.ok(!ignoredSignals('ffffffffffffffff').includes('SIGKILL'));
  });

  it('are read from what the trap of a shell prints', () => {
    assert.deepEqual(ignoredSignals("trap -- '' SIGHUP\ntrap -- '' SIGINT"), ['SIGHUP', 'SIGINT']);
    assert.deepEqual(ignoredSignals("trap -- '' HUP"), ['SIGHUP']);
    assert.deepEqual(ignoredSignals("trap -- 'rm x' EXIT\ntrap -- 'echo' HUP"), []);
    assert.deepEqual(ignoredSignals(''), []);
    assert.deepEqual(ignoredSignals("trap -- '' NOPE; rm -rf"), []);
  });
});

describe('variables put aside for the client', () => {
  it('come back under their own names, and nothing else is touched', () => {
    const env: NodeJS.ProcessEnv = { A: '1', NODE_OPTIONS: 'stays', ...Object.fromEntries(HIDDEN_ENV.slice(1).map((n) => [`HOLDPOINT_${n}`, n])) };
    restoreHidden(env);
    assert.deepEqual(env, { A: '1', NODE_OPTIONS: 'stays', ...Object.fromEntries(HIDDEN_ENV.slice(1).map((n) => [n, n])) });
  });
});

describe('lines of the protocol', () => {
  const read = (chunks: readonly string[]): { values: unknown[]; bad: string[] } => {
    const values: unknown[] = [];
    const bad: string[] = [];
    const reader = lineReader((v) => values.push(v), (why) => bad.push(why));
    for (const chunk of chunks) reader(chunk);
    return { values, bad };
  };

  it('arrive whole however they are cut', () => {
    fc.assert(fc.property(fc.array(fc.jsonValue(), { maxLength: 5 }), fc.array(fc.nat(40)), (values, cuts) => {
      const wire = values.map((v) => `${JSON.stringify(v)}\n`).join('');
      const chunks: string[] = [];
      let at = 0;
      for (const cut of cuts) {
        chunks.push(wire.slice(at, at + cut));
        at += cut;
      }
      chunks.push(wire.slice(at));
      assert.deepEqual(read(chunks), { values: values.map((v) => JSON.parse(JSON.stringify(v)) as unknown), bad: [] });
    }));
  });

  it('end with the first that is no JSON or too long, told once', () => {
    assert.deepEqual(read(['1\n', '{"a":', 'x}\n', '2\n']), { values: [1], bad: ['a line is not JSON'] });
    assert.deepEqual(read(['x'.repeat(MAX_LINE), 'xx', 'xx\n']), { values: [], bad: ['a line is too long'] });
  });
});

describe('the variables that go to the gate', () => {
  it('are those that decide where a command goes, and no others', () => {
    const env = { AWS_PROFILE: 'p', AWS_ENDPOINT_URL: 'u', HTTPS_PROXY: 'h', https_proxy: 'l', HOME: '/h', PATH: '/p', KUBECONFIG: 'k', TF_VAR_x: 't', GITHUB_TOKEN: 'no', SECRET: 'no', PS1: 'no' };
    assert.deepEqual(Object.keys(relevantEnv(env, 'aws')).sort(), ['AWS_ENDPOINT_URL', 'AWS_PROFILE', 'HOME', 'HTTPS_PROXY', 'KUBECONFIG', 'PATH', 'TF_VAR_x', 'https_proxy']);
  });

  it('are all of a tool that loads plugins, without what a shell keeps for itself', () => {
    const env = { DIGITALOCEAN_TOKEN: 't', GITHUB_TOKEN: 'g', HOME: '/h', PS1: '$', OLDPWD: '/x', SHLVL: '2', _: '/bin/x' };
    assert.deepEqual(Object.keys(relevantEnv(env, '/usr/bin/terraform')).sort(), ['DIGITALOCEAN_TOKEN', 'GITHUB_TOKEN', 'HOME']);
  });
});

describe('words', () => {
  const person = { kind: 'human', name: 'ada', evidence: [], confidence: 'likely' } as const;
  it('show a command in one line, quoted, cut and without anything that moves a cursor or turns text around', () => {
    assert.equal(argvLine(['aws', 'a b', "it's", '']), `aws 'a b' 'it'\\''s' ''`);
    assert.equal(argvLine(['aws', 'x\u001b[2J\ny\u202ez']), "aws 'x\\u001b[2J\\u000ay\\u202ez'");
    assert.equal(argvLine(['aws', 'x'.repeat(1000)]).length, 301);
  });
  it('are two lines, and one more for an agent', () => {
    assert.equal(words.held('aws', 'Deletes it.', 'the panel', person).length, 2);
    assert.match(words.held('aws', 'Deletes it.', 'the panel', { ...person, kind: 'agent' })[2] ?? '', /A person has to decide.*Do not try another way/);
  });
});

describe('shims', () => {
  it('hold the folder of their parts as text, whatever it is called, and no variable that could lead elsewhere', () => {
    const shim = posixShim('aws', "/a b/$(id)/it's");
    assert.ok(shim.includes(`hp_lib='/a b/$(id)/it'\\''s'\n`));
    assert.doesNotMatch(shim, /HOLDPOINT_HOME/);
  });
  it('for Windows find the tool by themselves, pass everything on, and leave nothing behind in a session', () => {
    assert.equal(cmdShim('aws', 'C:\\h\\lib', 'C:\\n.exe', false), '@echo off\r\nsetlocal DisableDelayedExpansion\r\n"C:\\n.exe" "C:\\h\\lib\\client.js" "electron=" "aws" - %*\r\nexit /b %ERRORLEVEL%\r\n');
    assert.match(cmdShim('aws', 'l', 'e', true), /set "ELECTRON_RUN_AS_NODE=1"/);
    const plain = powershellShim('aws', "C:\\it's", 'C:\\n.exe', false);
    assert.match(plain, /ExpectingInput.*\$input \| & 'C:\\n\.exe' 'C:\\it''s\\client\.js' 'electron=' 'aws' '-' @args/);
    assert.match(powershellShim('aws', 'l', 'e', true), /\$before = \$env:ELECTRON_RUN_AS_NODE\r\ntry .* finally \{ \$env:ELECTRON_RUN_AS_NODE = \$before \}/);
  });
});

describe('discovery', () => {
  let base: string;
  let home: Home;
  const discovery = (change: Partial<Discovery>): Discovery => ({ pid: process.pid, socket: '/s', token: 't', folders: [], focusedAt: 0, version: '0', ...change });
  beforeEach(() => {
    base = temporary('hp-disc-');
    home = homeAt(path.join(base, 'home'));
    for (const dir of ['w/a/b', 'wide']) mkdirSync(path.join(base, dir), { recursive: true });
  });
  const order = (cwd: string): string[] => gatesFor(home, path.join(base, cwd)).map((d) => d.token);

  it('asks the window with the deepest folder first, then the one that had the focus last', () => {
    announce(home, '1', discovery({ token: 'outer', folders: [path.join(base, 'w')], focusedAt: 3 }));
    announce(home, '2', discovery({ token: 'inner', folders: ['/nowhere', path.join(base, 'w/a')], focusedAt: 1 }));
    announce(home, '3', discovery({ token: 'focused', focusedAt: 9 }));
    assert.deepEqual(order('w/a/b'), ['inner', 'outer', 'focused']);
    assert.deepEqual(order('w'), ['outer', 'focused', 'inner']);
    // A name that only begins alike is another folder.
    assert.deepEqual(order('wide'), ['focused', 'outer', 'inner']);
  });

  it('knows a folder by every path that leads to it', () => {
    symlinkSync(path.join(base, 'w'), path.join(base, 'link'));
    announce(home, '1', discovery({ token: 'real', folders: [path.join(base, 'w')] }));
    announce(home, '2', discovery({ token: 'focused', focusedAt: 9 }));
    assert.deepEqual(order('link/a'), ['real', 'focused']);
  });

  it('does not believe a file that others may read or write, that is half, or that is none', () => {
    announce(home, '1', discovery({ token: 'open' }));
    chmodSync(path.join(home.run, '1.json'), 0o644);
    for (const [name, text] of [['2', '{'], ['3', 'null'], ['4', '{"pid":1}'], ['5', '[]']]) writeFileSync(path.join(home.run, `${name}.json`), text ?? '', { mode: 0o600 });
    assert.deepEqual(order('w'), []);
  });

  it('sweeps away what dead processes left, their socket\'s folder included, and nothing that holds more', () => {
    const socketFolder = temporary('hp-socket-');
    const shared = temporary('hp-socket-');
    writeFileSync(path.join(socketFolder, 's'), '');
    writeFileSync(path.join(shared, 's'), '');
    writeFileSync(path.join(shared, 'other'), '');
    announce(home, '1', discovery({ pid: 2 ** 22 - 1, socket: path.join(socketFolder, 's') }));
    announce(home, '2', discovery({ pid: 2 ** 22 - 1, socket: path.join(shared, 's') }));
    assert.deepEqual(order('w'), []);
    assert.deepEqual(readdirSync(home.run), []);
    assert.equal(existsSync(socketFolder), false);
    assert.equal(existsSync(path.join(shared, 'other')), true);
    rmSync(shared, { recursive: true });
  });

  it('sweeps away no file that a dead window only calls its socket', () => {
    const own = path.join(home.run, 'mine.txt');
    const files = [path.join(base, 'w/precious.sock'), path.join(home.ledger, 'ledger.jsonl'), own, path.join(home.run, 'sub', '..', '..', 'x.sock')];
    files.forEach((socket, i) => {
      mkdirSync(path.dirname(socket), { recursive: true });
      writeFileSync(path.normalize(socket), '');
      announce(home, `${i}`, discovery({ pid: 2 ** 22 - 1, socket }));
    });
    const link = path.join(os.tmpdir(), `hp-socket-${path.basename(base)}`);
    symlinkSync(path.join(base, 'w'), link);
    writeFileSync(path.join(base, 'w/s'), '');
    announce(home, 'link', discovery({ pid: 2 ** 22 - 1, socket: path.join(link, 's') }));
    assert.deepEqual(order('w'), []);
    assert.deepEqual([...files.map((f) => path.normalize(f)), path.join(base, 'w/s')].filter((f) => !existsSync(f)), []);
    rmSync(link);
  });

  it('is written for its user only, by a server that listens below a path too long for a socket too, and taken away again', async () => {
    const far = homeAt(path.join(base, 'x'.repeat(120)));
    const server = await serve({ home: far, version: '1', folders: () => [base], onAsk: () => undefined, log: () => undefined });
    try {
      const [file] = readdirSync(far.run);
      assert.equal(statSync(path.join(far.run, file ?? '')).mode & 0o777, 0o600);
      assert.ok(server.socket.length <= 100);
      assert.equal(statSync(path.dirname(server.socket)).mode & 0o777, 0o700);
      const told = JSON.parse(readFileSync(path.join(far.run, file ?? ''), 'utf8')) as Discovery;
      assert.match(told.token, /^[0-9a-f]{64}$/);
    } finally {
      await server.close();
    }
    assert.deepEqual(readdirSync(far.run), []);
    assert.equal(existsSync(path.dirname(server.socket)), false);
  });
});

describe('the home', () => {
  let base: string;
  beforeEach(() => (base = temporary('hp-home-')));

  it('is closed to others, also when it was open before', () => {
    mkdirSync(path.join(base, 'h', 'run'), { recursive: true, mode: 0o755 });
    chmodSync(path.join(base, 'h', 'run'), 0o777);
    const home = homeAt(path.join(base, 'h'));
    makeHome(home);
    for (const dir of [home.dir, home.bin, home.lib, home.run, home.ledger]) assert.equal(statSync(dir).mode & 0o777, 0o700);
  });

  it('is not made over a link or a file', () => {
    mkdirSync(path.join(base, 'elsewhere'));
    symlinkSync(path.join(base, 'elsewhere'), path.join(base, 'link'));
    assert.throws(() => makeHome(homeAt(path.join(base, 'link'))), /is not a folder. Move it away/);
    writeFileSync(path.join(base, 'file'), '');
    assert.throws(() => makeHome(homeAt(path.join(base, 'file'))));
  });

  it('is known to a program by where the program is', () => {
    const home = homeAt(path.join(base, 'h'));
    makeHome(home);
    assert.equal(ownHomeOf(home.lib).dir, home.dir);
    assert.equal(ownHomeOf('/somewhere/dist').dir, path.join(os.homedir(), '.holdpoint'));
  });
});
