import { readFileSync } from 'node:fs';

/** A command, or a text, with secrets planted in it. `held` marks those that were made from the tools' own tables, after the redaction was written. */
export interface Planted {
  readonly argv?: readonly string[];
  readonly text?: string;
  readonly secrets: readonly string[];
  readonly source: string;
  readonly held?: boolean;
}

export function plantedSecrets(): Planted[] {
  return readFileSync('test/corpora/secrets.jsonl', 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line) as Planted);
}

/** The words of a line as a shell would be given them. */
export const asTyped = (argv: readonly string[]): string => argv.map((a) => (/^[\w@%+=:,./-]+$/.test(a) ? a : `'${a.replaceAll("'", "'\\''")}'`)).join(' ');

/** The secrets that stand in a text, as they are or as JSON spells them. */
export const leaked = (text: string, secrets: readonly string[]): string[] => secrets.filter((s) => text.includes(s) || text.includes(JSON.stringify(s).slice(1, -1)));
