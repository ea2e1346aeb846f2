import assert from 'node:assert/strict';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { openLedger } from '../../src/ledger/ledger';
import { readLedger } from '../../src/ledger/verify';
import { atTerminal, bundleFile, makePlace, start, until, type Place, type Ran } from '../support/gate';

const TERMINATE = ['aws', 'ec2', 'terminate-instances', '--instance-ids', 'i-0123456789abcdef0'];
const TYPIST = path.resolve('test/support/typist.py');
/** Python itself: a version manager's stand-in for it puts folders before the shims. */
const PYTHON = spawnSync('python3', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' }).stdout.trim();

/** The command on a pseudo-terminal whose other end a program holds: it types whatever word the screen asks for. */
const typed = (place: Place, env: NodeJS.ProcessEnv = {}): Promise<Ran> => start(place, PYTHON, [TYPIST, ...TERMINATE], { env }).done;

describe('a window that was silenced', function () {
  this.timeout(60_000);
  let place: Place;
  let window: ChildProcess;

  beforeEach(async () => {
    place = await makePlace();
    window = spawn(process.execPath, [await bundleFile('test/support/gate-process.ts'), place.home.dir, place.work], { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    window.stdout?.setEncoding('utf8').on('data', (d: string) => (output += d));
    await until(() => output.includes('ready'), 'the window is open');
  });
  afterEach(() => {
    window.kill('SIGCONT');
    window.kill('SIGKILL');
    chmodSync(place.home.run, 0o700);
  });

  const ran = (): boolean => existsSync(place.env['STUB_LOG'] ?? '');
  const file = (ending: string): string => path.join(place.home.run, readdirSync(place.home.run).find((f) => f.endsWith(ending)) ?? '');
  const notUsable = (name: string): void => {
    rmSync(name);
    // Whoever runs the tests may read every file of theirs; a link to nowhere that is no missing file can't be read by anybody.
    writeFileSync(name, '', { mode: 0o000 });
  };

  const ways: Readonly<Record<string, () => void>> = {
    'stopped with SIGSTOP': () => void window.kill('SIGSTOP'),
    'its socket removed': () => rmSync(file('.sock')),
    'its discovery file emptied and closed': () => notUsable(file('.json')),
    'its discovery file broken': () => writeFileSync(file('.json'), '{"pid":', { mode: 0o600 }),
    'its discovery file open to others': () => chmodSync(file('.json'), 0o644),
    'the folder of the windows exchanged for a file': () => {
      rmSync(place.home.run, { recursive: true });
      writeFileSync(place.home.run, '');
    },
  };
  for (const [how, silence] of Object.entries(ways)) {
    it(`(${how}) is undecided: nobody is asked at a terminal instead, and nothing runs`, async () => {
      silence();
      const { code, stdout } = await typed(place);
      assert.equal(ran(), false, stdout);
      assert.equal(code, 75, stdout);
      assert.doesNotMatch(stdout, /to run it/);
      assert.match(stdout, /window/);
      if (existsSync(place.home.ledger)) assert.ok(!(await readLedger(place.home.ledger)).some((l) => l.type === 'decided' && l.decision === 'approved'));
    });
  }

  const unseen: Readonly<Record<string, () => void>> = {
    'its socket takes connections': () => rmSync(file('.json')),
    'the record alone knows it': () => {
      assert.ok(openLedger(place.home.ledger).append({ type: 'gate-opened', id: 'g-1', gate: 'x', gatePid: window.pid ?? 0, version: 'test' }).ok);
      rmSync(file('.json'));
      rmSync(file('.sock'));
    },
  };
  for (const [how, hide] of Object.entries(unseen)) {
    it(`by removing what tells where it listens (${how}) is undecided, at a person's terminal too`, async () => {
      hide();
      const { code, screen } = await atTerminal(place, TERMINATE.join(' '), [[/to run it/, 'i-0123456789abcdef0\n']]);
      assert.doesNotMatch(screen, /to run it/);
      assert.equal(code, 75, screen);
      assert.match(screen, /no file tells/);
      assert.equal(ran(), false);
    });
  }

  it('and was closed is no window, though its process lives: another one that the record knows by that number is none either', async () => {
    window.kill('SIGKILL');
    await until(() => window.signalCode !== null, 'it is gone');
    for (const name of readdirSync(place.home.run)) rmSync(path.join(place.home.run, name));
    // This process lives and was there before the line, and listens nowhere any more.
    assert.ok(openLedger(place.home.ledger).append({ type: 'gate-opened', id: 'g-1', gate: 'x', gatePid: process.pid, version: 'test' }).ok);
    const { code, stderr } = await start(place, 'setsid', ['-w', ...TERMINATE]).done;
    assert.equal(code, 77, stderr);
    assert.match(stderr, /No editor window with Holdpoint is open/);
  });

  it('does not keep what is harmless', async () => {
    rmSync(file('.sock'));
    const { code, stderr } = await start(place, 'aws', ['s3', 'mb', 's3://x']).done;
    assert.equal(code, 0, stderr);
  });

  it('and is gone is no window: its file of a number that another process has now is swept', async () => {
    window.kill('SIGKILL');
    await until(() => window.signalCode !== null, 'it is gone');
    const name = file('.json');
    // This test lives, and it began at another time than the window did.
    const { readFileSync } = await import('node:fs');
    writeFileSync(name, JSON.stringify({ ...(JSON.parse(readFileSync(name, 'utf8')) as object), pid: process.pid }), { mode: 0o600 });
    const { code, stderr } = await start(place, 'setsid', ['-w', ...TERMINATE]).done;
    assert.equal(code, 77, stderr);
    assert.match(stderr, /No editor window with Holdpoint is open/);
    assert.equal(existsSync(name), false);
  });
});

describe('without a window, a program that holds the terminal', function () {
  this.timeout(60_000);
  let place: Place;
  beforeEach(async () => {
    place = await makePlace();
  });

  it('is not asked: it would read the word from the screen', async () => {
    const { code, stdout } = await typed(place);
    assert.equal(code, 75, stdout);
    assert.doesNotMatch(stdout, /to run it/);
    assert.match(stdout, /python/);
    assert.equal(existsSync(place.env['STUB_LOG'] ?? ''), false);
    assert.ok((await readLedger(place.home.ledger)).every((l) => l.type !== 'decided' || l.decision === 'denied'));
  });

  it('and calls itself a terminal emulator is not asked either', async () => {
    const { code, stdout } = await start(place, PYTHON, ['-c', `import ctypes, runpy, sys
ctypes.CDLL(None).prctl(15, b'gnome-terminal-', 0, 0, 0)
sys.argv = [${JSON.stringify(TYPIST)}, ${TERMINATE.map((w) => JSON.stringify(w)).join(', ')}]
runpy.run_path(${JSON.stringify(TYPIST)})`]).done;
    assert.equal(code, 75, stdout);
    assert.doesNotMatch(stdout, /to run it/);
  });

  it('and gives the terminal to a process that is nobody\'s child is not asked either', async () => {
    // The typist's child is a shell that leaves the command behind: its parent is the system's first process then.
    const { stdout } = await start(place, PYTHON, [TYPIST, 'sh', '-c', `( (sleep 0.3; ${TERMINATE.join(' ')}; echo code=$?) & ); sleep 15`]).done;
    assert.doesNotMatch(stdout, /to run it/);
    assert.match(stdout, /code=75/);
  });

  it('and is tmux with nobody before it is not asked either', async () => {
    const socket = path.join(place.base, 'tmux');
    const out = path.join(place.base, 'out');
    const { done } = start(place, 'tmux', ['-S', socket, 'new-session', '-d', `${TERMINATE.join(' ')} 2>${out}; echo code=$? >>${out}`], { env: { TERM: 'xterm' } });
    assert.equal((await done).code, 0);
    const { readFileSync } = await import('node:fs');
    await until(() => existsSync(out) && readFileSync(out, 'utf8').includes('code='), 'it ended').finally(() => start(place, 'tmux', ['-S', socket, 'kill-server']).done);
    assert.match(readFileSync(out, 'utf8'), /code=75/);
    assert.match(readFileSync(out, 'utf8'), /tmux/);
  });

  for (const [what, env] of [['TERM_PROGRAM', { TERM_PROGRAM: 'vscode' }], ['a variable of the editor\'s', { VSCODE_GIT_IPC_HANDLE: '/run/x.sock' }]] as const) {
    it(`inside the editor (${what}) nobody is asked at the terminal, whoever holds it`, async () => {
      const { code, stdout } = await start(place, 'script', ['-qec', TERMINATE.join(' '), '/dev/null'], { env }).done;
      assert.equal(code, 75, stdout);
      assert.doesNotMatch(stdout, /to run it/);
      assert.match(stdout, /terminal of the editor/);
    });
  }

  it('and an agent whose mark was taken out on the way is still an agent', async () => {
    const { code, stdout } = await start(place, 'script', ['-qec', `env -u CLAUDECODE ${TERMINATE.join(' ')}; exit $?`, '/dev/null'], { env: { CLAUDECODE: '1' } }).done;
    assert.equal(code, 77, stdout);
    assert.doesNotMatch(stdout, /to run it/);
  });
});
