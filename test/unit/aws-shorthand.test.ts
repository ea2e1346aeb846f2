import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { readShorthand } from '../../src/detect/tools/aws/shorthand';

/** What the reader of the AWS CLI itself says of each text, see `test/support/aws-shorthand.py`. */
function ask(texts: readonly string[]): unknown[] {
  const aws = execFileSync('sh', ['-c', 'f=$(pyenv which aws 2>/dev/null) || f=$(command -v aws); head -1 "$f"'], { encoding: 'utf8' }).trim();
  assert.match(aws, /^#!\S*python/, 'This test needs the AWS CLI version 1 (pip install awscli): its own reader is asked.');
  const env = { PATH: process.env['PATH'], PYTHONDONTWRITEBYTECODE: '1', PYTHONIOENCODING: 'utf-8' };
  const made = spawnSync(aws.slice(2), ['test/support/aws-shorthand.py'], { env, input: texts.map((t) => JSON.stringify(t)).join('\n'), encoding: 'utf8', maxBuffer: 1 << 28 });
  assert.equal(made.status, 0, made.stderr);
  return made.stdout.trim().split('\n').map((l) => JSON.parse(l) as unknown);
}

/** Texts of the grammar's own pieces: in good order, or with pieces that break it among them. */
function texts(clean: boolean): fc.Arbitrary<string> {
  const key = fc.constantFrom('a', 'B', 'Name', 'x-y', 'x.y', '#', 'a/b', 'a:b', 'c', 'd', ...(clean ? [] : ['', 'é']));
  const good = ['b', 'rm -rf /', 'false', '00', 'a\\,b', '"a, b"', "'it\\'s'", '"\\\\"', 'ü', '\u00a0x', ' x ', '$x', 's3://b/k?x', '|', '~', '\\\\x', '"]"', "'}'", '"a"\n', '\u001c'];
  const bad = ["'x'y", 'a]b', 'a}b', '\\', '"\\"', '𝄞', 'a=b', '\t', '\n', '', '@', '=', '['];
  const plain = clean ? fc.constantFrom(...good) : fc.oneof(fc.constantFrom(...good, ...bad), fc.string({ maxLength: 6 }));
  const { value } = fc.letrec<{ value: string; list: string; hash: string }>((tie) => ({
    value: fc.oneof({ maxDepth: 3 }, plain, plain, tie('list'), tie('hash')),
    list: fc.tuple(fc.array(tie('value'), { maxLength: 3 }), fc.constantFrom(',', ', ', ' ,', '\n,')).map(([items, sep]) => `[${items.join(sep)}]`),
    hash: fc.tuple(fc.array(fc.tuple(key, fc.constantFrom('=', ' = ', '@=', ...(clean ? [] : ['@ =', ''])), tie('value')).map((p) => p.join('')), { maxLength: 3 }), fc.constantFrom(',', ', ')).map(([pairs, sep]) => `{${pairs.join(sep)}}`),
  }));
  const values = fc.oneof(value, fc.array(plain, { minLength: 1, maxLength: 3 }).map((v) => v.join(',')), ...(clean ? [] : [fc.array(value, { minLength: 1, maxLength: 3 }).map((v) => v.join(','))]));
  const sign = fc.constantFrom('=', '=', ' =', '= ', '@=', ...(clean ? [] : ['', '==']));
  return fc.uniqueArray(fc.tuple(key, sign, values), { minLength: 1, maxLength: 3, selector: (p) => (clean ? p[0] : p.join('')) }).map((pairs) => pairs.map((p) => p.join('')).join(','));
}
const letters = fc.string({ maxLength: 12, unit: fc.constantFrom(...'ab=,[]{}\'"\\@ \n') });
const text = fc.oneof({ weight: 12, arbitrary: texts(true) }, { weight: 6, arbitrary: texts(false) }, { weight: 2, arbitrary: letters });

describe('the AWS CLI’s shorthand', () => {
  const count = Number(process.env['AWS_TEXTS'] ?? 6000);

  it(`reads ${count} generated texts as the AWS CLI does`, () => {
    const made = fc.sample(text, { numRuns: count, seed: 11 });
    const answers = ask(made);
    const wrong = made.flatMap((t, i) => {
      const own = readShorthand(t, (v) => v);
      const mine = own === undefined ? { refused: true } : { value: own };
      try {
        assert.deepEqual(mine, answers[i]);
        return [];
      } catch {
        return [`${JSON.stringify(t)}: ${JSON.stringify(mine)}, the CLI says ${JSON.stringify(answers[i])}`];
      }
    });
    const read = answers.filter((a) => !(typeof a === 'object' && a !== null && 'refused' in a)).length;
    assert.deepEqual(wrong.slice(0, 10), [], `${wrong.length} of ${count}`);
    assert.ok(read > count / 4 && read < count * 0.9, `${read} of ${count} were shorthand: too few of one kind`);
  }).timeout(120_000);

  it('takes a comma between quoted commands for the next of a list, and a bracket in quotes for a letter', () => {
    assert.deepEqual(readShorthand("commands='ls','rm -rf /data'"), { commands: ['ls', 'rm -rf /data'] });
    assert.deepEqual(readShorthand('commands=["echo ]","rm -rf /data"]'), { commands: ['echo ]', 'rm -rf /data'] });
    assert.deepEqual(readShorthand("containerOverrides=[{name=a,command='sh','-c','x'}]"), undefined);
  });
});
