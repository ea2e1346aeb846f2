import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Prepared } from '../../model';
import type { Assembly } from './assembly';

/** More files than this are not hashed one by one. */
const MAX_FILES = 2_000;

/**
 * The command with the very folder that was previewed as its app: then the CDK executes no code and deploys these templates.
 * Source: "AWS CDK CLI reference", `--app`: "a cloud assembly directory".
 */
export function preparedOf(argv: readonly string[], assembly: Assembly | undefined): Prepared | undefined {
  if (assembly === undefined) return undefined;
  const files = filesIn(assembly.folder);
  if (files.length > MAX_FILES) return undefined;
  const rest: string[] = [];
  for (let i = 1; i < argv.length; i += 1) {
    const arg = argv[i] ?? '';
    if (/^(?:--app|-a|--output|-o)$/.test(arg)) i += 1;
    else if (!/^(?:--(?:app|output)=|-[ao].)/.test(arg)) rest.push(arg);
  }
  return {
    argv: [argv[0] ?? 'cdk', ...rest, '--app', assembly.folder], withoutEnv: ['CDK_APP', 'CDK_OUTPUT'],
    files: files.map((file) => ({ path: file, sha256: digestOfFile(file) })),
    explanation: 'On approval exactly these templates are used; the app is not synthesised again.',
  };
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name)).sort();
}

function digestOfFile(file: string): string | undefined {
  try {
    return createHash('sha256').update(readFileSync(file)).digest('hex');
  } catch {
    return undefined;
  }
}
