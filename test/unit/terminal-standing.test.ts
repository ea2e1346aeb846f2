import assert from 'node:assert/strict';

import { cameFromHere, hexOf } from '../../src/gate/login-peer';
import type { ProcessFacts, ProcessTable } from '../../src/gate/process-table';
import { standingOf } from '../../src/gate/terminal-standing';

/** proc(5): the number of a pseudo-terminal is its major number 136, and its own below. */
const pts = (n: number): number => (136 << 8) | n;
const CONSOLE = (4 << 8) | 1;

/** A session that came over the network, and its connection. */
const FROM_AFAR = { SSH_CONNECTION: '203.0.113.7 50000 192.0.2.1 22' };
const NETWORK = { local: `${hexOf('192.0.2.1')}:22`, remote: `${hexOf('203.0.113.7')}:50000` };

type Row = Partial<ProcessFacts> & Pick<ProcessFacts, 'pid' | 'parent' | 'name'>;
const process_ = (row: Row): ProcessFacts => ({ argv: [row.name], tty: 0, session: row.pid, user: 'ours', program: `/usr/bin/${row.name}`, installed: true, env: {}, masters: [], ...row });
/** The client has number 100; its shell, which the session is named after, 90. */
const table = (rows: readonly Row[], tty: number, change: Partial<ProcessTable> = {}): ProcessTable => ({
  self: 100, depth: 'whole', trueIds: true, injects: false, root: false, connections: () => [NETWORK], ...change,
  processes: new Map([
    { pid: 1, parent: 0, name: 'systemd', user: 'foreign', masters: undefined } as const,
    { pid: 90, parent: 80, name: 'bash', tty, session: 90, env: FROM_AFAR }, { pid: 100, parent: 90, name: 'node', tty, session: 90 }, ...rows,
  ].map((row) => [row.pid, process_(row)])),
});
const SSH: readonly Row[] = [
  { pid: 70, parent: 1, name: 'sshd-session', user: 'foreign', masters: undefined, env: undefined },
  { pid: 80, parent: 70, name: 'sshd-session', masters: undefined, env: undefined },
];
const kind = (t: ProcessTable, env = {}): string => standingOf(t, env).kind;

