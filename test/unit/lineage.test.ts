import assert from 'node:assert/strict';

import { identify } from '../../src/gate/actor';
import { whoAsks } from '../../src/gate/asker';
import { hexOf } from '../../src/gate/login-peer';
import type { ProcessFacts, ProcessTable } from '../../src/gate/process-table';

const pts = (n: number): number => (136 << 8) | n;
type Row = Partial<ProcessFacts> & Pick<ProcessFacts, 'pid' | 'parent' | 'name'>;
const full = (row: Row): ProcessFacts => ({ argv: [row.name], tty: 0, session: row.pid, user: 'ours', program: `/usr/bin/${row.name}`, installed: true, env: {}, masters: [], ...row });
const FROM_AFAR = { SSH_CONNECTION: '203.0.113.7 50000 192.0.2.1 22' };
/** The command has number 100, its shell 90 on terminal 3; what stands above the shell is the test's. */
const table = (rows: readonly Row[], change: Partial<ProcessTable> = {}): ProcessTable => ({
  self: 7, depth: 'whole', trueIds: true, injects: false, root: false, connections: () => [{ local: `${hexOf('192.0.2.1')}:22`, remote: `${hexOf('203.0.113.7')}:50000` }], ...change,
  processes: new Map([
    { pid: 1, parent: 0, name: 'systemd', user: 'foreign', env: undefined, masters: undefined } as const, { pid: 2, parent: 1, name: 'systemd' },
    { pid: 90, parent: 80, name: 'bash', tty: pts(3) }, { pid: 100, parent: 90, name: 'node', tty: pts(3), session: 90 }, ...rows,
  ].map((row) => [row.pid, full(row)])),
});
const FACTS = { marks: {}, ancestry: [], parents: [90], tty: true, user: 'ada' };
const who = (t: ProcessTable, window?: number): string => whoAsks(FACTS, 100, window, t).kind;

const SSH: readonly Row[] = [
  { pid: 70, parent: 1, name: 'sshd-session', user: 'foreign', env: undefined, masters: undefined },
  { pid: 80, parent: 70, name: 'sshd-session', env: undefined, masters: undefined, program: undefined, installed: false },
  { pid: 90, parent: 80, name: 'bash', tty: pts(3), env: FROM_AFAR },
];
const KITTY: Row = { pid: 80, parent: 2, name: 'kitty' };
const TMUX: Row = { pid: 80, parent: 1, name: 'tmux: server', program: '/usr/bin/tmux' };
const client = (parent: number): Row => ({ pid: 61, parent, name: 'tmux: client', program: '/usr/bin/tmux', tty: pts(4) });
const HOST = '/usr/share/code/code';
/** The window is number 50. */
const EDITOR: readonly Row[] = [
  { pid: 40, parent: 2, name: 'code', program: HOST }, { pid: 50, parent: 40, name: 'code', program: HOST },
  { pid: 80, parent: 40, name: 'code', program: HOST, argv: ['code', '--type=utility'] },
];
const SERVER: readonly Row[] = [
  { pid: 40, parent: 1, name: 'node', program: '/home/ada/.vscode-server/node', installed: false, argv: ['node', '/home/ada/.vscode-server/out/server-main.js'] },
  { pid: 50, parent: 40, name: 'node', program: '/home/ada/.vscode-server/node', installed: false, argv: ['node', '/x/out/bootstrap-fork', '--type=extensionHost'] },
  { pid: 80, parent: 40, name: 'node', program: '/home/ada/.vscode-server/node', installed: false, argv: ['node', '/x/out/bootstrap-fork', '--type=ptyHost'] },
];

describe('a command in a terminal is a person\'s', () => {
  const places: Readonly<Record<string, readonly Row[]>> = {
    'over ssh': SSH,
    'at the console': [{ pid: 80, parent: 1, name: 'login', user: 'foreign', env: undefined }],
    'in a terminal emulator that the desktop started': [KITTY],
    'in one that cuts its own name': [{ pid: 80, parent: 2, name: 'gnome-terminal-', program: '/usr/libexec/gnome-terminal-server' }],
    'in one that is a script': [{ pid: 80, parent: 2, name: 'terminator', program: '/usr/bin/python3.12', argv: ['/usr/bin/python3', '/usr/bin/terminator'] }],
    'in tmux, before which a person sits over ssh': [TMUX, client(62), ...SSH.map((r) => (r.pid === 90 ? { ...r, pid: 62, parent: 79, tty: pts(4) } : r.pid === 80 ? { ...r, pid: 79 } : r)), { pid: 90, parent: 80, name: 'bash', tty: pts(3) }],
    'in tmux, before which a person sits in a terminal emulator': [TMUX, client(62), { pid: 62, parent: 63, name: 'bash', tty: pts(4) }, { pid: 63, parent: 2, name: 'kitty' }],
    'in a shell of sudo\'s': [KITTY, { pid: 85, parent: 80, name: 'sudo', user: 'foreign', env: undefined }, { pid: 90, parent: 85, name: 'bash', tty: pts(3) }],
    'below make and a script': [KITTY, { pid: 85, parent: 80, name: 'make' }, { pid: 90, parent: 85, name: 'python3', tty: pts(3) }],
  };
  for (const [where, rows] of Object.entries(places)) it(where, () => assert.equal(who(table(rows)), 'human', JSON.stringify(whoAsks(FACTS, 100, undefined, table(rows)))));

  it('in a terminal of the window\'s own editor, wherever that is installed', () => {
    assert.equal(who(table(EDITOR), 50), 'human');
    assert.equal(who(table(SERVER), 50), 'human');
    const started = [...EDITOR.slice(1), { pid: 40, parent: 30, name: 'code', program: HOST }, { pid: 30, parent: 1, name: 'sh', env: { CLAUDECODE: '1' } }];
    assert.equal(who(table(started), 50), 'human', 'what started the editor does not sit before it');
  });

  it('where the system tells nothing of it, as a guess that loosens no rule', () => {
    assert.deepEqual(identify({ ...FACTS, line: { marks: {}, names: [], end: { kind: 'untold' } } }), {
      kind: 'human', name: 'ada', evidence: ['typed in a terminal, and no agent\'s mark in the environment'], confidence: 'guess',
    });
  });

  it('on a system that tells parents and names alone', () => {
    const mac = { depth: 'ancestry', connections: () => undefined } as const;
    const bare = (rows: readonly Row[]) => table(rows.map((r) => ({ ...r, installed: false, env: undefined })), mac);
    assert.equal(who(bare([{ pid: 80, parent: 1, name: 'iTermServer' }])), 'human');
    assert.equal(who(bare([{ pid: 79, parent: 1, name: 'Terminal' }, { pid: 80, parent: 79, name: 'login', user: 'foreign' }])), 'human');
    assert.equal(who(bare([{ pid: 80, parent: 1, name: 'Python' }])), 'unknown');
  });
});

