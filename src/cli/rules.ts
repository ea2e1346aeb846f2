import { readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { detectCommand } from '../detect/detect';
import type { Actor } from '../model';
import { oneLine } from '../model/visible';
import { readRules } from '../rules/read';
import { tryExamples } from '../rules/try';
import { loadDecider, RULES_FILE } from './decider';
import { ownHome } from './home';
import { print } from './out';
import { readArgs, UsageError } from './usage';

export const RULES_HELP = `holdpoint rules check [FILE]   tells what is wrong with a rules file; exit code 1 when something is
holdpoint rules test [FILE]    tries the examples that the rules carry; exit code 1 when one gets another verdict

Without FILE: the nearest ${RULES_FILE}.
`;

/** Examples are tried as an agent would ask: rules about agents are what a team wants to see at work. */
const AGENT: Actor = { kind: 'agent', name: 'an agent', evidence: [], confidence: 'certain' };

export async function rules(args: readonly string[]): Promise<number> {
  const { positionals } = readArgs(args, {}, RULES_HELP);
  const [action, named, ...more] = positionals;
  if ((action !== 'check' && action !== 'test') || more.length > 0) throw new UsageError(`say what to do with the rules.\n\n${RULES_HELP}`);
  const file = named ?? loadDecider(process.cwd()).rulesFile;
  if (file === undefined) {
    print(`There is no ${RULES_FILE} here. The built-in rules are in force.\n`);
    return 0;
  }
  const own = path.resolve(file) === path.join(ownHome().dir, 'rules.json');
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${file} can't be read (${String((error as NodeJS.ErrnoException).code)}).`);
  }
  const shown = path.relative(process.cwd(), file) || file;
  const { rules: set, problems } = readRules(text, own ? 'own rules' : 'team rules', own);
  for (const p of problems) print(`${oneLine(`${shown}:${p.line}:${p.column}  ${p.message}`)}\n`);
  if (!set) {
    print(`${shown} is not in force: ${problems.length} ${problems.length === 1 ? 'thing is' : 'things are'} wrong with it. The last good version and the built-in rules are.\n`);
    return 1;
  }
  if (action === 'check') {
    print(`${shown}: ${set.rules.length} rules, ${set.environments.length} environments, nothing wrong.\n`);
    return 0;
  }
  const tried = tryExamples(set, (command) => detectCommand(command, { cwd: process.cwd(), home: os.homedir() }), AGENT, own);
  for (const t of tried) print(`${oneLine(`${t.ok ? 'ok    ' : 'wrong '} ${t.rule}: ${t.command}: ${t.ok ? t.got : `expected ${t.expected}, got ${t.got}`}`)}\n`);
  const wrong = tried.filter((t) => !t.ok).length;
  print(`${tried.length - wrong} of ${tried.length} examples as expected.\n`);
  return wrong === 0 ? 0 : 1;
}
