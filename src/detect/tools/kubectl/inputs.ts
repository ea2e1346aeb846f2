import path from 'node:path';
import { parseAllDocuments } from 'yaml';

import { behindName, wordsOf } from '../../words';
import { withKuberc } from './kuberc';
import { readKubectl } from './line';
import { kubectlOutside } from './outside';
import { inHome, namedFiles, valuesOf, type Env, type Inputs, type Question } from '../../inputs';

/** Source: k8s.io/cli-runtime, pkg/resource/builder.go: FileExtensions, what is taken from a folder. */
const MANIFEST = /\.(?:json|ya?ml)$/;
/** Source: sigs.k8s.io/kustomize/api, konfig/general.go: RecognizedKustomizationFileNames. */
const KUSTOMIZATION = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];
const MAX_DEPTH = 16;

/** Files that options of kubectl name. Source: `kubectl create configmap --help`, `create secret`, `patch`; `kubectl options`. */
const FILES = [
  '--patch-file', '--from-env-file', '--certificate-authority', '--client-certificate', '--client-key', '--cert', '--key',
];

/** The files that kubectl reads: manifests with comma lists, patterns and folders, kustomizations with their bases, its configuration. */
export function kubectlInputs(question: Question, found: Inputs): void {
  const { argv, cwd, env } = question;
  // What the preferences add may name files, too.
  const home = inHome(env);
  const typed = behindName(wordsOf(argv));
  const read = withKuberc(typed, { cwd, ...(home !== undefined && { home }), variable: (name) => env[name], readFile: (file) => found.text(file) });
  const behind = read.kind === 'words' ? read.words : typed;
  const line = readKubectl(behind);
  const words = behind.map((w) => w.value ?? '');
  // Of a command that kubectl does not have, and of options that the command does not have, every word that looks like one counts.
  const sure = line.path.length > 0 && line.problems.length === 0;
  const given = (...names: readonly string[]): readonly string[] => (sure ? line.options.flatMap((o) => (names.includes(o.name) ? (o.value?.value ?? []) : [])) : valuesOf(words, ...names));
  const deep = words.some((word) => /^(?:-R|--recursive)(?:=(?!false|0|f$).*)?$/i.test(word) || /^-[A-Za-z]*R[A-Za-z]*$/.test(word));
  for (const value of given('-f', '--filename')) for (const one of listed(value)) manifests(one, cwd, deep, found);
  for (const folder of given('-k', '--kustomize')) kustomization(path.resolve(cwd, folder), found, 0);
  const build = words.indexOf('kustomize');
  for (const word of build < 0 ? [] : words.slice(build + 1)) if (!word.startsWith('-')) kustomization(path.resolve(cwd, word), found, 0);
  for (const value of given(...FILES)) found.file(value);
  // `--from-file=[NAME=]PATH`, a file or a folder.
  for (const value of given('--from-file')) {
    const file = value.slice(value.indexOf('=') + 1);
    if (found.kindAt(file) === 'folder') found.folder(file);
    else found.file(file);
  }
  kubeOwn(env, words, found);
  if (env['KUBERC'] !== 'off') found.own(env['KUBERC'] || undefined);
  for (const { path: place } of kubectlOutside.places) found.own(inHome(env, ...place));
  for (const file of valuesOf(argv, '--kuberc')) found.own(file);
  // Which folders it reads is told by all of the above.
  namedFiles(question, found, false);
}