describe('a command in a terminal is not known to be a person\'s', () => {
  const gaps: Readonly<Record<string, readonly Row[]>> = {
    'when its line ends at the system\'s first process': [{ pid: 90, parent: 1, name: 'bash', tty: pts(3) }],
    'when its line ends at the session\'s': [{ pid: 80, parent: 2, name: 'python3' }],
    'when a program above it can\'t be looked into': [{ ...KITTY, pid: 79 }, { pid: 80, parent: 79, name: 'x', env: undefined }],
    'when something only has the name of a terminal emulator': [{ pid: 80, parent: 1, name: 'kitty', program: '/home/ada/kitty', installed: false }],
    'when something only says that it is one': [{ pid: 80, parent: 1, name: 'kitty', program: '/usr/bin/python3' }],
    'when something only says that it is the editor': [{ pid: 80, parent: 1, name: 'code', program: '/usr/bin/python3', argv: ['node', '/x/out/bootstrap-fork', '--type=ptyHost'] }],
    'when the editor\'s program runs as an interpreter': [{ pid: 80, parent: 1, name: 'code', program: HOST, env: { ELECTRON_RUN_AS_NODE: '1' } }],
    'when something only says that it is ssh\'s helper': [{ pid: 70, parent: 1, name: 'sshd', installed: false }, { pid: 80, parent: 70, name: 'sshd', env: undefined }],
    'in tmux with nobody before it': [TMUX],
    'in tmux with a program before it that its own line left behind': [TMUX, client(62), { pid: 62, parent: 1, name: 'python3' }],
    'in tmux with a person and a program before it': [TMUX, client(62), { pid: 62, parent: 1, name: 'python3' }, { ...client(63), pid: 64, tty: pts(5) }, { pid: 63, parent: 2, name: 'kitty' }],
    'over ssh from this machine itself': [...SSH.slice(0, 2), { pid: 90, parent: 80, name: 'bash', tty: pts(3), env: { SSH_CONNECTION: '127.0.0.1 50000 127.0.0.1 22' } }],
  };
  for (const [when, rows] of Object.entries(gaps)) it(when, () => assert.equal(who(table(rows)), 'unknown'));

  it('when an extension of the editor started it', () => {
    assert.equal(who(table([...EDITOR.slice(0, 2), { pid: 90, parent: 50, name: 'bash', tty: pts(3) }]), 50), 'unknown');
    assert.equal(who(table([...SERVER.slice(0, 2), { pid: 90, parent: 50, name: 'bash', tty: pts(3) }])), 'unknown');
  });

  it('when it is another process here than it says, or none', () => {
    assert.equal(whoAsks({ ...FACTS, parents: [91] }, 100, undefined, table(SSH)).kind, 'unknown');
    assert.equal(whoAsks(FACTS, 101, undefined, table(SSH)).kind, 'unknown');
  });

  it('when its line is longer than is followed', () => {
    const deep = Array.from({ length: 1200 }, (_, i): Row => ({ pid: 1000 + i, parent: i === 1199 ? 80 : 1001 + i, name: 'sh' }));
    assert.equal(who(table([...deep, KITTY, { pid: 90, parent: 1000, name: 'bash', tty: pts(3) }])), 'unknown');
  });
});

describe('a mark above a command', () => {
  it('is an agent\'s, through whatever the command was started, and however far above', () => {
    const deep = Array.from({ length: 300 }, (_, i): Row => ({ pid: 1000 + i, parent: i === 299 ? 80 : 1001 + i, name: 'sh' }));
    for (const rows of [
      [KITTY, { pid: 85, parent: 80, name: 'node', env: { AI_AGENT: 'claude-code' } }, { pid: 90, parent: 85, name: 'bash', tty: pts(3) }],
      [{ ...KITTY, parent: 70 }, { pid: 70, parent: 1, name: 'node', env: { CLAUDECODE: '1' } }],
      [{ ...TMUX, env: { CLAUDECODE: '1' } }],
      [TMUX, client(62), { pid: 62, parent: 1, name: 'node', env: { CLAUDECODE: '1' } }],
      [...deep, { pid: 80, parent: 1, name: 'node', env: { CLAUDECODE: '1' } }, { pid: 90, parent: 1000, name: 'bash', tty: pts(3) }],
    ] as readonly (readonly Row[])[]) {
      const actor = whoAsks(FACTS, 100, undefined, table(rows));
      assert.equal(actor.name, 'Claude Code');
      assert.match(actor.evidence[0] ?? '', /in the environment of a process above/);
    }
  });
});
