import assert from 'node:assert/strict';

import { detectArgv, detectCommand } from '../../src/detect/detect';
import type { Operation } from '../../src/model';
import { escapes, type Asked, type Execution } from '../../src/editor/escaped';

const words = (text: string): string[] => text.split(' ');
const asked = (command: string, change: Partial<Asked> = {}): Asked => ({ at: 1000, operations: detectArgv(words(command), { cwd: '/' }), parents: [50, 7], released: true, ...change });
const ran = (commandLine: string, change: Partial<Execution> = {}): Execution => ({
  start: 900, end: 1200, exitCode: undefined, commandLine, others: [], shell: 7, otherShells: [8, 9], operations: detectCommand(commandLine, { cwd: '/' }).filter((o) => o.mutation === 'destructive'), ...change,
});
const names = (execution: Execution, ...questions: Asked[]): string[] => escapes(execution, questions).map((o) => `${o.operation} ${o.targets.map((t) => t.name).join()}`);

const DELETE = 'aws cloudformation delete-stack --stack-name';

describe('a command line that ran around the shims', () => {
  it('is one that nobody was asked about', () => {
    assert.deepEqual(names(ran(`/usr/bin/${DELETE} prod`)), ['cloudformation:DeleteStack prod']);
  });

  it('is not one whose own command was asked about, whatever starts it', () => {
    assert.deepEqual(names(ran(`${DELETE} prod`), asked(`${DELETE} prod`)), []);
    // What stood behind the variable only the question knows.
    assert.deepEqual(names(ran(`${DELETE} "$S"`), asked(`${DELETE} prod`)), []);
    // Its shell left it behind, so nobody stands above it.
    assert.deepEqual(names(ran(`setsid ${DELETE} prod`), asked(`${DELETE} prod`, { parents: [1] })), []);
    assert.deepEqual(names(ran(`${DELETE} prod`, { shell: undefined }), asked(`${DELETE} prod`)), []);
    assert.deepEqual(names(ran(`${DELETE} prod`), asked(`${DELETE} prod`, { parents: [] })), []);
  });

  for (const [what, question] of [
    ['another terminal asks', asked(`${DELETE} prod`, { parents: [60, 8] })],
    ['another tool asks', asked('kubectl delete namespace prod')],
    ['another operation is asked about', asked('aws ec2 terminate-instances --instance-ids i-0123456789abcdef0')],
    ['another target is asked about', asked(`${DELETE} test`)],
    ['something that only reads is asked about', asked('aws s3 ls')],
    ['a question came long before', asked(`${DELETE} prod`, { at: -5000 })],
    ['a question came long after', asked(`${DELETE} prod`, { at: 9000 })],
  ] as const) {
    it(`is still one while ${what}`, () => assert.deepEqual(names(ran(`/usr/bin/${DELETE} prod`), question), ['cloudformation:DeleteStack prod']));
  }

  it('is told apart from what was asked about in the same line', () => {
    assert.deepEqual(names(ran(`${DELETE} test; /usr/bin/${DELETE} prod`), asked(`${DELETE} test`)), ['cloudformation:DeleteStack prod']);
  });

  const [refused, around] = [`${DELETE} prod`, `/usr/bin/${DELETE} prod`];
  const no = (change: Partial<Asked> = {}): Asked => asked(refused, { released: false, ...change });
  const ONE = ['cloudformation:DeleteStack prod'];

  it('is not one that a shim refused, however its line ends', () => {
    for (const exitCode of [77, 75, 130, 1, undefined]) assert.deepEqual(names(ran(refused, { exitCode }), no()), []);
    for (const line of [`${refused}; true`, `${refused} || echo no`, `${refused} | cat`, `sh -c '${refused}'`, `setsid ${refused}`]) assert.deepEqual(names(ran(line, { exitCode: 0 }), no()), [], line);
    // What stands behind it in the chain did not begin, and so did not ask.
    assert.deepEqual(names(ran(`${refused} && ${DELETE} test`, { exitCode: 77 }), no()), []);
    assert.deepEqual(names(ran(`${refused} && ${around}`, { exitCode: 77 }), no()), []);
  });

  it('is one that a shim refused and that then ran by another way: a refusal counts for one command', () => {
    for (const line of [`${refused}; ${around}`, `${refused} || ${around}`, `${refused} && true; ${around}`, `${around} & ${refused}`]) {
      for (const exitCode of [0, 77, 127]) assert.deepEqual(names(ran(line, { exitCode }), no()), ONE, line);
    }
    assert.deepEqual(names(ran(`${around} && ${refused}`, { exitCode: 77 }), no()), ONE);
    assert.deepEqual(names(ran(`${refused}; ${refused}`), asked(refused), asked(refused)), []);
  });

  it('is one that ended well though all that asked was refused', () => {
    assert.deepEqual(names(ran(around, { exitCode: 0 }), no()), ONE);
    assert.deepEqual(names(ran(refused, { exitCode: 0 }), asked(refused)), []);
  });

  it('is one in the line after a refusal, and the refusal is the line\'s before', () => {
    const [before, after] = [{ start: 900, end: 1100 }, { start: 1150, end: 1300 }];
    const question = no({ at: 1000 });
    const used = new WeakSet<Operation>();
    assert.deepEqual(escapes(ran(refused, { ...before, exitCode: 77, others: [after] }), [question], used), []);
    assert.equal(escapes(ran(around, { ...after, exitCode: 1, others: [before] }), [question], used).length, 1);
    // The other way round, too: it came in the time of the second.
    assert.equal(escapes(ran(around, { ...before, exitCode: 1, others: [after] }), [no({ at: 1200 })]).length, 1);
    assert.deepEqual(escapes(ran(refused, { ...after, exitCode: 77, others: [before] }), [no({ at: 1200 })]), []);
  });

  it('is not one that was not found; but of a line with other words in it, its code tells nothing', () => {
    for (const exitCode of [126, 127]) {
      assert.deepEqual(names(ran(around, { exitCode })), []);
      assert.deepEqual(names(ran(`AWS_PROFILE=x ${around}`, { exitCode })), []);
      for (const line of [`${around}; (exit 127)`, `${around} && nosuch`, `${around} || nosuch`, `${around}\nnosuch`, `${around} & nosuch`]) assert.deepEqual(names(ran(line, { exitCode })), ONE, line);
    }
  });
});
