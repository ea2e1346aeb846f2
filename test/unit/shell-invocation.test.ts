import assert from 'node:assert/strict';

import type { DetectContext, Finding, Invocation, Readers, Tool } from '../../src/detect/invocation';
import { findInShell } from '../../src/detect/languages/shell';
import { withReaders } from '../../src/detect/readers';

/** A tool that only remembers how it would be called. */
function watched(text: string, context: DetectContext = {}): Invocation[] {
  const calls: Invocation[] = [];
  const tool: Tool = {
    names: ['aws'],
    detect(invocation): Finding[] {
      // The environment and the input are those of the moment of the call.
      calls.push({ ...invocation });
      return [];
    },
  };
  const readers: Readers = { ...withReaders({}).readers, toolNamed: (name) => (/(?:^|\/)aws$/.test(name) ? tool : undefined), tools: () => [tool] };
  findInShell(text, { ...context, readers });
  return calls;
}

const words = (i: Invocation): (string | undefined)[] => i.argv.map((w) => w.value);
const one = (text: string, context?: DetectContext): Invocation => {
  const calls = watched(text, context);
  assert.equal(calls.length, 1, `${calls.length} calls: ${JSON.stringify(calls.map(words))}`);
  return calls[0]!;
};

describe('the shell gives a tool', () => {
  it('the words after every expansion that is known', () => {
    assert.deepEqual(words(one('S=payments E=prod; aws x "$S-$E" a{b,c} ~/t', { home: '/home/me' })), ['aws', 'x', 'payments-prod', 'ab', 'ac', '/home/me/t']);
  });

  it('a word with gaps where something is not known, and the text around it', () => {
    const [, , name] = one('aws x "payments-$ENV-db"').argv;
    assert.equal(name?.value, undefined);
    assert.deepEqual(name?.parts, ['payments-', undefined, '-db']);
    assert.equal(name?.multi, false);
    assert.equal(name?.raw, '"payments-$ENV-db"');
  });

  it('a word that may be any number of words, for what is unquoted and not known', () => {
    assert.equal(one('aws x $ARGS').argv[2]?.multi, true);
    assert.equal(one('aws x "$@"').argv[2]?.multi, true);
    assert.equal(one('aws x *.json').argv[2]?.multi, true);
  });

  it('one call for every value that a variable may have', () => {
    assert.deepEqual(watched('if a; then V=b; else V=c; fi; aws "$V" "$V"').map(words), [['aws', 'b', 'b'], ['aws', 'c', 'c']]);
    assert.deepEqual(watched('for s in a b; do aws $s; done').map(words), [['aws', 'a'], ['aws', 'b']]);
  });

  it('an unknown word when there are more values than can be followed', () => {
    const calls = watched(`for s in ${Array.from({ length: 40 }, (_, i) => `s${i}`).join(' ')}; do aws $s; done`);
    assert.ok(calls.length < 40);
    assert.ok(calls.some((c) => c.argv[1]?.value === undefined), 'the rest is not known');
  });

  it('the environment: from before, exported, and set for the command only', () => {
    const context = { env: { AWS_REGION: 'eu-west-1', OTHER: 'x' } };
    const { env } = one('export AWS_PROFILE=prod; local=1; AWS_REGION=us-east-1 FOO=$UNKNOWN aws s3 ls', context);
    assert.equal(env.get('AWS_PROFILE'), 'prod');
    assert.equal(env.get('AWS_REGION'), 'us-east-1');
    assert.equal(env.get('OTHER'), 'x');
    assert.equal(env.has('FOO') && env.get('FOO') === undefined, true, 'set, but not known');
    assert.equal(env.has('local'), false, 'not exported');
  });

  it('the environment that env makes', () => {
    const context = { env: { AWS_PROFILE: 'prod', PATH: '/bin' } };
    assert.equal(one('env -u AWS_PROFILE aws s3 ls', context).env.has('AWS_PROFILE'), false);
    assert.equal(one('env -i A=1 aws s3 ls', context).env.has('AWS_PROFILE'), false);
    assert.equal(one('env -i A=1 aws s3 ls', context).env.get('A'), '1');
    assert.equal(one("AWS_PROFILE=x bash -c 'aws s3 ls'", context).env.get('AWS_PROFILE'), 'x');
  });

  it('what is piped or redirected into it', () => {
    assert.equal(one('aws x').stdin, null);
    assert.equal(one('echo hi | aws x').stdin, 'hi\n');
    assert.equal(one('aws x <<< "$(printf %s y)"').stdin, 'y\n');
    assert.equal(one('other | aws x').stdin, undefined);
  });

  it('the working directory as the text changes it', () => {
    assert.equal(one('cd sub && aws x', { cwd: '/srv' }).cwd, '/srv/sub');
    assert.equal(one('(cd sub); aws x', { cwd: '/srv' }).cwd, '/srv');
    assert.equal(one('cd "$D"; aws x', { cwd: '/srv' }).cwd, undefined);
  });

  it('the wrappers around it, from the outside in', () => {
    assert.deepEqual(one("sudo -u me env A=1 bash -c 'timeout 5 aws x'").wrappers, ['sudo', 'env', 'bash -c', 'timeout']);
    assert.deepEqual(one('echo a | xargs aws x').wrappers, ['xargs']);
    assert.deepEqual(one("ssh host 'aws x'").wrappers, ['ssh']);
  });

  it('the place of the command in the text, also inside a quoted text', () => {
    for (const text of ['true; aws x y', "bash -c 'true; aws x y'", 'f() { aws x y; }; f', 'cat <<< $(aws x y)', "sh <<'E'\naws x y\nE", 'echo "$(aws x y)"']) {
      const { range } = one(text);
      assert.equal(text.slice(range.start, range.end), 'aws x y', text);
    }
  });

  it('true places in a text with Windows line ends, NUL and a byte order mark', () => {
    const text = '\ufeffecho a\r\nec\0ho b\r\naws x y\r\necho c\r\n';
    const call = one(text);
    assert.deepEqual(words(call), ['aws', 'x', 'y']);
    assert.equal(text.slice(call.range.start, call.range.end), 'aws x y');
  });

  it('the words of a function from where it is called, and unknown words when nobody calls it', () => {
    assert.deepEqual(words(one('f() { aws del "$1"; }; f a')), ['aws', 'del', 'a']);
    assert.deepEqual(words(one('f() { aws del "$1"; }')), ['aws', 'del', undefined]);
  });

  it('nothing of what only a subshell, a pipeline or another process knows', () => {
    assert.deepEqual(words(one('v=a; (v=b); aws $v')), ['aws', 'a']);
    assert.deepEqual(watched("v=a; export w=b; sh -c 'aws $v $w'").map(words), [['aws', 'a', 'b'], ['aws', 'b']]);
  });

  it('a file that the text itself wrote, and one that can be read', () => {
    assert.deepEqual(words(one("echo 'aws x \"$1\"' > s.sh; sh s.sh a")), ['aws', 'x', 'a']);
    const readFile = (f: string): string | undefined => (f === '/w/lib.sh' ? 'go() { aws x "$1"; }' : undefined);
    assert.deepEqual(words(one('. ./lib.sh; go b', { cwd: '/w', readFile })), ['aws', 'x', 'b']);
  });

  it('the end of a circle of files, functions and aliases', () => {
    const readFile = (f: string): string | undefined => (f === '/w/a.sh' ? 'sh b.sh' : f === '/w/b.sh' ? 'sh a.sh; aws x' : undefined);
    assert.ok(watched('sh a.sh', { cwd: '/w', readFile }).length >= 1);
    assert.ok(watched('f() { g; aws x; }; g() { f; }; f').length >= 1);
    assert.ok(watched('alias a=b b=a\na\naws x').length >= 1);
  });
});
