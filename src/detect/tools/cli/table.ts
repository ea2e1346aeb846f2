import { DOORS, type Door, type Effect, type Mutation, type Reversibility } from '../../../model';
import type { CliOption } from './line';
import { switchOf, type Repeated } from './switches';

/** One line of a tool's command table: which command, under which conditions, does what. */
export interface Entry {
  readonly path: readonly (readonly string[])[];
  readonly conditions: readonly Condition[];
  readonly mutation: Mutation | 'runs';
  readonly effects: readonly Effect[] | 'by-noun';
  readonly undo: Reversibility | undefined;
  readonly note: string | undefined;
  readonly previewDecides: boolean;
  readonly door: Door | undefined;
}

interface Condition {
  readonly given: boolean;
  readonly names: readonly string[];
  /** Undefined: with any value or none. */
  readonly values: readonly string[] | undefined;
}

const CLASSES: Readonly<Record<string, Mutation | 'runs'>> = { read: 'none', add: 'additive', mod: 'modifying', kill: 'destructive', ask: 'unknown', runs: 'runs', plan: 'modifying',
  shell: 'additive', tunnel: 'additive', raw: 'additive', command: 'modifying', code: 'modifying', job: 'modifying',
};
const EFFECTS: Readonly<Record<string, Effect>> = {
  data: 'data-loss', out: 'outage', repl: 'replacement', id: 'identity-loss', access: 'access-loss', open: 'exposure', guard: 'guard-removal', cost: 'cost', unknown: 'unknown',
};

const KINDS: Readonly<Record<string, Reversibility['kind']>> = { undo: 'reversible', recover: 'recoverable', gone: 'irreversible' };

/**
 * Reads a command table. Each line: `class[:effect,effect] path; path  [~undo how]  [# note]`.
 * Classes: read, add, mod, kill, ask (can't be told), plan (only a preview tells), runs (the rest is a command of its own), and the
 * doors: shell, tunnel, raw, command, code, job.
 * In a path `a|b` are names for the same word, `*` is any one word, `+--opt` needs an option (`+--opt=a|b` with a value), `!--opt` its
 * absence. Of the lines with the longest path the first one whose conditions hold counts.
 * @throws on a malformed line: a table is part of the program.
 */
export function readCommandTable(text: string): readonly Entry[] {
  return text.split('\n').flatMap((raw) => {
    const line = raw.trim();
    if (line === '' || line.startsWith('//')) return [];
    const [body = '', note] = splitOnce(line, ' # ');
    const [head = '', ...restWords] = body.trim().split(/\s+/);
    const [kind = '', effectText = ''] = head.split(':');
    const mutation = CLASSES[kind];
    if (mutation === undefined) throw new Error(`unknown class in the command table: ${line}`);
    const effects = effectText === '' ? [] : effectText.split(',').map((e) => {
      const effect = EFFECTS[e];
      if (effect === undefined) throw new Error(`unknown effect in the command table: ${line}`);
      return effect;
    });
    const parts = restWords.join(' ').split(';').map((part) => splitOnce(` ${part}`, ' ~'));
    // A way back at the end of the line is that of all its commands; elsewhere it is that of the one before it.
    const last = parts.at(-1)?.[1];
    return parts.map(([path, own]): Entry => {
      const undo = own ?? last;
      const words = path.trim().split(' ').filter((w) => w !== '');
      return {
        path: words.filter((w) => !/^[+!]-/.test(w)).map((w) => w.split('|')),
        conditions: words.filter((w) => /^[+!]-/.test(w)).map(conditionOf),
        mutation,
        effects: mutation === 'destructive' && effects.length === 0 ? 'by-noun' : mutation === 'unknown' && effects.length === 0 ? ['unknown'] : effects,
        undo: undo === undefined ? undefined : undoOf(undo.trim()), note: note?.trim(), previewDecides: kind === 'plan', door: DOORS.find((door) => door === kind),
      };
    });
  });
}

function conditionOf(word: string): Condition {
  const [names = '', values] = splitOnce(word.slice(1), '=');
  return { given: word.startsWith('+'), names: names.split('|'), values: values?.split('|') };
}

function undoOf(text: string): Reversibility {
  const [kind = '', how] = splitOnce(text, ' ');
  const known = KINDS[kind];
  if (known === undefined) throw new Error(`unknown way back in a command table: ${text}`);
  return { kind: known, ...(how !== undefined && { how: how.trim() }) };
}

function splitOnce(text: string, mark: string): [string, string | undefined] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + mark.length)];
}

/** How the options of a line are taken: see `Repeated`; and which of them have values, so that being there is all that counts. */
export interface Taken { readonly repeated: Repeated; readonly valued: ReadonlySet<string> }

/**
 * Whether the conditions of an entry hold for these options. A switch of which only the tool can tell whether it is on counts as what is
 * worse: it makes a command destructive, and never harmless.
 */
export function holdsFor(entry: Entry, options: readonly CliOption[], { repeated, valued }: Taken): boolean {
  const worse = entry.mutation === 'destructive' || entry.mutation === 'unknown';
  return entry.conditions.every(({ given, names, values }) => {
    if (values !== undefined || names.some((n) => valued.has(n))) {
      const found = options.findLast((o) => names.includes(o.name));
      if (!found) return !given;
      const value = found.value?.value;
      return (values === undefined || (value === undefined ? values.includes('') || found.value === undefined : values.includes(value))) === given;
    }
    const state = switchOf(options, names, repeated);
    return state === 'unknown' ? worse : (state === 'on') === given;
  });
}
