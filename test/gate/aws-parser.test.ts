import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { detectArgv } from '../../src/detect/detect';
import { type AwsOperation, awsApiOperation } from '../../src/detect/knowledge/aws-operations';
import { awsFastPath } from '../../src/detect/tools/aws/fast-path';
import type { Operation, Target } from '../../src/model';
import { temporary } from '../support/temporary';

/** What the AWS CLI itself made of a command line, see `test/support/aws-parser.py`. */
interface Answer {
  readonly argv: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly end: 'call' | 'command' | 'local' | 'refused';
  readonly why?: string;
  readonly service?: string;
  readonly api?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly path?: readonly string[];
  readonly args?: Readonly<Record<string, unknown>>;
  readonly region?: string | null;
  readonly profile?: string | null;
}

const SERVICES = [
  'ec2', 'rds', 's3', 's3', 's3api', 'cloudformation', 'cloudformation', 'dynamodb', 'iam', 'lambda', 'emr', 'autoscaling', 'kms', 'sqs', 'ecs', 'eks', 'route53', 'elbv2', 'logs', 'ssm', 'secretsmanager', 'docdb',
  'configure', 'codeartifact', 'codepipeline', 'mediapackage-vod', 'storagegateway',
];
const CONFIG = '[default]\nregion = eu-central-1\n[profile dev]\nregion = us-west-1\n[profile prod]\nregion=eu-west-3\n[profile qa]\noutput = json\n';