/** A list as pflag's StringSlice reads it: CSV, so that a comma in quotes is part of a name. */
export function listed(value: string): readonly string[] {
  const cells = [...value.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map((m) => m[1]?.replaceAll('""', '"') ?? m[2] ?? '');
  return cells.filter((one) => one !== '');
}

/** Source: k8s.io/cli-runtime, pkg/resource: Builder.FilenameParam, expandIfFilePattern, ExpandPathsToFileVisitors. */
function manifests(word: string, cwd: string, deep: boolean, found: Inputs): void {
  if (word === '-' || /^https?:\/\//.test(word)) return;
  // Only where there is no file of that very name.
  const pattern = /[*?[]/.test(word) && found.kindAt(found.at(word)) === 'missing';
  const named = pattern ? matching(word, cwd, found) : [word];
  for (const one of named) {
    if (found.kindAt(one) === 'folder') found.folder(one, { deep, wanted: MANIFEST });
    else found.file(one);
  }
}

/** The paths that a pattern of Go's filepath.Glob names. The folders that were searched count: another file may come to match. */
function matching(pattern: string, cwd: string, found: Inputs): string[] {
  const whole = path.isAbsolute(pattern) ? pattern : path.join(cwd, pattern);
  let at = [path.parse(whole).root];
  for (const part of whole.slice(path.parse(whole).root.length).split(path.sep).filter((p) => p !== '')) {
    if (!/[*?[\\]/.test(part)) {
      at = at.map((folder) => path.join(folder, part));
      continue;
    }
    const wanted = globPart(part);
    at = at.flatMap((folder) => {
      if (found.kindAt(folder) !== 'folder') return [];
      found.folder(folder, { wanted: /^(?!)/ });
      return found.namesIn(folder).filter((name) => wanted?.test(name)).map((name) => path.join(folder, name));
    });
  }
  return at;
}

function globPart(part: string): RegExp | undefined {
  const special = /\\(.)|\*|\?|\[(\^?)([^\]]*)\]|[.+^${}()|]/g;
  const body = part.replace(special, (all, escaped: string | undefined, not: string | undefined, set: string | undefined) => {
    if (escaped !== undefined) return `\\${escaped}`;
    if (all === '*') return '.*';
    if (all === '?') return '.';
    return set === undefined ? `\\${all}` : `[${not ?? ''}${set}]`;
  });
  try {
    return new RegExp(`^${body}$`, 's');
  } catch {
    return undefined;
  }
}

/**
 * A kustomization and everything that it names on this machine: each text in it that is a file or a folder beside it. That
 * takes in resources, bases, components, patches, generators, charts and whatever a later version adds. Bases behind an address
 * can't be read here.
 * Source: Kubernetes SIG CLI, "The Kustomization File".
 */
function kustomization(folder: string, found: Inputs, depth: number): void {
  if (depth > MAX_DEPTH || found.kindAt(folder) !== 'folder') return;
  found.folder(folder, { wanted: /^(?!)/ });
  const name = KUSTOMIZATION.find((one) => found.kindAt(path.join(folder, one)) !== 'missing');
  if (name === undefined) return;
  found.file(path.join(folder, name));
  for (const text of textsIn(found.text(path.join(folder, name)))) {
    // A generator's `key=path`.
    for (const word of new Set([text, text.slice(text.indexOf('=') + 1)])) {
      if (word === '' || word === '.' || word.length > 1024 || /^[a-z0-9+.-]+:\/\//i.test(word) || /[\n\0]/.test(word)) continue;
      const at = path.resolve(folder, word);
      const kind = found.kindAt(at);
      if (kind === 'folder') {
        if (at === folder || folder.startsWith(`${at}${path.sep}`)) continue;
        if (KUSTOMIZATION.some((one) => found.kindAt(path.join(at, one)) !== 'missing')) kustomization(at, found, depth + 1);
        else found.folder(at, { deep: true });
      } else if (kind !== 'missing') found.file(at);
    }
  }
}

function textsIn(text: string | undefined): readonly string[] {
  const out: string[] = [];
  const walk = (value: unknown): void => {
    if (typeof value === 'string') out.push(value);
    else if (Array.isArray(value)) value.forEach(walk);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(walk);
  };
  try {
    for (const document of parseAllDocuments(text ?? '', { logLevel: 'silent' })) walk(document.toJS({ maxAliasCount: 100 }));
  } catch {
    // kubectl can't read it either.
  }
  return out;
}

/** Source: Kubernetes documentation, "Organizing Cluster Access Using kubeconfig Files": KUBECONFIG is a list. */
export function kubeOwn(env: Env, words: readonly string[], found: Inputs): void {
  const list = env['KUBECONFIG'];
  const files = list === undefined || list === '' ? [inHome(env, '.kube', 'config')] : list.split(path.delimiter);
  for (const file of [...files, ...valuesOf(words, '--kubeconfig')]) found.own(file);
}
