import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { detectArgv } from '../../src/detect/detect';
import { allAwsOperations } from '../../src/detect/knowledge/aws-operations';
import { awsFastPath } from '../../src/detect/tools/aws/fast-path';
import { temporary } from '../support/temporary';

describe('the fast path of the aws shim', () => {
  let home: string;
  before(() => {
    home = temporary('fast-path-');
  });

  /** Which of the command lines are read-only for the fast path: one shell decides them all. */
  function decide(shell: readonly string[], lines: readonly (readonly string[])[], env: Record<string, string> = {}): boolean[] {
    const calls = lines.map((words) => `set -- ${words.map((w) => `'${w.replaceAll("'", "'\\''")}'`).join(' ')}\nhp_read=0\nhp_aws "$@"\nprintf %s "$hp_read"`);
    const script = path.join(home, 'run.sh');
    writeFileSync(script, `set --\n${awsFastPath()}\n${calls.join('\n')}\n`);
    const [command = 'sh', ...args] = shell;
    const out = execFileSync(command, [...args, script], { env: { PATH: process.env['PATH'] ?? '', HOME: home, ...env }, encoding: 'utf8', maxBuffer: 1 << 26 });
    assert.equal(out.length, lines.length);
    return [...out].map((c) => c === '1');
  }

  const SHELLS: readonly (readonly string[])[] = [['dash'], ['bash', '--posix'], ['zsh', '--emulate', 'sh']];
  const present = SHELLS.filter(([name = '']) => spawnSync(name, ['-c', 'exit 0']).status === 0);
  const sh = present[0] ?? ['sh'];

  it('passes no operation that the table does not call a read, and nearly all that it does', () => {
    const operations = [...allAwsOperations()];
    const answers = decide(sh, operations.map((o) => [o.service, o.command]));
    const wrong = operations.filter((o, i) => answers[i] === true && o.mutation !== 'none');
    assert.deepEqual(wrong.map((o) => `${o.service} ${o.command}`), []);
    const reads = operations.filter((o) => o.mutation === 'none').length;
    const fast = answers.filter(Boolean).length;
    console.log(`      ${fast} of ${reads} reads (${((100 * fast) / reads).toFixed(1)} %) take the fast path; ${awsFastPath().length} characters of sh`);
    assert.ok(fast / reads > 0.95);
    assert.ok(awsFastPath().length < 60_000);
  });

  const CASES: readonly [read: boolean, line: string][] = [
    [true, 's3 ls'], [true, 's3 ls s3://bucket --recursive'], [true, 'ec2 describe-instances'],
    [true, '--region eu-west-1 --profile prod --output=json cloudformation describe-stacks --stack-name x'],
    [true, '--no-cli-pager --debug sts get-caller-identity'], [true, 'help'], [true, 'ec2 help'], [true, '--version'],
    [true, 'configure list'], [true, 'cloudformation wait stack-create-complete --stack-name x'], [true, 'ec2 --region us-east-1 describe-vpcs'],
    [false, 's3 rm s3://bucket/a'], [false, 'cloudformation delete-stack --stack-name list-me'], [false, 'configure'], [false, 'configure set a b'],
    [false, '--unknown s3 ls'], [false, '--reg eu-west-1 s3 ls'], [false, '--region'], [false, '--region --debug s3 ls'], [false, 's3'], [false, ''],
    [false, 'sts get-federation-token --name x'], [false, 's3 ls --cli-auto-prompt'], [false, 's3 sync a b --delete'],
    [false, 'cloudformation delete-stack --stack-name s3 ls'], [false, '-- s3 ls'], [false, 'S3 LS'], [false, 'xs3 ls'], [false, 'get-object'],
  ];

  for (const shell of present) {
    it(`answers the same in ${shell.join(' ')}, and never where detection sees more than a read`, () => {
      const lines = CASES.map(([, line]) => line.split(' ').filter((w) => w !== ''));
      const answers = decide(shell, lines);
      CASES.forEach(([read, line], i) => assert.equal(answers[i], read, `aws ${line}`));
      lines.forEach((words, i) => {
        if (answers[i]) for (const o of detectArgv(['aws', ...words], { cwd: '/', env: {} })) assert.equal(o.mutation, 'none', words.join(' '));
      });
    });
  }

  it('leaves words with line breaks and other odd characters to the slow path', () => {
    assert.deepEqual(decide(sh, [['s3\nls', 'ls'], ['s3', 'ls\nrm'], ['s3 ls', 'x'], ['s3', '*'], ['$(s3)', 'ls'], ['s3', 'ls', 'a\nb']]), [false, false, false, false, false, true]);
  });

  it('is never sure when an alias, auto-prompt or other models may change what a command means', () => {
    assert.deepEqual(decide(sh, [['s3', 'ls']], { AWS_CLI_AUTO_PROMPT: 'on' }), [false]);
    assert.deepEqual(decide(sh, [['s3', 'ls']], { AWS_DATA_PATH: '/tmp/models' }), [false]);
    assert.deepEqual(decide(sh, [['s3', 'ls']], { HOME: '' }), [false]);
    mkdirSync(path.join(home, '.aws/cli'), { recursive: true });
    const set = (file: string, text: string): boolean => {
      writeFileSync(path.join(home, '.aws', file), text);
      const [answer] = decide(sh, [['s3', 'ls']]);
      rmSync(path.join(home, '.aws', file));
      return answer === true;
    };
    assert.ok(set('config', '[default]\nregion = eu-west-1\n[profile x]\nsso_session = y'));
    assert.ok(!set('config', '[default]\nCLI_auto_prompt = on'));
    assert.ok(!set('config', '[profile x]\n  data_path=/tmp/models'));
    assert.ok(!set('credentials', '[default]\ncli_auto_prompt=on-partial\n'));
    writeFileSync(path.join(home, 'other'), '[default]\ncli_auto_prompt = on\n');
    assert.deepEqual(decide(sh, [['s3', 'ls']], { AWS_CONFIG_FILE: '~/other' }), [false]);
    assert.deepEqual(decide(sh, [['s3', 'ls']], { AWS_CONFIG_FILE: '$HOME/other' }), [false]);
    writeFileSync(path.join(home, '.aws/cli/alias'), '[toplevel]\ns3 = cloudformation\n');
    assert.deepEqual(decide(sh, [['s3', 'ls']]), [false]);
    rmSync(path.join(home, '.aws'), { recursive: true });
    assert.deepEqual(decide(sh, [['s3', 'ls']]), [true]);
  });
});
