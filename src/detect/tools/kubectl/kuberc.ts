import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { knownWord, type DetectContext, type Word } from '../../invocation';
import { kubectlFlag, kubectlLong } from '../../knowledge/kubectl-flags';
import { keptWith } from '../../words';
import { readKubectl } from './line';
import { kubectlOutside } from './outside';

/** Where kubectl's preferences are looked for. */
export interface KubercPlace extends Pick<DetectContext, 'cwd' | 'home' | 'readFile' | 'namesIn'> {
  readonly variable: (name: string) => string | undefined;
}

/** The words behind `kubectl` as they count once its preferences are in them. */
export type Preferred =
  | { readonly kind: 'as-typed' }
  /** `alias`: a command of the preferences' own; otherwise only default options were added. */
  | { readonly kind: 'words'; readonly words: readonly Word[]; readonly alias: boolean }
  | { readonly kind: 'unread'; readonly why: string };

interface Default { readonly name: string; readonly value: string }
interface Alias { readonly name: string; readonly command: readonly string[]; readonly before: readonly string[]; readonly after: readonly string[]; readonly options: readonly Default[] }
interface Preferences { readonly defaults: readonly { readonly command: readonly string[]; readonly options: readonly Default[] }[]; readonly aliases: readonly Alias[] }

const AS_TYPED: Preferred = { kind: 'as-typed' };

/**
 * Puts the default options and aliases of kubectl's kuberc into its words. Whether this kubectl takes them is not known (it does from 1.34 on,
 * and with KUBECTL_KUBERC=true since 1.33), so they count unless they are switched off.
 * Source: k8s.io/kubectl, pkg/kuberc/kuberc.go (LoadKuberc, applyAliases, applyOverrides) and pkg/cmd/cmd.go.
 * @param given the words behind `kubectl`. Never throws.
 */
export function withKuberc(given: readonly Word[], place: KubercPlace): Preferred {
  if (/^false$/.test(place.variable('KUBECTL_KUBERC') ?? '') || place.variable('KUBERC') === 'off') return AS_TYPED;
  const { file, words } = namedFile(given, place);
  if (file === undefined) return AS_TYPED;
  const text = place.readFile?.(file);
  if (text === undefined) {
    // No file is no preferences, and one that a word names kubectl refuses to go without.
    const stands = place.namesIn?.(path.dirname(file))?.includes(path.basename(file)) === true;
    return stands ? { kind: 'unread', why: `${file} could not be read` } : AS_TYPED;
  }
  const kept = keptWith(given);
  const before = kept?.get(withKuberc) as Known | undefined;
  if (before?.file === file && before.text === text) return before.preferred;
  const preferred = byFile(given, words, file, text);
  kept?.set(withKuberc, { file, text, preferred } satisfies Known);
  return preferred;
}

/** What a file makes of the words of a real argv is made once: the same list of words comes of it, and its line with it. */
interface Known {
  readonly file: string;
  readonly text: string;
  readonly preferred: Preferred;
}

function byFile(given: readonly Word[], words: readonly Word[], file: string, text: string): Preferred {
  const preferences = readPreferences(text);
  if (typeof preferences === 'string') return { kind: 'unread', why: `${file}: ${preferences}` };
  const preferred = applied(words, preferences);
  // The option that names the file is of no more use, and other versions don't know it.
  return preferred.kind === 'as-typed' && words !== given ? { kind: 'words', words, alias: false } : preferred;
}

/** `--kuberc` comes before KUBERC, and that before the usual place; without a home kubectl takes the folder that it is in. */
function namedFile(given: readonly Word[], place: KubercPlace): { readonly file: string | undefined; readonly words: readonly Word[] } {
  const ends = given.findIndex((w) => w.value === '--');
  const at = given.findIndex((w, i) => (ends < 0 || i < ends) && (w.value === '--kuberc' || w.value?.startsWith('--kuberc=') === true));
  const option = given[at]?.value;
  const words = option === undefined ? given : given.filter((_, i) => i !== at && !(option === '--kuberc' && i === at + 1));
  const named = option === undefined ? place.variable('KUBERC') : option === '--kuberc' ? given[at + 1]?.value : option.slice('--kuberc='.length).split('=')[0];
  const [usual] = kubectlOutside.places;
  const file = named !== undefined && named !== '' ? named : usual === undefined ? undefined : path.join(place.variable('HOME') ?? place.home ?? '', ...usual.path);
  if (file === undefined || path.isAbsolute(file)) return { file, words };
  return { file: place.cwd === undefined ? undefined : path.resolve(place.cwd, file), words };
}

