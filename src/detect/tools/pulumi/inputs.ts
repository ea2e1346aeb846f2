import path from 'node:path';

import { inHome, valuesOf, type Inputs, type Question } from '../../inputs';

/**
 * Pulumi: the project, its stacks' settings, and who is signed in. Source: Pulumi documentation, "Pulumi project file",
 * "Stack settings file", PULUMI_HOME.
 */
export function pulumiInputs(question: Question, found: Inputs): void {
  const { argv, cwd, env } = question;
  const folder = path.resolve(cwd, valuesOf(argv.slice(1), '-C', '--cwd').at(-1) ?? '.');
  found.folder(folder, { wanted: /^Pulumi(?:\.[^/]+)?\.ya?ml$/ });
  for (const file of valuesOf(argv.slice(1), '--config-file')) found.file(file, folder);
  found.own(path.join(env['PULUMI_HOME'] || inHome(env, '.pulumi') || '.pulumi', 'credentials.json'));
}
