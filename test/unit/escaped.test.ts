import assert from 'node:assert/strict';

import { detectArgv, detectCommand } from '../../src/detect/detect';
import { escapes, type Asked, type Execution } from '../../src/editor/escaped';

const words = (text: string): string[] => text.split(' ');
const asked = (command: string, change: Partial<Asked> = {}): Asked => ({ at: 1000, operations: detectArgv(words(command), { cwd: '/' }), parents: [50, 7], ...change });
const ran = (commandLine: string, change: Partial<Execution> = {}): Execution => ({
  start: 900, end: 1200, shell: 7, otherShells: [8, 9], operations: detectCommand(commandLine, { cwd: '/' }).filter((o) => o.mutation === 'destructive'), ...change,
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
});
