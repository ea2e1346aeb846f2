import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { detectArgv } from '../../src/detect/detect';
import { gcloudFlagTakesValue, gcloudTable } from '../../src/detect/knowledge/gcloud-commands';
import type { Operation } from '../../src/model';
import { temporary } from '../support/temporary';

/** What gcloud itself made of a command line, see `test/support/gcloud-parser.py`. */
interface Answer {
  readonly argv: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly end: 'run' | 'local' | 'refused';
  readonly command?: string;
  readonly given?: Readonly<Record<string, unknown>>;
  readonly place?: Readonly<Record<string, string | null>>;
}

/** Commands that change, that have a dry run, or that only read; loading all six thousand would take minutes. */
const COMMANDS = [
  'compute instances delete', 'compute instances list', 'compute instances reset', 'compute disks delete', 'compute firewall-rules update', 'compute instance-groups managed delete', 'compute networks delete',
  'sql instances delete', 'sql instances patch', 'sql instances list', 'projects delete', 'projects list', 'projects remove-iam-policy-binding', 'storage rm', 'storage rsync', 'storage cp', 'storage mv', 'storage ls',
  'storage buckets delete', 'container clusters delete', 'container clusters update', 'container clusters resize', 'deployment-manager deployments update', 'deployment-manager deployments delete', 'deployment-manager deployments create',
  'run services delete', 'secrets delete', 'secrets versions destroy', 'kms keys versions destroy', 'dns record-sets delete', 'dns managed-zones delete', 'functions delete', 'iam service-accounts delete', 'pubsub topics delete',
  'redis instances delete', 'bigtable instances delete', 'services disable', 'app versions delete', 'artifacts repositories delete', 'logging sinks delete', 'config get', 'auth list', 'infra-manager deployments delete',
  'access-context-manager perimeters dry-run drop', 'run deploy', 'app deploy', 'sql backups delete', 'spanner databases execute-sql',
];

describe('gcloud’s own parser', () => {
  const lines = Number(process.env['GCLOUD_LINES'] ?? 2200);
  const seed = Number(process.env['GCLOUD_SEED'] ?? 9);
  let home: string;
  before(() => {
    home = temporary('gcloud-parser-');
    mkdirSync(path.join(home, 'configurations'));
    writeFileSync(path.join(home, 'active_config'), 'default');
    writeFileSync(path.join(home, 'configurations/config_default'), '[core]\nproject = of-default\naccount = d@x.org\n[compute]\nzone = d-zone\n');
    writeFileSync(path.join(home, 'configurations/config_other'), '[core]\nproject = of-other\n[auth]\nimpersonate_service_account = o@x.org\n');
    writeFileSync(path.join(home, 'flags.yaml'), '--project: from-file\n--no-dry-run:\n--quiet:\n');
    writeFileSync(path.join(home, 'more.yaml'), '- --account: file@x.org\n- --flags-file: flags.yaml\n');
  });

  function ask(questions: readonly object[]): Answer[] {
    const found = spawnSync('sh', ['-c', 'command -v gcloud'], { encoding: 'utf8' }).stdout.trim();
    assert.notEqual(found, '', 'This test needs the Google Cloud CLI: its own parser is asked.');
    const sdk = path.dirname(path.dirname(realpathSync(found)));
    const bundled = path.join(sdk, 'platform/bundledpythonunix/bin/python3');
    const python = existsSync(bundled) ? bundled : 'python3';
    const env = { PATH: process.env['PATH'], HOME: home, CLOUDSDK_CONFIG: home, PYTHONDONTWRITEBYTECODE: '1', PYTHONWARNINGS: 'ignore' };
    const script = path.resolve('test/support/gcloud-parser.py');
    const out = execFileSync(python, [script, sdk], { env, cwd: home, input: questions.map((q) => JSON.stringify(q)).join('\n'), encoding: 'utf8', maxBuffer: 1 << 28 });
    return out.trim().split('\n').map((l) => JSON.parse(l) as Answer);
  }

  const detect = (argv: readonly string[], env: Readonly<Record<string, string>> = {}): Operation[] => detectArgv(['gcloud', ...argv], {
    cwd: home, home, env: { HOME: home, CLOUDSDK_CONFIG: home, ...env },
    readFile: (file) => {
      try {
        return readFileSync(file, 'utf8');
      } catch {
        return undefined;
      }
    },
  });

  it(`reads ${lines} generated command lines as this product does, seed ${seed}`, () => {
    const answers = ask([{ generate: lines, seed, commands: COMMANDS, files: ['flags.yaml', 'more.yaml'] }]);
    assert.equal(answers.length, lines);
    const count = { run: 0, local: 0, refused: 0, changing: 0, reads: 0, asked: 0, targets: 0, dry: 0 };
    const wrong: string[] = [];
    for (const answer of answers) {
      count[answer.end]++;
      if (answer.end !== 'run') continue;
      const found = detect(answer.argv, answer.env);
      const problems = judge(answer, found, count);
      if (problems.length > 0) wrong.push(`gcloud ${answer.argv.map((w) => JSON.stringify(w)).join(' ')}\n    env ${JSON.stringify(answer.env)}\n    ${problems.join('\n    ')}`);
    }
    console.log(`      ${answers.length} command lines: ${count.run} run (${count.changing} changing, ${count.dry} dry runs, ${count.targets} known targets compared), ${count.local} only print, ${count.refused} refused; of ${count.reads} reads ${count.asked} asked about`);
    assert.equal(wrong.length, 0, `${wrong.length} of ${answers.length} are read otherwise:\n${wrong.slice(0, 20).join('\n')}`);
    assert.ok(count.changing > lines / 10, 'the generator makes too little of what counts');
    assert.equal(count.asked, 0);
  }).timeout(600_000);
});