describe('a terminal that a person is asked at', () => {
  it('is as good as it gets over ssh and at the console: nothing of this user\'s holds it', () => {
    assert.deepEqual(standingOf(table(SSH, pts(3)), {}), { kind: 'terminal', holder: 'sshd-session (process 70, another user\'s)' });
    assert.equal(kind(table([{ pid: 80, parent: 1, name: 'login', user: 'foreign', masters: undefined }], CONSOLE)), 'terminal');
    assert.equal(kind(table([{ pid: 80, parent: 1, name: 'login', user: 'foreign', masters: undefined }], pts(300))), 'terminal');
  });

  it('is weaker where a program can put words into its own terminal, and for root', () => {
    assert.equal(kind(table(SSH, pts(3), { injects: true })), 'terminal-weak');
    assert.equal(kind(table(SSH, pts(3), { root: true })), 'terminal-weak');
    assert.equal(kind(table([], CONSOLE, { injects: true })), 'terminal-weak');
  });

  it('is weaker in a terminal emulator, which runs as the same user, and the record names it', () => {
    assert.deepEqual(standingOf(table([{ pid: 80, parent: 1, name: 'gnome-terminal-', program: '/usr/libexec/gnome-terminal-server', masters: [7, 3] }], pts(3)), {}), {
      kind: 'terminal-weak', holder: 'gnome-terminal-server (process 80, /usr/libexec/gnome-terminal-server)', why: 'it runs as the same user as every program that could drive it',
    });
  });

  it('is weaker in tmux and below sudo, and no better than what stands before them', () => {
    const tmux: Row = { pid: 60, parent: 1, name: 'tmux: server', program: '/usr/bin/tmux', masters: [3] };
    const client: Row = { pid: 61, parent: 62, name: 'tmux: client', program: '/usr/bin/tmux', tty: pts(4), session: 62 };
    const rows = (above: readonly Row[], shellsParent: number): Row[] => [tmux, client, { pid: 62, parent: shellsParent, name: 'bash', tty: pts(4), session: 62, env: FROM_AFAR }, ...above];
    assert.equal(kind(table(rows(SSH, 80), pts(3))), 'terminal-weak');
    assert.equal(kind(table(rows([{ pid: 65, parent: 1, name: 'python3', masters: [4] }], 65), pts(3))), 'program');
    assert.equal(kind(table([tmux], pts(3))), 'program');
    assert.equal(kind(table([{ pid: 60, parent: 62, name: 'sudo', masters: [3], tty: pts(4) }, { pid: 62, parent: 65, name: 'bash', tty: pts(4) }, { pid: 65, parent: 1, name: 'expect', masters: [4] }], pts(3))), 'program');
  });

  for (const [what, rows] of [
    ['is held by a program', [{ pid: 80, parent: 1, name: 'python3', masters: [3] }]],
    ['is held by one that is nobody\'s parent', [...SSH, { pid: 55, parent: 1, name: 'node', masters: [3] }]],
    ['is held by script(1)', [{ pid: 80, parent: 1, name: 'script', masters: [3] }]],
    ['is held by two', [{ pid: 80, parent: 1, name: 'kitty', masters: [3] }, { pid: 55, parent: 1, name: 'python3', masters: [3] }]],
    ['is held by something that only has the name of an emulator', [{ pid: 80, parent: 1, name: 'kitty', program: '/home/me/kitty', installed: false, masters: [3] }]],
    ['is held by something whose process only says that it is one', [{ pid: 80, parent: 1, name: 'kitty', program: '/usr/bin/python3', masters: [3] }]],
    ['may be held by something that can\'t be looked into', [{ pid: 80, parent: 1, name: 'sshd', masters: undefined }]],
    ['may be held by something that calls itself ssh\'s helper', [{ pid: 70, parent: 1, name: 'sshd', masters: [] }, { pid: 80, parent: 70, name: 'sshd', masters: undefined }]],
    ['is held by nobody that is seen, though everybody can be looked into', [{ pid: 80, parent: 1, name: 'bash' }]],
    ['is begun by sudo, and held by nobody that is seen', [{ pid: 90, parent: 1, name: 'sudo', user: 'foreign', tty: pts(3), session: 90, masters: undefined }]],
    ['may be held by a process of a kernel that does not say which', [{ pid: 80, parent: 1, name: 'python3', masters: [-1] }]],
  ] as readonly (readonly [string, readonly Row[]])[]) {
    it(`is none when it ${what}`, () => assert.equal(kind(table(rows, pts(3))), 'program'));
  }

  it('is weak where another user\'s process began it, which can\'t be looked into', () => {
    assert.equal(kind(table([{ pid: 90, parent: 1, name: 'bash', user: 'foreign', tty: pts(3), session: 90, masters: undefined }], pts(3))), 'terminal-weak');
  });

  it('is none where the login came from this machine, or does not tell from where', () => {
    const from = (text: string | undefined, ...connections: { local: string; remote: string }[]): string =>
      kind(table([...SSH, { pid: 90, parent: 80, name: 'bash', tty: pts(3), session: 90, env: text === undefined ? {} : { SSH_CONNECTION: text } }], pts(3), { connections: () => connections }));
    assert.equal(from(FROM_AFAR.SSH_CONNECTION, NETWORK), 'terminal');
    for (const here of ['127.0.0.1 50000 127.0.0.1 22', '::1 50000 ::1 22', '127.0.0.2 50000 127.0.0.1 22', '192.0.2.1 50000 192.0.2.1 22', 'fd00::1 50000 fd00::1 22', '::ffff:127.0.0.1 1 ::ffff:127.0.0.1 22', undefined, '', 'x']) {
      assert.equal(from(here, NETWORK), 'program', String(here));
    }
    assert.equal(from('203.0.113.7 50001 192.0.2.1 22', NETWORK), 'program', 'words that no connection bears out');
    assert.equal(from(FROM_AFAR.SSH_CONNECTION, NETWORK, { local: NETWORK.remote, remote: NETWORK.local }), 'program', 'both ends are here');
    assert.equal(cameFromHere(FROM_AFAR, () => undefined), undefined, 'a system that does not tell its connections');
  });

  it('is none inside a user namespace, and none where nothing is told', () => {
    assert.equal(kind(table(SSH, pts(3), { trueIds: false })), 'program');
    assert.equal(kind(table(SSH, 0)), 'program');
    assert.equal(standingOf(undefined, {}).kind, 'program');
  });

  it('is the editor\'s by any mark, anywhere above it', () => {
    const plain = table(SSH, pts(3));
    for (const env of [{ TERM_PROGRAM: 'vscode' }, { VSCODE_IPC_HOOK_CLI: '/x' }]) assert.equal(kind(plain, env), 'editor');
    for (const row of [
      { name: 'code' }, { name: 'cursor' }, { name: 'electron' }, { name: 'node', argv: ['node', '/home/me/.vscode-server/bin/1/out/server-main.js'] },
      { name: 'node', argv: ['node', '/x/out/bootstrap-fork', '--type=ptyHost'] }, { name: 'sh', env: { TERM_PROGRAM: 'vscode' } }, { name: 'sh', env: { VSCODE_INJECTION: '1' } },
    ] as readonly Omit<Row, 'pid' | 'parent'>[]) assert.equal(kind(table([...SSH.slice(0, 1), { pid: 80, parent: 70, ...row }], pts(3))), 'editor', JSON.stringify(row));
    // The editor holds the terminal of a process that its shell left behind.
    assert.equal(kind(table([{ pid: 60, parent: 1, name: 'code', masters: [3] }, { pid: 80, parent: 1, name: 'sh' }], pts(3))), 'editor');
  });

  it('is judged by who started it where the holder can\'t be seen, and never better than weak', () => {
    const mac = { depth: 'ancestry', injects: true } as const;
    assert.equal(kind(table([{ pid: 80, parent: 1, name: 'login', user: 'foreign', masters: undefined }], 5, mac)), 'terminal-weak');
    assert.equal(kind(table([{ pid: 80, parent: 1, name: 'iTermServer' }], 5, mac)), 'terminal-weak');
    assert.equal(kind(table([{ pid: 80, parent: 1, name: 'Python' }], 5, mac)), 'program');
    assert.equal(kind(table([{ pid: 80, parent: 1, name: 'node' }], 5, mac)), 'program');
  });
});
