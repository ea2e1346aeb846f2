import { MAX_TEXT, tooLarge } from './limits';
import { readJson } from './json-text';
import { problem, type Place, type TemplateProblem } from './raw-text';
import { asObject, type PlainObject } from './value';
import { readYaml } from './yaml-text';

/** A template text that could be read. */
export interface TemplateText {
  readonly ok: true;
  readonly format: 'yaml' | 'json';
  readonly text: string;
  /** Plain data, short tags in their long form. */
  readonly template: PlainObject;
  /** Things that CloudFormation may take otherwise than they look, such as a key that is there twice. */
  readonly warnings: readonly TemplateProblem[];
  /** Where the value at a path stands (`['Resources', 'Db', 'Properties', 'Tags', 0]`); undefined when there is none. */
  readonly find: (path: readonly (string | number)[]) => Place | undefined;
}

export type ReadTemplate = TemplateText | { readonly ok: false; readonly problem: TemplateProblem };

/**
 * Reads a CloudFormation template in YAML or JSON. Never throws: malformed, huge and endless input is a problem value.
 * @param text the file as the editor has it; ranges are UTF-16 offsets into it.
 */
export function readTemplate(text: string): ReadTemplate {
  if (text.length > MAX_TEXT) return problem(`The template has ${text.length} characters; CloudFormation takes at most 1 MB.`);
  if (text.trim() === '') return problem('The template is empty: nothing in it can be compared or deployed.', 0, text.length);
  const json = /^\uFEFF?\s*\{/.test(text);
  try {
    const raw = json ? readJson(text) : readYaml(text);
    if ('problem' in raw) return raw;
    const large = tooLarge(raw.data);
    if (large !== undefined) return problem(large);
    const template = asObject(raw.data as PlainObject);
    if (template === undefined) return problem('The template is not a map of sections such as Resources.');
    return { ok: true, format: json ? 'json' : 'yaml', text, template, warnings: raw.warnings, find: raw.find };
  } catch (error) {
    // Only a reader's own depth (a stack overflow) gets here; it must not take the editor with it.
    return problem(`The template could not be read (${error instanceof Error ? error.message.slice(0, 200) : 'unknown error'}).`);
  }
}
