import path from 'node:path';

import { AGENT_FILES } from '../agents/registry';
import type { DetectContext, Finding, ReaderContext } from './invocation';
import { findInGo } from './languages/go';
import { findInJava } from './languages/java';
import { findInJavaScript } from './languages/javascript';
import { findInNotebook } from './languages/notebook';
import { findInPowerShell } from './languages/powershell';
import { findInPython } from './languages/python';
import { findInRuby } from './languages/ruby';
import { findInShell } from './languages/shell';
import { findInSql } from './languages/sql';
import { matcherOf, withoutBraces } from './name-glob';
import { findInRunner, type RunnerKind } from './runners';
import { ansibleFindings } from './templates/ansible';
import { marks } from './templates/cloudformation/marks';
import { looksLikeTemplate } from './templates/cloudformation/recognise';
import { composeMarks } from './templates/compose';
import { iamMarks, looksLikeIamPolicy } from './templates/iam';
import { kubernetesMarks } from './templates/kubernetes';
import { helmValuesMarks, kustomizationMarks } from './templates/kubernetes/overlays';
import type { Mark } from './templates/mark';
import { settingsMarks } from './templates/settings';
import { terraformMarks } from './templates/terraform';

/** Where a text stands, and what may be read beside it. */
export interface FilePlace {
  readonly path: string;
  readonly context: DetectContext;
}

/** The same for a program: what it says is read by the readers of languages and tools. */
interface ProgramPlace extends FilePlace {
  readonly context: ReaderContext;
}

/** How the whole of a file can be previewed: predicted by its text alone, with a plan, or with a dry run of the tool. */
export type Preview = 'prediction' | 'plan' | 'dry run';

/** What is known of a kind of file, for every door: the editor's watcher, lenses and fixes, what git lists, and `holdpoint check`. */
interface KindEntry {
  readonly kind: string;
  /** Names, as globs. Sources: each tool's own documentation on where it looks for its file. */
  readonly names: readonly string[];
  /** Whether a text of such a name is of this kind, where the name alone does not tell; `path` has slashes. */
  readonly says?: (text: string, path: string) => boolean;
  /** What the first line of a script without an ending names. */
  readonly interpreter?: RegExp;
  /** The editor's words for texts of this kind: they count where neither name nor text tells. */
  readonly languages?: readonly string[];
  /** A program, or a file that runs commands: what it would do is found in its text alone. */
  readonly runs?: (text: string, place: ProgramPlace) => Finding[];
  /** A file that describes what stands: an edit is compared with what was committed. Without a text the file is gone. */
  readonly edits?: (head: string | undefined, text: string | undefined, place: FilePlace) => Mark[];
  readonly preview?: Preview;
  /** Commands of it are written in shell, so that another form of one can be put in its place. */
  readonly shell?: true;
}

/** A file that runs commands, read by the reader of its kind. */
const runner = <K extends RunnerKind>(kind: K, names: readonly string[], { says, interpreter }: Pick<KindEntry, 'says' | 'interpreter'> = {}) =>
  ({ kind, names, ...(says && { says }), ...(interpreter && { interpreter }), runs: (text: string, { path: file, context }: ProgramPlace) => findInRunner(kind, file, text, context) }) as const;