const DRY = ['--dry-run', '--validate-only', '--preview', '--print-url', '--list-commands'];

function judge({ argv, command = '', given = {}, place = {} }: Answer, found: readonly Operation[], count: { changing: number; reads: number; asked: number; targets: number; dry: number }): string[] {
  const words = command.split(' ');
  const known = gcloudTable.find(words);
  const plain = words.filter((w) => !/^(?:alpha|beta|preview)$/.test(w));
  const problems: string[] = [];
  const held = found.filter((f) => f.mutation !== 'none');
  const dry = DRY.some((name) => given[name] === true);
  const settings = [['project', 'core/project'], ['account', 'core/account'], ['configuration', 'configuration'], ['impersonating', 'auth/impersonate_service_account'], ['zone', 'compute/zone']] as const;
  for (const { context } of found) {
    const own: Readonly<Record<string, string | undefined>> = { ...context.other, account: context.account };
    for (const [name, property] of settings) {
      // A zone may be another thing than the property of Compute Engine (a DNS zone).
      if (name === 'zone' && given['--zone'] !== undefined) continue;
      if (own[name] !== undefined && own[name] !== place[property]) problems.push(`claims ${name} ${own[name]}, but it is ${String(place[property])}`);
    }
  }
  if (dry) {
    count.dry++;
    return problems;
  }
  if (known?.mutation === 'none') {
    count.reads++;
    if (held.length > 0) count.asked++;
    return problems;
  }
  if (plain.join(' ') === 'spanner databases execute-sql' || plain[0] === 'config' || plain[0] === 'auth' || (plain[0] === 'storage' && plain[1] === 'cp')) return problems;
  count.changing++;
  if (held.length === 0) return [...problems, `runs ${command} ${JSON.stringify(given)}, taken for ${found.map((f) => f.reason).join('; ')}`];
  if (!held.some((f) => f.mutation === 'unknown' || f.operation.split(':')[1] === plain.join('.'))) problems.push(`runs ${command}, taken for ${held.map((f) => f.operation).join(', ')}`);
  const sent = Object.values(given).flatMap((v) => (Array.isArray(v) ? v : [v])).map(String);
  for (const target of held.flatMap((f) => f.targets)) {
    if (!target.known || target.name === undefined) continue;
    count.targets++;
    // A short option that has a value in some commands only: the word behind it is named as well.
    const mixed = argv.some((w, i) => w === target.name && /^-[a-z]$/.test(argv[i - 1] ?? '') && gcloudFlagTakesValue(argv[i - 1] ?? '') === undefined);
    if (!mixed && !sent.includes(target.name)) problems.push(`claims the target ${target.name}, but ${JSON.stringify(given)} is given`);
  }
  const positionals = Object.entries(given).filter(([name, v]) => !name.startsWith('-') && v !== null).flatMap(([, v]) => (Array.isArray(v) ? v : [v])).map(String);
  const named = held.flatMap((f) => f.targets);
  // A flag that the SDK hides from its own tree may have a value or none: the word behind it stays open.
  const open = new Set(argv.filter((_, i) => /^--[^=]+$/.test(argv[i - 1] ?? '') && gcloudFlagTakesValue(argv[i - 1] ?? '') === undefined));
  const missing = positionals.filter((p) => !/^---flag-file|\.yaml:\d/.test(p) && !open.has(p) && !named.some((t) => t.name === p || !t.known));
  if (named.length > 0 && missing.length > 0) problems.push(`does not tell the target ${missing.join(', ')}`);
  return problems;
}
