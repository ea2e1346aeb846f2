import { behindName, wordsOf } from '../../words';
import type { ExactLine } from '../cli/cobra';
import { readKubectl } from './line';
import { listed } from './inputs';
import { onePlace, type Inputs, type Place, type Question } from '../../inputs';

const ADDRESS = /^[A-Za-z][A-Za-z0-9+.-]*:\/\//;

/**
 * Manifests of `-f`, which kubectl reads as a text when they are files, patches, and files of variables. Not: folders and
 * kustomizations, whose files name one another; `--from-file PATH`, whose name becomes a key.
 * Sources: k8s.io/cli-runtime, pkg/resource/visitor.go, FileVisitor; kubectl, pkg/cmd/patch, pkg/cmd/create.
 */
export function kubectlPlaces({ argv }: Question, found: Pick<Inputs, 'at'>): readonly Place[] {
  return fromLine(argv, readKubectl(behindName(wordsOf(argv))), (at, name, before, value) => {
    switch (name) {
      case '--filename':
        return listPlace(at, before, value, found);
      case '--patch-file':
      case '--from-env-file':
        return onePlace(at, before, found.at(value));
      case '--from-file':
        return /^[^=]+=./s.test(value) ? onePlace(at, `${before}${keyOf(value)}`, found.at(value.slice(keyOf(value).length))) : undefined;
      default:
        return undefined;
    }
  });
}

export const keyOf = (value: string): string => value.slice(0, value.indexOf('=') + 1);

export function fromLine(argv: readonly string[], line: ExactLine, place: (at: number, name: string, before: string, value: string) => Place | undefined): readonly Place[] {
  if (line.path.length === 0 || line.problems.length > 0) return [];
  return line.options.flatMap(({ name, value }) => {
    if (value?.value === undefined || value.value === '') return [];
    // The place in argv goes along as the word's range.
    const at = value.range.start;
    const word = argv[at] ?? '';
    return place(at, name, word.slice(0, word.length - value.value.length), value.value) ?? [];
  });
}

/** A list as pflag's StringSlice reads it: one line of CSV. Source: pflag, string_slice.go, readAsCSV. */
export function listPlace(at: number, before: string, value: string, found: Pick<Inputs, 'at'>): Place | undefined {
  const list = listed(value);
  // Where quotes or lines stand otherwise than we would write them, it is not certain what the tool makes of them.
  if (/["\r\n]/.test(value) && list.map(quoted).join(',') !== value) return undefined;
  const seen = (one: string): string | undefined => (one === '-' || ADDRESS.test(one) ? undefined : found.at(one));
  return {
    at, files: list.flatMap((one) => seen(one) ?? []),
    spell: (pathOf) => `${before}${list.map((one) => quoted(spelled(one, seen(one), pathOf))).join(',')}`,
  };
}

const spelled = (one: string, file: string | undefined, pathOf: (file: string) => string): string => {
  const now = file === undefined ? one : pathOf(file);
  // What has no copy stays as it was typed.
  return now === file ? one : now;
};

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
