import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';

import { readCommand } from '../../src/preview/cloudformation/command';

const update = (word: string): ReturnType<typeof readCommand> => readCommand(['aws', 'cloudformation', 'update-stack', '--stack-name', 's', '--use-previous-template', '--parameters', word], '/');
const deploy = (...words: string[]): ReturnType<typeof readCommand> => readCommand(['aws', 'cloudformation', 'deploy', '--stack-name', 's', '--template-file', 't.yaml', '--parameter-overrides', ...words], '/', () => '{}');

/** What the AWS CLI's own parser of shorthand makes of each word; null where it refuses. */
function theirs(words: readonly string[]): readonly (Readonly<Record<string, unknown>> | null)[] {
  const program = 'import json,sys\nfrom awscli.shorthand import ShorthandParser\nout=[]\nfor w in json.load(sys.stdin):\n  try: out.append(ShorthandParser().parse(w))\n  except Exception: out.append(None)\nprint(json.dumps(out))';
  return JSON.parse(execFileSync('python3', ['-c', program], { input: JSON.stringify(words), encoding: 'utf8' })) as readonly (Readonly<Record<string, unknown>> | null)[];
}

describe('the parameters of a stack command', () => {
  it('are the ones that the AWS CLI itself reads, or can not be told', () => {
    const values = ['prod', 'pr\\od', 'pr\\\\od', 'a\\,b', 'a,b', '"a,b"', "'a b'", '"a\\"b"', "'a\\'b'", '"pr\\od"', 'a"b', '"a"b', 'a=b', '[a,b]', '{a=b}', '', '\\', 'a\\', '"a', '\'"\'', 'é', 'a:b/c', '*'];
    const words = values.map((value) => `ParameterKey=Env,ParameterValue=${value}`);
    const real = theirs(words);
    let plain = 0;
    words.forEach((word, i) => {
      const read = update(word);
      if (read === undefined || read.problems.length > 0) return;
      // What the CLI refuses does not run, whatever is made of it.
      if (real[i] === null) return;
      plain += 1;
      const value = real[i]?.['ParameterValue'];
      assert.deepEqual(read.parameters, [{ key: 'Env', value: Array.isArray(value) ? value.join(',') : value }], word);
    });
    assert.ok(plain >= 8, `only ${plain} are read`);
    assert.deepEqual(update(words[1] ?? '')?.parameters, [{ key: 'Env', value: 'pr\\od' }]);
  });

  it('of deploy are no file and no JSON where there is more than one word', () => {
    assert.ok((deploy('file://x=y', 'Other=1')?.problems.length ?? 0) > 0);
    assert.ok((deploy('["Env=prod"]', 'Other=1')?.problems.length ?? 0) > 0);
    assert.deepEqual(deploy('Env=prod', 'Other=1')?.parameters, [{ key: 'Env', value: 'prod' }, { key: 'Other', value: '1' }]);
    assert.deepEqual(deploy('["Env=prod"]')?.parameters, [{ key: 'Env', value: 'prod' }]);
    assert.deepEqual([deploy('Env=prod', 'Other=1')?.problems, deploy('["Env=prod"]')?.problems], [[], []]);
  });
});