function applied(words: readonly Word[], preferences: Preferences): Preferred {
  const { path: command } = readKubectl(words);
  if (command.length > 0) {
    // It goes by the last word of the command alone, whatever stands before it.
    const own = preferences.defaults.filter((d) => readKubectl(d.command.map((w) => knownWord(w))).path.at(-1) === command.at(-1));
    const added = defaulted(words, own.flatMap((d) => d.options), command);
    return added.length === 0 ? AS_TYPED : { kind: 'words', words: [...added, ...words], alias: false };
  }
  // The first word that is no option, even where it is the value of one.
  const at = words.findIndex((w) => w.value !== undefined && !w.value.startsWith('-'));
  const alias = preferences.aliases.find((one) => one.name === words[at]?.value);
  if (alias === undefined) return AS_TYPED;
  const known = (texts: readonly string[]): readonly Word[] => texts.map((text) => knownWord(text, words[at]?.range));
  const real = readKubectl(known(alias.command)).path;
  const typed = [...words.slice(0, at), ...known(alias.command), ...known(alias.before), ...words.slice(at + 1), ...known(alias.after)];
  return { kind: 'words', words: [...defaulted(words, alias.options, real), ...typed], alias: true };
}

/** The default options that the words don't have, in front, so that what is typed counts more. Source: kuberc.go, searchInArgs. */
function defaulted(words: readonly Word[], options: readonly Default[], command: readonly string[]): readonly Word[] {
  const path = command.join(' ');
  const isLetterOf = (letter: string, name: string): boolean => path !== '' && kubectlFlag(path, letter) === 'boolean' && kubectlLong(path, letter) === `--${name}`;
  const isGiven = (text: string, name: string): boolean => text === `--${name}` || text.startsWith(`--${name}=`) || (/^-[A-Za-z]/.test(text) && isLetterOf(text.charAt(1), name));
  return options.filter(({ name }) => !words.some(({ value }) => value !== undefined && isGiven(value, name))).map(({ name, value }) => knownWord(`--${name}=${value}`, words[0]?.range));
}

/** Reads a kuberc in any of its versions: `overrides`/`flags` of v1alpha1 are `defaults`/`options` of v1beta1. A sentence where it can't be read. */
function readPreferences(text: string): Preferences | string {
  let documents: readonly unknown[];
  try {
    documents = parseAllDocuments(text, { logLevel: 'silent' }).flatMap((document): unknown[] => {
      if (document.errors.length > 0) throw new Error('not YAML');
      const data: unknown = document.toJS({ maxAliasCount: 100 });
      return data === null ? [] : [data];
    });
  } catch {
    return 'it is not YAML that is understood here';
  }
  // Which of several kubectl takes depends on which of them its version understands.
  if (documents.length > 1) return 'it has more than one document';
  const [all] = documents;
  const data = object(all);
  if (data === undefined) return all === undefined ? { defaults: [], aliases: [] } : 'it has no object at its top';
  try {
    return {
      defaults: [...list(data['overrides']), ...list(data['defaults'])].map((one) => ({ command: fields(one['command']), options: optionsOf(one) })),
      aliases: list(data['aliases']).map((one) => ({ name: word(one['name']), command: fields(one['command']), before: words(one['prependArgs']), after: words(one['appendArgs']), options: optionsOf(one) })),
    };
  } catch {
    return 'something in it has another form than is known here';
  }
}

type Fields = Readonly<Record<string, unknown>>;

function object(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}

function list(value: unknown): readonly Fields[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw new Error('no list');
  return value.map((one) => object(one) ?? fail());
}

const optionsOf = (one: Fields): readonly Default[] => [...list(one['flags']), ...list(one['options'])].map((o) => ({ name: word(o['name']), value: word(o['default']) }));
const fields = (value: unknown): readonly string[] => word(value).split(/\s+/).filter((part) => part !== '');

function words(value: unknown): readonly string[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value.map(word) : fail();
}

function word(value: unknown): string {
  return typeof value === 'string' ? value : value === undefined || value === null ? '' : typeof value === 'number' || typeof value === 'boolean' ? String(value) : fail();
}

function fail(): never {
  throw new Error('another form');
}
