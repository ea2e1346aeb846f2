import path from 'node:path';

import { awsOwn } from '../aws/inputs';
import { inHome, valuesOf, type Inputs, type Question } from '../../inputs';

/**
 * The CDK: its settings, and the folder that `--app` names when it was synthesised before. Source: AWS CDK developer guide,
 * "Runtime context", `cdk.json`, `cdk.context.json`, `~/.cdk.json`.
 */
export function cdkInputs(question: Question, found: Inputs): void {
  const { argv, cwd, env } = question;
  for (const name of ['cdk.json', 'cdk.context.json']) found.file(name);
  found.own(inHome(env, '.cdk.json'));
  const app = valuesOf(argv.slice(1), '--app', '-a').at(-1) ?? appIn(found.text(path.join(cwd, 'cdk.json')));
  // A program is no folder; what it is made of has no list.
  if (app !== undefined && !/\s/.test(app)) {
    const at = path.resolve(cwd, app);
    if (found.kindAt(at) === 'folder') found.folder(at, { deep: true });
    else if (found.kindAt(at) === 'file') found.file(at);
  }
  awsOwn(question, found);
}

function appIn(text: string | undefined): string | undefined {
  try {
    const { app } = JSON.parse(text ?? '') as { readonly app?: unknown };
    return typeof app === 'string' ? app : undefined;
  } catch {
    return undefined;
  }
}
