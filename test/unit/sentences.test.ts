import assert from 'node:assert/strict';

import { BEGINNINGS } from '../../src/detect/engines/english';
import { beginningOf, PHRASES } from '../../src/detect/engines/verbs';
import { knownWord } from '../../src/detect/invocation';
import { allAwsTiers } from '../../src/detect/knowledge/aws-operations';
import { azTable } from '../../src/detect/knowledge/az-commands';
import { gcloudTable } from '../../src/detect/knowledge/gcloud-commands';
import { kubectlCommands } from '../../src/detect/knowledge/kubectl-flags';
import { withReaders } from '../../src/detect/readers';
import { phrase } from '../../src/detect/tools/aws/reason';
import { allTools, toolNamed } from '../../src/detect/tools/registry';

/** Where a sentence was written by hand, and not made of a name. */
const WRITTEN = new Set(['Acts', 'Runs', 'Without']);

/** The commands that a path of a table stands for. */
function* ways([first, ...rest]: readonly (readonly string[])[]): Generator<string[]> {
  if (first === undefined) return yield [];
  for (const word of first) for (const more of ways(rest)) yield [word === '*' ? 'thing' : word, ...more];
}

function* commands(): Generator<readonly string[]> {
  for (const tool of allTools()) for (const { path } of tool.table?.() ?? []) for (const way of ways(path)) yield [tool.names[0] ?? '', ...way];
  for (const { path } of azTable.all()) yield ['az', ...path.split(' ')];
  for (const { path } of gcloudTable.all()) yield ['gcloud', ...path.split(' ')];
  for (const command of kubectlCommands()) yield ['kubectl', ...command.split(' ')];
}

function reasonsOf(command: readonly string[]): string[] {
  const argv = [...command, 'prod'].map((word) => knownWord(word));
  const found = toolNamed(command[0] ?? '')?.detect({ argv, env: new Map(), cwd: undefined, stdin: null, range: { start: 0, end: 0 }, wrappers: [] }, withReaders({}));
  return (found ?? []).map(({ reason }) => reason);
}

/** Whether a sentence begins with a word that was made of one of the command's own, and is no verb in the third person. */
function isMangled(reason: string, command: readonly string[]): boolean {
  const begins = /^(?:\S+: )?([^\s:]+)/.exec(reason)?.[1] ?? '';
  if (BEGINNINGS.has(begins) || PHRASES.has(begins) || WRITTEN.has(begins)) return false;
  const parts = command.slice(1).flatMap((word) => [word, ...word.split(/[-_:.]/)]);
  // The command itself, spelled as it is, may be what the sentence is about.
  if (parts.includes(begins)) return false;
  const forms = parts.flatMap((word) => [word, `${word}s`, `${word}es`, word.replace(/y$/, 'ies')]);
  return forms.some((form) => form.toLowerCase() === begins.toLowerCase());
}

describe('The sentence about a command', () => {
  it('begins with a verb in the third person, or names the command as it is, for every command of every table and documented list', () => {
    let count = 0;
    const wrong: string[] = [];
    for (const command of commands()) {
      for (const reason of reasonsOf(command)) {
        count++;
        if (isMangled(reason, command)) wrong.push(`${command.join(' ')} => ${reason}`);
      }
    }
    assert.deepEqual(wrong.slice(0, 20), []);
    assert.ok(count > 10_000, `${count} sentences were looked at`);
  });

  it('does so for every operation of AWS', () => {
    const wrong = [...allAwsTiers()].map(({ api }) => phrase(api)).filter((text) => !text.startsWith('Runs `') && ![BEGINNINGS, PHRASES].some((known) => known.has(text.split(' ')[0] ?? '')));
    assert.deepEqual(wrong, []);
  });

  it('is made of no word that is no verb', () => {
    for (const word of ['rmi', 'clusters', 'size2', 'df-pv', 'node-pools', 'cli-telemetry']) assert.doesNotMatch(beginningOf(word) ?? '', new RegExp(`^${word.slice(0, 4)}`, 'i'), word);
    assert.deepEqual(['abandon-instances', 'delete', 'rm', 'deploy', 'volume-delete'].map(beginningOf), ['Abandons instances', 'Deletes', 'Removes', 'Deploys', 'Deletes']);
    assert.match(reasonsOf(['docker', 'rmi'])[0] ?? '', /^docker: (?:Removes|Runs `docker rmi` on prod)/);
  });
});
