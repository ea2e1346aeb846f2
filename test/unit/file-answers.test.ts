import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Parser } from 'yaml';

import { judgeOne } from '../../src/cli/check/judge-file';
import type { Decider } from '../../src/cli/decider';
import { documentsOf, fileKind, FILE_KINDS, isCompared, mayBeJudged } from '../../src/detect/file-kind';
import { withoutBraces } from '../../src/detect/name-glob';
import { predict, readTemplate } from '../../src/detect/templates/cloudformation';
import { marks } from '../../src/detect/templates/cloudformation/marks';
import { changedFiles } from '../../src/editor/changed-files';
import { judge } from '../../src/editor/judge';
import type { Actor } from '../../src/model';
import { decide } from '../../src/rules/decide';
import { HOLDING, PASSING } from '../../src/rules/defaults';
import type { RuleSet } from '../../src/rules/rule';
import { growingTemplate } from '../support/growing-templates';
import { temporary } from '../support/temporary';

interface Sample {
  readonly file: string;
  readonly text: string;
  readonly head?: string;
}

const lines = (
  name: string,
): {
  readonly file: string;
  readonly cmd?: string;
  readonly text?: string;
  readonly head?: string | null;
  readonly now?: string | null;
}[] =>
  readFileSync(`test/corpora/${name}.jsonl`, 'utf8')
    .trim()
    .split('\n')
    .map((l) => JSON.parse(l));

/** Every text of the corpora: files as they are, and commands each as a script of one line. */
const ofFiles = (): Sample[] =>
  ['programs', 'runner-files', 'powershell', 'edits'].flatMap(lines).flatMap(({ file, text, now, head }) => {
    const current = text ?? now ?? undefined;
    return current === undefined ? [] : [{ file, text: current, ...(typeof head === 'string' && { head }) }];
  });
const ofCommands = (): Sample[] =>
  ['shell-disguises', 'shell-lookalikes', 'aws-cli', 'tools'].flatMap(lines).map(({ cmd }) => ({ file: 'x.sh', text: `${cmd}\n` }));

