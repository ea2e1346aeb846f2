import type { Invocation, Readers, Tool, Word } from './invocation';
import { findInShell } from './languages/shell';

/** A template that a script of the workspace deploys as a stack. */
export interface StackTemplate {
  /** Path of the template as the script writes it, made absolute. */
  readonly templatePath: string;
  /** The script that says so. */
  readonly script: string;
}

/** Options that name a template file, by operation; `file://` may stand before the path (AWS CLI reference, `cloudformation`). */
const TEMPLATE_OPTIONS: Readonly<Record<string, readonly string[]>> = {
  deploy: ['--template-file'],
  'create-stack': ['--template-body'],
  'update-stack': ['--template-body'],
  'create-change-set': ['--template-body'],
};

/**
 * Finds which template a stack is made from, by reading the workspace's own deploy scripts: without credentials this is
 * the only way to say what a stack holds.
 * @param scripts shell scripts of the workspace with their texts.
 * @param resolve makes the template's path absolute, from the script's folder and the workspace's.
 * @returns every template deployed under that name, scripts in the order given; empty when no script names the stack.
 */
export function templatesOfStack(
  stackName: string,
  scripts: readonly { readonly path: string; readonly text: string }[],
  resolve: (template: string, script: string) => string | undefined,
): StackTemplate[] {
  const found: StackTemplate[] = [];
  for (const script of scripts) {
    if (!script.text.includes('cloudformation')) continue;
    const probe: Tool = {
      names: ['aws'],
      detect(invocation) {
        const template = deployed(invocation, stackName);
        const templatePath = template === undefined ? undefined : resolve(template, script.path);
        if (templatePath !== undefined && !found.some((f) => f.templatePath === templatePath)) {
          found.push({ templatePath, script: script.path });
        }
        return [];
      },
    };
    // The one tool is the probe, and what a program of the script starts is no deploy script.
    const readers: Readers = { toolNamed: (name) => (name === 'aws' || name.endsWith('/aws') ? probe : undefined), tools: () => [probe], find: () => [], elsewhere: { program: () => [], file: () => [] } };
    findInShell(script.text, { readers });
  }
  return found;
}

function deployed(invocation: Invocation, stackName: string): string | undefined {
  const words = invocation.argv.slice(1);
  const service = words.findIndex((w) => w.value === 'cloudformation');
  const options = service < 0 ? undefined : TEMPLATE_OPTIONS[words[service + 1]?.value ?? ''];
  if (!options) return undefined;
  const name = optionValue(words, ['--stack-name']);
  if (!name || !couldBe(name, stackName)) return undefined;
  return optionValue(words, options)?.value?.replace(/^file:\/\//, '');
}

/** The word behind an option, in `--name value` and `--name=value`. */
function optionValue(words: readonly Word[], names: readonly string[]): Word | undefined {
  for (const [i, word] of words.entries()) {
    const text = word.value ?? word.parts[0] ?? '';
    const name = names.find((n) => text === n || text.startsWith(`${n}=`));
    if (name === undefined) continue;
    if (text === name) return words[i + 1];
    const rest = word.parts.map((part, at) => (at === 0 ? part?.slice(name.length + 1) : part));
    return { ...word, value: word.value?.slice(name.length + 1), parts: rest };
  }
  return undefined;
}

/** True when a word with unknown parts (`payments-$ENV`) may be this text. */
function couldBe(word: Word, text: string): boolean {
  if (word.value !== undefined) return word.value === text;
  const known = word.parts.filter((p) => p !== undefined && p !== '');
  // A name that is unknown as a whole fits every stack: that is no evidence.
  if (known.length === 0) return false;
  let at = 0;
  for (const [i, part] of word.parts.entries()) {
    if (part === undefined) continue;
    const found = i === 0 ? (text.startsWith(part) ? 0 : -1) : text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return word.parts.at(-1) === undefined || at === text.length;
}