describe('the AWS CLI’s own parser', () => {
  const lines = Number(process.env['AWS_LINES'] ?? 5200);
  const seed = Number(process.env['AWS_SEED'] ?? 9);
  let home: string;
  before(() => {
    home = temporary('aws-parser-');
    mkdirSync(path.join(home, '.aws'));
    writeFileSync(path.join(home, '.aws/config'), CONFIG);
  });

  /** One process of the Python that runs `aws` answers all. */
  function ask(questions: readonly object[]): Answer[] {
    const aws = execFileSync('sh', ['-c', 'f=$(pyenv which aws 2>/dev/null) || f=$(command -v aws); head -1 "$f"'], { encoding: 'utf8' }).trim();
    assert.match(aws, /^#!\S*python/, 'This test needs the AWS CLI version 1 (pip install awscli): its own parser is asked.');
    const env = { PATH: process.env['PATH'], HOME: home, PYTHONDONTWRITEBYTECODE: '1' };
    const made = spawnSync(aws.slice(2), ['test/support/aws-parser.py'], { env, input: questions.map((q) => JSON.stringify(q)).join('\n'), encoding: 'utf8', maxBuffer: 1 << 28 });
    assert.equal(made.status, 0, made.stderr);
    return made.stdout.trim().split('\n').map((l) => JSON.parse(l) as Answer);
  }

  const detect = (argv: readonly string[], env: Readonly<Record<string, string>> = {}): Operation[] => detectArgv(['aws', ...argv], {
    cwd: home, home, env: { HOME: home, ...env },
    readFile: (file) => {
      try {
        return readFileSync(file, 'utf8');
      } catch {
        return undefined;
      }
    },
  });

  /** Which of the command lines the shim releases without asking anybody. */
  function released(answers: readonly Answer[]): boolean[] {
    const word = (w: string): string => `'${w.replaceAll("'", "'\\''")}'`;
    const calls = answers.map(({ argv }) => `set -- ${argv.map(word).join(' ')}\nhp_read=0\nhp_aws "$@"\nprintf %s "$hp_read"`);
    const script = path.join(home, 'run.sh');
    writeFileSync(script, `set --\n${awsFastPath()}\n${calls.join('\n')}\n`);
    const out = execFileSync('sh', [script], { env: { PATH: process.env['PATH'], HOME: home }, encoding: 'utf8', maxBuffer: 1 << 26 });
    assert.equal(out.length, answers.length);
    return [...out].map((c) => c === '1');
  }

  it(`reads ${lines} generated command lines as this product does, seed ${seed}`, () => {
    const answers = ask([{ generate: lines, seed, services: SERVICES }]);
    const fast = released(answers);
    const count = { call: 0, command: 0, local: 0, refused: 0, changing: 0, unknown: 0, asked: 0, reads: 0, targets: 0, fast: 0 };
    const wrong: string[] = [];
    answers.forEach((answer, i) => {
      count[answer.end]++;
      const found = detect(answer.argv, answer.env);
      const judged = judge(answer, found);
      const isFast = fast[i] === true;
      if (isFast) count.fast++;
      const changes = judged.changes !== undefined;
      if (changes) count.changing++;
      if (changes && found.some((f) => f.mutation === 'unknown')) count.unknown++;
      if (answer.end === 'call' && !changes) {
        count.reads++;
        if (found.some((f) => f.mutation !== 'none')) count.asked++;
      }
      count.targets += judged.targets;
      const problems = [...judged.problems];
      if (isFast && changes) problems.push(`the fast path lets it go, but it is ${judged.changes}`);
      if (isFast && found.some((f) => f.mutation !== 'none')) problems.push('the fast path lets it go, detection does not');
      if (problems.length > 0) wrong.push(`aws ${answer.argv.map((w) => JSON.stringify(w)).join(' ')}\n    env ${JSON.stringify(answer.env)}\n    ${problems.join('\n    ')}`);
    });
    console.log(`      ${answers.length} command lines: ${count.call} calls (${count.changing} changing, ${count.targets} known targets compared), ${count.command} commands of its own, ${count.local} only print, ${count.refused} refused`);
    console.log(`      ${count.fast} released by the shim itself; of ${count.changing} changing ones ${count.unknown} held as unknown; of ${count.reads} reads and dry runs ${count.asked} asked about`);
    assert.equal(wrong.length, 0, `${wrong.length} of ${answers.length} are read otherwise:\n${wrong.slice(0, 20).join('\n')}`);
    assert.ok(count.changing > lines / 10 && count.fast > lines / 20, 'the generator makes too little of what counts');
    assert.ok(count.asked < count.reads / 20, `${count.asked} of ${count.reads} reads would be asked about`);
  }).timeout(600_000);

});

interface Judged {
  /** What it changes, in words; undefined when nothing. */
  readonly changes: string | undefined;
  readonly problems: readonly string[];
  readonly targets: number;
}

const quiet: Judged = { changes: undefined, problems: [], targets: 0 };

/** Compares what the CLI would have done with what detection found. */
function judge(answer: Answer, found: readonly Operation[]): Judged {
  if (answer.end === 'call') return judgeCall(answer, found);
  if (answer.end === 'command') return judgeCommand(answer, found);
  return quiet;
}

const listed = (value: unknown): string[] => (value === undefined || value === null ? [] : Array.isArray(value) ? value.flatMap(listed) : [typeof value === 'string' ? value : JSON.stringify(value)]);

function judgeCall({ service = '', api = '', params = {}, ...rest }: Answer, found: readonly Operation[]): Judged {
  const known = awsApiOperation(service, api);
  if (!known) return { ...quiet, problems: [`${service}:${api} is not in the table`] };
  const problems = placeProblems(rest, found);
  const dry = (known.dryRun && (params['DryRun'] === true || params['dryRun'] === true)) || params['InvocationType'] === 'DryRun';
  if (known.mutation === 'none' || dry) return { changes: undefined, problems, targets: 0 };
  const held = found.filter((f) => f.mutation !== 'none');
  // Of a statement that says nothing to be changed the verdict is that of the SQL reader.
  if (api === 'ExecuteStatement' && !/insert|update|delete/i.test(String(params['Statement']))) return { changes: undefined, problems, targets: 0 };
  if (held.length === 0) return { changes: known.name, problems: [`calls ${known.name} ${JSON.stringify(params)}, taken for ${found.map((f) => f.reason).join('; ')}`], targets: 0 };
  const same = held.find((f) => f.operation === known.name);
  if (!same) {
    if (!held.some((f) => f.mutation === 'unknown')) problems.push(`calls ${known.name}, taken for ${held.map((f) => f.operation).join(', ')}`);
    return { changes: known.name, problems, targets: 0 };
  }
  for (const [member, flag] of Object.entries(GUARDS)) {
    if (params[member] !== undefined && String(params[member]) === String(flag.value) && !held.some((f) => flag.seen(f))) problems.push(`${member} is ${String(flag.value)}, which was not seen`);
  }
  const { compared, wrong } = targetProblems(known, params, same.targets);
  return { changes: known.name, problems: [...problems, ...wrong], targets: compared };
}

/** Settings that make a command worse: where the CLI sends them, detection must have seen them. */
const GUARDS: Readonly<Record<string, { readonly value: boolean; readonly seen: (f: Operation) => boolean }>> = {
  SkipFinalSnapshot: { value: true, seen: (f) => f.guardsOff.includes('--skip-final-snapshot') },
  DeletionProtection: { value: false, seen: (f) => f.mutation === 'destructive' || f.mutation === 'additive' || f.mutation === 'unknown' },
  EnableTerminationProtection: { value: false, seen: (f) => f.mutation === 'destructive' || f.mutation === 'additive' || f.mutation === 'unknown' },
  PubliclyAccessible: { value: true, seen: (f) => f.mutation === 'destructive' || f.mutation === 'additive' || f.mutation === 'unknown' },
};

/** Every target that is claimed to be known is one that the CLI sends, and none that it sends is missing from a known list. */
function targetProblems(operation: AwsOperation, params: Readonly<Record<string, unknown>>, targets: readonly Target[]): { readonly compared: number; readonly wrong: readonly string[] } {
  // Of the hidden second names of options (argrename.py, HIDDEN_ALIASES) only the codes of an MFA device name a target.
  if (operation.api.endsWith('MFADevice')) return { compared: 0, wrong: [] };
  const sent = operation.targets.flatMap((t) => listed(params[t.member]));
  const types = new Set(operation.targets.map((t) => t.type));
  const claimed = targets.filter((t) => types.has(t.type) && t.known && t.name !== undefined);
  const isSent = (name: string): boolean => sent.some((s) => isNamed(s, name));
  const wrong = claimed.filter((t) => !isSent(t.name ?? '')).map((t) => `claims the target ${t.name ?? ''}, but ${JSON.stringify(sent)} is sent`);
  const all = targets.filter((t) => types.has(t.type));
  if (wrong.length === 0 && all.length > 0 && all.every((t) => t.known)) {
    const missing = sent.filter((s) => !all.some((t) => isNamed(s, t.name ?? '')));
    if (missing.length > 0) wrong.push(`does not tell the target ${missing.join(', ')}`);
  }
  return { compared: claimed.length, wrong };
}

/** Whether a target's name means what is sent: the same text or JSON, a key in its bucket, or a tag of EMR by its key. */
function isNamed(sent: string, name: string): boolean {
  const tag = /^\{"Key":("(?:[^"\\]|\\.)*"),"Value":("(?:[^"\\]|\\.)*")\}$/.exec(sent);
  if (tag && `${String(JSON.parse(tag[1] ?? '""'))}=${String(JSON.parse(tag[2] ?? '""'))}` === name) return true;
  return sent === name || name.endsWith(`/${sent}`) || sameJson(sent, name) || sent.startsWith(`{"Key":${JSON.stringify(name)},"Value":""`);
}

function sameJson(a: string, b: string): boolean {
  try {
    assert.deepEqual(JSON.parse(a), JSON.parse(b));
    return true;
  } catch {
    return false;
  }
}

/** Region and profile, where they are claimed. */
function placeProblems({ region, profile }: Pick<Answer, 'region' | 'profile'>, found: readonly Operation[]): string[] {
  return found.flatMap(({ context }) => [
    // Without a region the request is refused, but for services that have none.
    ...(context.region !== undefined && region !== null && context.region !== region ? [`claims region ${context.region}, but it is ${String(region)}`] : []),
    ...(context.profile !== undefined && context.profile !== profile ? [`claims profile ${context.profile}, but it is ${String(profile)}`] : []),
  ]);
}

const LOCAL = new Set(['configure', 'history', 'codeartifact login', 'eks update-kubeconfig', 'eks get-token', 'deploy', 'alias', 's3 ls', 's3 presign', 'ecr get-login', 'ecr get-login-password', 'rds generate-db-auth-token', 'emr describe-cluster', 'emr socks', 'emr get', 'cloudfront sign', 'logs start-live-tail']);
/** Judged by the command that is handed in, which the generator makes of words that do nothing. */
const HANDS_IN = new Set(['emr ssh']);

function judgeCommand({ path: words = [], args = {}, ...rest }: Answer, found: readonly Operation[]): Judged {
  const name = words.join(' ');
  const problems = placeProblems(rest, found);
  const held = found.filter((f) => f.mutation !== 'none');
  if (words.at(-1) === 'wait' || LOCAL.has(name) || LOCAL.has(words[0] ?? '')) return { changes: undefined, problems, targets: 0 };
  const paths = listed(args['paths']);
  const toHere = words[0] === 's3' && words[1] !== 'mv' && paths[1] !== undefined && !/^(?:s3:|arn:)/.test(paths[1]) && args['delete'] !== true;
  const onlyHere = words[0] === 's3' && paths.length > 0 && !paths.some((p) => /^(?:s3:|arn:)/.test(p));
  if (args['dryrun'] === true || toHere || onlyHere) return { changes: undefined, problems, targets: 0 };
  if (held.length === 0 && HANDS_IN.has(name) && args['command'] !== undefined) return { changes: undefined, problems, targets: 0 };
  if (held.length === 0) return { changes: name, problems: [...problems, `does ${name} ${JSON.stringify(args)}, taken for ${found.map((f) => f.reason).join('; ')}`], targets: 0 };
  if (name === 'cloudformation deploy' && args['execute_changeset'] === true && !held.some((f) => f.operation === 'cloudformation:Deploy' || f.mutation === 'unknown')) problems.push(`executes the change set, taken for ${held.map((f) => f.reason).join('; ')}`);
  if (args['delete'] === true && words[0] === 's3' && !held.some((f) => f.mutation === 'destructive' || f.mutation === 'unknown')) problems.push('deletes what the source does not have, which was not seen');
  const sent = [...paths, ...['stack_name', 'cluster_ids', 'cluster_id', 'name', 'service', 'option_group_name', 'role_name', 'path'].flatMap((n) => listed(args[n]))];
  const claimed = held.flatMap((f) => f.targets).filter((t) => t.known && t.name !== undefined);
  if (sent.length > 0) problems.push(...claimed.filter((t) => !sent.includes(t.name ?? '')).map((t) => `claims the target ${t.name ?? ''}, but ${JSON.stringify(sent)} is meant`));
  return { changes: name, problems, targets: claimed.length };
}
