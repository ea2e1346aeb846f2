import path from 'node:path';

import { AGENT_FILES } from '../agents/registry';
import { matcherOf } from './name-glob';
import { runnerKind, type RunnerKind } from './runners/kinds';
import { looksLikeIamPolicy } from './templates/iam';
import { looksLikeTemplate } from './templates/cloudformation/recognise';

/** Files whose text is a program: what it would do is found in it alone. */
export type ProgramKind = 'shell' | 'python' | 'javascript' | 'go' | 'java' | 'ruby' | 'notebook' | 'powershell' | 'sql' | 'ansible' | RunnerKind;
/** Files that describe what stands: what an edit would do is found by comparing it with what was committed. */
export type ComparedKind = 'cloudformation' | 'terraform' | 'kubernetes' | 'kustomization' | 'helm-values' | 'compose' | 'iam' | 'settings';

const COMPARED: ReadonlySet<FileKind> = new Set<ComparedKind>(['cloudformation', 'terraform', 'kubernetes', 'kustomization', 'helm-values', 'compose', 'iam', 'settings']);
/** The kinds of file that are judged. */
export type FileKind = ProgramKind | ComparedKind;

const EXTENSIONS: Readonly<Record<string, FileKind>> = {
  '.sh': 'shell', '.bash': 'shell', '.zsh': 'shell', '.ksh': 'shell', '.dash': 'shell', '.command': 'shell', '.fish': 'shell', '.bats': 'shell',
  '.py': 'python', '.pyw': 'python', '.js': 'javascript', '.mjs': 'javascript', '.cjs': 'javascript', '.jsx': 'javascript', '.ts': 'javascript', '.mts': 'javascript', '.cts': 'javascript', '.tsx': 'javascript',
  '.go': 'go', '.java': 'java', '.kt': 'java', '.kts': 'java', '.scala': 'java', '.groovy': 'java', '.rb': 'ruby', '.rake': 'ruby', '.ipynb': 'notebook', '.ps1': 'powershell', '.psm1': 'powershell', '.sql': 'sql', '.ddl': 'sql', '.cql': 'sql',
  '.tf': 'terraform', '.tofu': 'terraform', '.tfvars': 'terraform',
};
const SHELL_FILES = new Set(['.bashrc', '.bash_profile', '.bash_aliases', '.profile', '.zshrc', '.zprofile', '.zshenv', '.envrc']);
const RUBY_FILES = new Set(['Rakefile', 'Capfile', 'Vagrantfile', 'Fastfile']);
const TEMPLATE_NAMES = new Set(['.yaml', '.yml', '.json', '.template', '.cfn', '.jsonc', '.code-workspace']);
const INTERPRETERS: readonly (readonly [RegExp, ProgramKind])[] = [[/\b(?:ba|da|z|k|a|fi)?sh\b/, 'shell'], [/\bpython[\d.]*\b/, 'python'], [/\b(?:node|deno|bun|tsx|zx)\b/, 'javascript'], [/\bruby\b/, 'ruby'], [/\bpwsh\b/, 'powershell'], [/\bmake\b/, 'makefile'], [/\bjust\b/, 'justfile']];

/** Where the editor's and agents' questions are switched off. */
const SETTINGS = matcherOf(['{.vscode,User}/settings.json', '*.code-workspace', ...AGENT_FILES.flatMap(({ name, isSettings }) => (isSettings ? [name] : []))]);

/**
 * Which kind of file this is, by its name first and then by its text.
 * @param file path or name.
 * @returns undefined for a file that nothing here judges.
 */
export function fileKind(file: string, text: string): FileKind | undefined {
  const name = path.basename(file);
  const runner = runnerKind(file, text);
  if (runner) return runner;
  if (SETTINGS.test(file.replaceAll('\\', '/'))) return 'settings';
  const extension = path.extname(name).toLowerCase();
  if (SHELL_FILES.has(name)) return 'shell';
  if (RUBY_FILES.has(name)) return 'ruby';
  if (/^\.tfvars$|\.tf\.json$|\.auto\.tfvars(?:\.json)?$/.test(name)) return 'terraform';
  const known = Object.hasOwn(EXTENSIONS, extension) ? EXTENSIONS[extension] : undefined;
  if (known) return known;
  if (TEMPLATE_NAMES.has(extension)) return templateKind(file, text);
  if (extension === '' || extension === '.in') {
    const first = /^#!.*/.exec(text.slice(0, 200))?.[0];
    return first === undefined ? undefined : INTERPRETERS.find(([pattern]) => pattern.test(first))?.[1];
  }
  return undefined;
}

function templateKind(file: string, text: string): FileKind | undefined {
  if (looksLikeTemplate(text)) return 'cloudformation';
  if (/\.json$/i.test(file)) return looksLikeIamPolicy(text) ? 'iam' : undefined;
  if (!/\.ya?ml$/i.test(file)) return undefined;
  const plain = file.replace(/\\/g, '/');
  if (/(?:^|\/)(?:docker-)?compose[\w.-]*\.ya?ml$/.test(plain)) return 'compose';
  if (/(?:^|\/)kustomization\.ya?ml$/.test(plain)) return 'kustomization';
  if (/(?:^|\/)values[\w.-]*\.ya?ml$/.test(plain)) return 'helm-values';
  if (/^apiVersion:/m.test(text) && /^kind:/m.test(text)) return 'kubernetes';
  if (/^[-\s]*(?:-\s*)?(?:hosts|tasks|import_playbook):/m.test(text) || (/\/(?:tasks|handlers|playbooks)\//.test(`/${plain}`) && /^\s*- (?:name|[\w.]+):/m.test(text))) return 'ansible';
  return undefined;
}

/** Whether files of a kind are judged against what was committed. */
export function isCompared(kind: FileKind): kind is ComparedKind {
  return COMPARED.has(kind);
}