const YAML = ['*.{yaml,yml}'];
const isUnit = (text: string): boolean => /^\s*\[(?:Service|Unit|Timer|Socket|Mount|Path|Install)\]/m.test(text);
const isCloudInit = (text: string, file: string): boolean =>
  text.startsWith('#cloud-config') ||
  (/(?:^|\/)(?:cloud-?init|cloud-?config|user-?data)[^/]*$/i.test(file) && /^#cloud-config|^\s*(?:runcmd|bootcmd):/m.test(text));
const isPlaybook = (text: string, file: string): boolean =>
  /^[-\s]*(?:-\s*)?(?:hosts|tasks|import_playbook):/m.test(text) ||
  (/\/(?:tasks|handlers|playbooks)\//.test(`/${file}`) && /^\s*- (?:name|[\w.]+):/m.test(text));

/**
 * The kinds of file that are judged. The first whose name fits and whose text says nothing else is a file's kind, so that what is
 * named exactly stands first. A new kind is one entry here.
 */
export const FILE_KINDS = [
  runner('makefile', ['{Makefile,GNUmakefile}', '{Makefile,GNUmakefile}.*', '*.{mk,mak}'], { interpreter: /\bmake\b/ }),
  runner('justfile', ['{,.}justfile', '*.just'], { interpreter: /\bjust\b/ }),
  runner('taskfile', ['Taskfile{,.dist}.{yml,yaml}']),
  runner('package-json', ['package.json']),
  runner('dockerfile', ['{Dockerfile,Containerfile}', '{Dockerfile,Containerfile}.*', '*.dockerfile']),
  runner('github-actions', ['.{github,gitea,forgejo}/workflows/*.{yml,yaml}', 'action.{yml,yaml}']),
  runner('gitlab-ci', ['{,.}gitlab-ci*.{yml,yaml}', '.gitlab/**/*.{yml,yaml}']),
  runner('buildspec', ['buildspec*.{yml,yaml}', 'appspec.{yml,yaml}']),
  runner('circleci', ['.circleci/*.{yml,yaml}']),
  runner('jenkinsfile', ['Jenkinsfile', 'Jenkinsfile.*', '*.jenkinsfile']),
  runner('azure-pipelines', ['{,.}azure-pipelines*.{yml,yaml}']),
  runner('bitbucket-pipelines', ['bitbucket-pipelines.{yml,yaml}']),
  runner('devcontainer', ['{,.}devcontainer.json']),
  runner('vscode-tasks', ['.vscode/tasks.json']),
  runner('systemd', ['*.{service,timer,socket,path,mount}'], { says: isUnit }),
  runner('crontab', ['crontab', '*.{crontab,cron}', 'cron.d/*']),
  runner('cloud-init', ['{cloud-init,cloudinit,cloud-config,cloudconfig,user-data,userdata}*', ...YAML, '*.cfg'], { says: isCloudInit }),
  runner('procfile', ['Procfile', 'Procfile.*']),
  runner('drone', ['.{drone,woodpecker}.{yml,yaml}', '.woodpecker/**/*.{yml,yaml}']),
  runner('travis', ['.travis.{yml,yaml}']),
  // Only texts that an agent is asked to follow: other documentation runs nothing.
  runner('markdown', [
    '{AGENTS,CLAUDE,GEMINI,SKILL,CONVENTIONS,RUNBOOK}.md',
    '*.{prompt,instructions,chatmode,agent}.md',
    '.github/copilot-instructions.md',
    '.{cursor,windsurf,claude,clinerules,roo}/**/*.{md,mdc}',
    '{runbook,runbooks}/**/*.md',
  ]),
  {
    kind: 'settings', edits: settingsMarks,
    // Where the editor's and agents' questions are switched off.
    names: ['{.vscode,User}/settings.json', '*.code-workspace', ...AGENT_FILES.flatMap(({ name, isSettings }) => (isSettings ? [name] : []))],
  },
  {
    kind: 'shell',
    languages: ['shellscript'],
    interpreter: /\b(?:ba|da|z|k|a|fi)?sh\b/,
    shell: true,
    runs: (text, { context }) => findInShell(text, context),
    names: ['*.{sh,bash,zsh,ksh,dash,command,fish,bats}', '.{bashrc,bash_profile,bash_aliases,profile,zshrc,zprofile,zshenv,envrc}'],
  },
  {
    kind: 'python',
    names: ['*.{py,pyw}'],
    languages: ['python'],
    interpreter: /\bpython[\d.]*\b/,
    runs: (text, { context }) => findInPython(text, context),
  },
  {
    kind: 'javascript',
    names: ['*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}'],
    interpreter: /\b(?:node|deno|bun|tsx|zx)\b/,
    languages: ['javascript', 'javascriptreact', 'typescript', 'typescriptreact'],
    runs: (text, { path: file, context }) => findInJavaScript(text, context, { jsx: !/\.[cm]?ts$/.test(file) }),
  },
  { kind: 'go', names: ['*.go'], languages: ['go'], runs: (text, { context }) => findInGo(text, context) },
  {
    kind: 'java',
    names: ['*.{java,kt,kts,scala,groovy}'],
    languages: ['java', 'kotlin', 'scala', 'groovy'],
    runs: (text, { context }) => findInJava(text, context),
  },
  {
    kind: 'ruby',
    names: ['*.{rb,rake}', '{Rakefile,Capfile,Vagrantfile,Fastfile}'],
    languages: ['ruby'],
    interpreter: /\bruby\b/,
    runs: (text, { context }) => findInRuby(text, context),
  },
  { kind: 'notebook', names: ['*.ipynb'], runs: (text, { context }) => findInNotebook(text, context) },
  {
    kind: 'powershell',
    names: ['*.{ps1,psm1}'],
    languages: ['powershell'],
    interpreter: /\bpwsh\b/,
    runs: (text, { context }) => findInPowerShell(text, context),
  },
  { kind: 'sql', names: ['*.{sql,ddl,cql}'], languages: ['sql'], runs: findInSql },
  {
    kind: 'terraform',
    names: ['*.{tf,tofu,tfvars}', '*.tf.json', '*.auto.tfvars.json'],
    languages: ['terraform', 'opentofu'],
    edits: terraformMarks,
    preview: 'plan',
  },
  {
    kind: 'cloudformation',
    names: [...YAML, '*.{json,jsonc,template,cfn}'],
    says: looksLikeTemplate,
    languages: ['cloudformation'],
    edits: (head, text) => marks(head, text),
    preview: 'prediction',
  },
  { kind: 'iam', names: ['*.json'], says: looksLikeIamPolicy, edits: iamMarks },
  { kind: 'compose', names: ['{compose,docker-compose}*.{yml,yaml}'], languages: ['dockercompose'], edits: composeMarks },
  { kind: 'kustomization', names: ['kustomization.{yml,yaml}'], edits: kustomizationMarks },
  { kind: 'helm-values', names: ['values*.{yml,yaml}'], edits: helmValuesMarks },
  {
    kind: 'kubernetes',
    names: YAML,
    says: (text) => /^apiVersion:/m.test(text) && /^kind:/m.test(text),
    edits: kubernetesMarks,
    preview: 'dry run',
  },
  { kind: 'ansible', names: YAML, says: isPlaybook, runs: (text, { context }) => ansibleFindings(text, context) },
] as const satisfies readonly KindEntry[];

type Entry = (typeof FILE_KINDS)[number];
/** The kinds of file that are judged. */
export type FileKind = Entry['kind'];
/** Files whose text is a program: what it would do is found in it alone. */
export type ProgramKind = Extract<Entry, { readonly runs: unknown }>['kind'];
/** Files that describe what stands: what an edit would do is found by comparing it with what was committed. */
export type ComparedKind = Extract<Entry, { readonly edits: unknown }>['kind'];

interface Known extends KindEntry {
  readonly kind: FileKind;
  readonly matcher: RegExp;
}

const KNOWN: readonly Known[] = FILE_KINDS.map((entry) => ({ ...entry, matcher: matcherOf(entry.names) }));
const BY_KIND: ReadonlyMap<string, Known> = new Map(KNOWN.map((entry) => [entry.kind, entry]));
const ANY_NAME = matcherOf(FILE_KINDS.flatMap((entry) => entry.names));
/** Folders of what was made or fetched. */
const MADE = /\/(?:node_modules|\.git|dist|\.terraform)\//;

const plainPath = (file: string): string => file.replace(/\\/g, '/');
/** A name without an ending may be a script; its first line tells. */
const mayBeScript = (plain: string): boolean => ['', '.in'].includes(path.posix.extname(plain).toLowerCase());

/** The entry of a kind. */
export function entryOf(kind: FileKind): KindEntry {
  const entry = BY_KIND.get(kind);
  if (entry === undefined) throw new Error(`${kind} is no kind of file`);
  return entry;
}

/**
 * Which kind of file this is, by its name first and then by its text.
 * @param file path or name.
 * @param language the editor's word for it: counts where neither tells.
 * @returns undefined for a file that nothing here judges.
 */
export function fileKind(file: string, text: string, language?: string): FileKind | undefined {
  const plain = plainPath(file);
  const named = KNOWN.find(({ matcher, says }) => matcher.test(plain) && (says === undefined || says(text, plain)));
  if (named) return named.kind;
  const first = mayBeScript(plain) ? /^#!.*/.exec(text.slice(0, 200))?.[0] : undefined;
  const script = first === undefined ? undefined : KNOWN.find(({ interpreter }) => interpreter?.test(first));
  return (script ?? (language === undefined ? undefined : KNOWN.find(({ languages }) => languages?.includes(language))))?.kind;
}

/** Whether files of a kind are judged against what was committed. */
export function isCompared(kind: FileKind): kind is ComparedKind {
  return entryOf(kind).edits !== undefined;
}

/** Names that may be judged: a quick look before a text is read, for what changes on disk and for what git lists. */
export function mayBeJudged(file: string): boolean {
  const plain = plainPath(file);
  return (ANY_NAME.test(plain) || mayBeScript(plain)) && !MADE.test(plain);
}

/** Which documents of an editor may have marks: their languages, and globs of their paths. */
export function documentsOf(): { readonly languages: readonly string[]; readonly patterns: readonly string[] } {
  const distinct = (all: readonly string[]): string[] => [...new Set(all)];
  return {
    languages: distinct(KNOWN.flatMap(({ languages }) => languages ?? [])),
    patterns: distinct(
      KNOWN.flatMap(({ names }) => names)
        .flatMap(withoutBraces)
        .map((glob) => `**/${glob}`),
    ),
  };
}