/** Every file of the examples, against what it is there, and as the agent's edit leaves it. */
function ofExamples(folder: string): Sample[] {
  cpSync('examples', folder, { recursive: true });
  execFileSync('git', ['apply', 'agent-edit.patch'], {
    cwd: folder,
    env: { ...process.env, GIT_CEILING_DIRECTORIES: path.dirname(folder) },
  });
  return readdirSync('examples', { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(path.join('examples', name)).isFile())
    .map((name) => ({
      file: name,
      text: readFileSync(path.join(folder, name), 'utf8'),
      head: readFileSync(path.join('examples', name), 'utf8'),
    }));
}

const TEAM: RuleSet = {
  source: 'team rules',
  environments: [],
  rules: [
    {
      id: 'no-deletes',
      when: { operation: ['*:deleted', 'terraform:*'], actor: ['agent'] },
      verdict: 'deny',
      reason: 'Not by an agent.',
      examples: [],
    },
    { id: 'two', when: { effect: ['exposure'] }, verdict: 'approve', approvers: 2, reason: 'Two look.', examples: [] },
    { id: 'reads', when: { operation: ['s3:*'] }, verdict: 'warn', reason: 'Look.', examples: [] },
  ],
};
const agent: Actor = { kind: 'agent', name: 'an agent', evidence: [], confidence: 'certain' };
const person: Actor = { kind: 'human', name: 'kim', evidence: [], confidence: 'certain' };

/** A line for each answer: what, where, how bad, what the rules say, and which of them. */
interface Answers {
  readonly editor: readonly string[];
  readonly check: readonly string[];
}

async function answers({ file, text, head }: Sample, actor: Actor, layers: readonly RuleSet[], root: string): Promise<Answers> {
  const full = path.join(root, file);
  const decideAll: Decider['decide'] = (operations) => decide({ operations, actor, layers });
  const judged = await judge(
    full,
    text,
    undefined,
    async () => (head === undefined ? { kind: 'new' } : { kind: 'text', text: head }),
    async (operations) => decideAll(operations).perOperation,
  );
  const found = judgeOne(file, full, text, () => head, {
    rulesFile: undefined,
    decide: decideAll,
    notes: [],
    rules: () => {
      throw new Error('they are not asked for');
    },
  });
  const place = (offset: number): string => {
    const before = text.slice(0, offset).split(/\r\n|\r|\n/);
    return `${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
  };
  return {
    editor: (judged?.marks ?? []).map((m) => [m.code, place(m.range.start), place(m.range.end), m.risk, m.verdict, m.rule].join('\t')),
    check: found.map((f) => [f.operation, `${f.line}:${f.column}`, `${f.endLine}:${f.endColumn}`, f.risk, f.verdict, f.rule].join('\t')),
  };
}

describe('the editor and holdpoint check', () => {
  let folder: string;
  before(() => {
    folder = temporary('hp-answers-');
  });

  it('give the same answer for every sample of the corpora and the examples, whoever asks and whatever the rules', async () => {
    const files = [...ofFiles(), ...ofExamples(folder)];
    const samples = [...files, ...ofCommands()];
    const rules = new Set<string>();
    let held = 0;
    for (const sample of samples) {
      // A command is judged by the same words whoever asks: the other askers are tried on files of every kind.
      for (const [actor, layers] of [
        [agent, [TEAM]],
        ...(files.includes(sample)
          ? ([
              [agent, []],
              [person, []],
            ] as const)
          : []),
      ] as const) {
        const { editor, check } = await answers(sample, actor, layers, folder);
        assert.deepEqual(editor, check, `${sample.file}: ${JSON.stringify(sample.text).slice(0, 200)}`);
        held += check.length;
        for (const line of check) rules.add(line.split('\t')[5] ?? '');
      }
    }
    assert.ok(samples.length > 600 && held > 1000, `${samples.length} samples, ${held} answers`);
    const known = new Set([...HOLDING, ...PASSING].map((rule) => rule.id).concat(TEAM.rules.map((rule) => `${TEAM.source}: ${rule.id}`)));
    assert.deepEqual(
      [...rules].filter((rule) => !known.has(rule)),
      [],
      'every rule that is named exists',
    );
    assert.ok(rules.has('default:edit') && rules.has('default:small-edit') && rules.has('team rules: no-deletes'), [...rules].join(', '));
  }).timeout(120_000);

  it("let the team's rules and a person's own decide about an edit", async () => {
    const head = 'resource "aws_db_instance" "main" {\n  identifier = "a"\n}\n';
    const own = (verdict: 'allow' | 'deny'): RuleSet => ({
      source: 'own rules',
      environments: [],
      rules: [
        {
          id: 'mine',
          when: { operation: ['terraform:deleted'] },
          verdict,
          reason: 'So I want it.',
          overrides: ['default:edit'],
          examples: [],
        },
      ],
    });
    const check = (set: RuleSet | undefined, text = ''): string[] =>
      judgeOne('main.tf', '/w/main.tf', text, () => head, {
        rulesFile: undefined,
        decide: (operations) => decide({ operations, actor: person, layers: [], own: set }),
        notes: [],
        rules: () => {
          throw new Error('they are not asked for');
        },
      }).map((f) => `${f.verdict} ${f.rule}`);
    assert.deepEqual(check(undefined), ['confirm default:edit']);
    assert.deepEqual(check(own('allow')), []);
    assert.deepEqual(check(own('deny')), ['deny own rules: mine']);
  });
});

/** A name that a glob means. */
const nameOf = (glob: string): string => glob.replaceAll('**/', 'a/').replaceAll('*', 'x').replace(/^x$/, 'x.sh');

describe('a kind of file', () => {
  for (const entry of FILE_KINDS) {
    it(`${entry.kind}: its entry alone makes it watched, listed at start, read by check, and a place for lenses and fixes`, () => {
      const { patterns, languages } = documentsOf();
      for (const glob of entry.names.flatMap(withoutBraces)) {
        const name = `/w/${nameOf(glob)}`;
        assert.ok(mayBeJudged(name), name);
        assert.ok(patterns.includes(`**/${glob}`), glob);
        if (!('says' in entry))
          assert.ok([entry.kind, 'systemd', 'cloud-init'].includes(fileKind(name, '') ?? ''), `${name} is ${fileKind(name, '')}`);
      }
      for (const language of 'languages' in entry ? entry.languages : []) {
        assert.ok(languages.includes(language));
        assert.equal(fileKind('/w/a.unknown-ending', 'x', language), entry.kind);
      }
      assert.equal(isCompared(entry.kind), 'edits' in entry);
      assert.ok('edits' in entry !== 'runs' in entry, 'it is a program or is compared, not both');
    });
  }

  it('is told by the first line where a name has no ending', () => {
    const kinds = ['#!/bin/sh', '#!/usr/bin/env python3', '#!/usr/bin/env node', '#!/usr/bin/ruby', '#!/usr/bin/pwsh', '#!/usr/bin/make -f', '#!/usr/bin/env just --justfile'].map((line) => fileKind('/w/bin/run', `${line}\n`));
    assert.deepEqual(kinds, ['shell', 'python', 'javascript', 'ruby', 'powershell', 'makefile', 'justfile']);
    assert.equal(fileKind('/w/user-data', '#!/bin/bash\nterraform destroy\n'), 'shell', 'a script is one whatever starts it');
    assert.equal(fileKind('/w/user-data', '#cloud-config\nruncmd: []\n'), 'cloud-init');
    assert.equal(fileKind('/w/LICENSE', 'text'), undefined);
  });

  it('may be written with any slashes and capitals', () => {
    assert.equal(fileKind('C:\\w\\.github\\workflows\\a.yml', ''), 'github-actions');
    assert.equal(fileKind('/w/MAIN.TF', ''), 'terraform');
    assert.deepEqual(['/w/node_modules/a/x.sh', '/w/dist/x.sh', '/w/a.png', '/w/style.css'].map(mayBeJudged), [false, false, false, false]);
  });
});

describe('one keystroke in a template', () => {
  it('reads each of the two texts once, compares them once, and makes no tree of the same text twice', () => {
    const [head, now] = [growingTemplate(20, 'a'), growingTemplate(20, 'b')];
    const read: string[] = [];
    let compared = 0;
    const trees: string[] = [];
    const parse = Parser.prototype.parse;
    Parser.prototype.parse = function (source, incomplete) {
      trees.push(source);
      return parse.call(this, source, incomplete);
    };
    let found: ReturnType<typeof marks>;
    try {
      found = marks(
        head,
        now,
        {},
        {
          read: (text) => {
            read.push(text);
            return readTemplate(text);
          },
          compare: (...given) => {
            compared++;
            return predict(...given);
          },
        },
      );
    } finally {
      Parser.prototype.parse = parse;
    }
    assert.ok(found.length > 0 && (found[0]?.related?.length ?? 0) > 0, 'there are marks with what depends on them');
    assert.deepEqual([read.sort(), compared], [[head, now].sort(), 1]);
    assert.ok(trees.length <= 2 && new Set(trees).size === trees.length, `${trees.length} trees were made`);
  });
});

describe('what is looked at when a window starts', () => {
  it('is every changed and every new file of a judged kind, open or not', async () => {
    const folder = temporary('hp-changed-');
    const git = (...args: string[]): void =>
      void execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@example.com', ...args], { cwd: folder, stdio: 'ignore' });
    const put = (text: string, ...names: string[]): void => {
      for (const name of names) {
        mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
        writeFileSync(path.join(folder, name), text);
      }
    };
    git('init', '-q');
    const changed = ['clean.py', 'main.tf', 'ops/Dockerfile', 'src/a.ts', 'stack.template', '.github/workflows/x.yml'];
    put('a\n', ...changed, 'same.py', 'logo.png');
    git('add', '-A');
    git('commit', '-qm', 'first');
    put('b\n', ...changed, 'logo.png', 'new/Makefile', 'bin/deploy', 'x.sql', 'style.css', 'node_modules/a/x.py');
    const found = (await changedFiles(folder, mayBeJudged)).map((file) => path.relative(folder, file).split(path.sep).join('/'));
    assert.deepEqual(found.sort(), [...changed, 'bin/deploy', 'new/Makefile', 'x.sql'].sort());
  });
});
